"""What can be done with regions, agencies, people and stewards."""
