"""Ranks: published results of all regions, year by year, in series that can be compared."""
