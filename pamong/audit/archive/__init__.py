"""The whole installation as one file: a consistent copy of the database, every uploaded file, and what proves both."""
