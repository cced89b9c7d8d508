"""The pages of regions, agencies and people."""
