"""What can be asked about regions, agencies and people. ``visible_to`` of each module is the only door to its rows."""

from pamong.agencies.queries.people import people_with
from pamong.agencies.queries.tree import agencies_for, visible_to

__all__ = ["agencies_for", "people_with", "visible_to"]
