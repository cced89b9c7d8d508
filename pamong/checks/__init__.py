"""What the machine says of the evidence of each claim, by the rules of the edition: findings and advice, never a verdict."""
