"""What the ministry says of one innovation, before it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Returned:
    """What the ministry says of one innovation; ``maturity`` in points."""

    entry: str
    maturity: Decimal
    accepted: bool = True
    note: str = ""
