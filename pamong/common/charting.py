"""What charts drawn on the server are put together from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of a scale, or a name under it: where it lies in the drawing, and what stands there."""

    at: int
    text: str
