"""What can be done about ranks: bring published results, compute."""
