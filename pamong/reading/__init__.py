"""What the machine reads in a document before a person must: its text, its fields, its signatures, its likeness to others."""
