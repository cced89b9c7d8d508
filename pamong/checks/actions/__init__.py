"""What is done about findings: looking, answering them, attaching what also fits, reminding."""
