"""What can be done with an assessment and its entries: one business act each, one transaction, with its trace."""
