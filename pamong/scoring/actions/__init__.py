"""What can be done with scores."""
