"""Names compared as people mean them."""

from __future__ import annotations

import re
import unicodedata


def normal(text: str) -> str:
    """A name or heading reduced to its words: ``Tgl. Penerapan*`` and ``TGL PENERAPAN`` are one."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)", " ", bare)).split())
