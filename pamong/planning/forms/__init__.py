"""What is typed when planning."""
