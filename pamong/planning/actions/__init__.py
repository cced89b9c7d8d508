"""What can be done when planning."""
