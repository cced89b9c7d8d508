"""The reader: one file in, facts out. Pure functions; no database, no Django; heavy libraries imported where they are used.

It runs in a process of its own (``pamong.reading.bounded``), because the files come from strangers and the libraries are large.
What is seen is told piece by piece, so that a hang or a crash loses only what was not yet seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Raise it when the same file would give other facts: everything read by an older number is read again.
VERSION = 5

Tell = Callable[[str, Any], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one reading may cost: seconds in all, pages by OCR; ``trust_roots`` is a folder or file of PEM certificates."""

    seconds: float = 200.0
    ocr_pages: int = 40
    trust_roots: str = ""
    visit_links: bool = False
    until: float = field(default=0.0)

    def started(self) -> Limits:
        """The same limits, with the clock running."""
        return Limits(self.seconds, self.ocr_pages, self.trust_roots, self.visit_links, time.monotonic() + self.seconds)

    @property
    def is_over(self) -> bool:
        return bool(self.until) and time.monotonic() > self.until


def read(path: Path, kind: str, media_type: str, limits: Limits, tell: Tell) -> None:
    """Read the file at ``path`` and ``tell(name, value)`` every fact as soon as it is seen.

    ``kind`` is that of ``evidence.Version.kind``. Names are those of ``Facts``, but ``page`` for one page at a time, ``print``
    for one likeness print, ``total`` for the number of pages.
    """
    from pamong.reading.reader import office, pdf, pictures, video

    limits = limits.started()
    if kind == "pdf":
        pdf.read(path, limits, tell)
    elif kind == "image":
        pictures.read(path, limits, tell)
    elif kind == "video":
        video.read(path, limits, tell)
    else:
        office.read(path, media_type, tell)
