"""Pamong: one record for every public innovation of an Indonesian region."""

__version__ = "0.1.0"
