"""Indonesian words reduced to their stems, so that *keputusan* finds *memutuskan*, the same on every database.

One stemmer (Snowball's *indonesian*, after Tala 2003) and one stop list feed the search of both databases and every comparison of
texts. PostgreSQL's own configuration has no Indonesian stop words, SQLite's none at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

LONGEST, MOST = 40, 20_000
_WORD = re.compile(r"[a-z0-9]+")

STOP = frozenset(
    ["ada", "adalah", "agar", "akan", "antara", "atas", "atau", "bagi", "bahwa", "beberapa", "belum", "berdasarkan", "bila", "dalam", "dan", "dapat", "dari", "dengan", "di", "dia", "hal", "hanya", "harus", "hingga", "ia", "ini", "itu", "jika", "juga", "kami", "karena", "ke", "kepada", "kita", "lain", "maka", "melalui", "mereka", "namun", "nya", "oleh", "pada", "para", "per", "pun", "saat", "saja", "sampai", "sangat", "sebagai", "sebagaimana", "sebuah", "secara", "sehingga", "sejak", "sekali", "selama", "seluruh", "semua", "sendiri", "seperti", "serta", "setiap", "suatu", "sudah", "supaya", "tanpa", "telah", "tentang", "terhadap", "tersebut", "tetapi", "tiap", "tidak", "untuk", "yaitu", "yakni", "yang"]
)  # fmt: skip


def tokens(text: str) -> list[str]:
    """The words of ``text`` in plain lower-case letters and digits, in their order; accents are dropped."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return [word[:LONGEST] for word in _WORD.findall(plain)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one lower-case word."""
    return str(_stemmer().stemWord(word)) if word.isalpha() else word


def forms(word: str) -> frozenset[str]:
    """The stems one lower-case word may hide under: after *peN-* and *meN-* Indonesian drops the first letter of the root.

    The stemmer cannot put it back (*pengelola* becomes *elola*), so whoever seeks *kelola* looks for both.
    """
    nasal = {"k": "peng", "t": "pen", "p": "pem", "s": "peny"}.get(word[:1], "")
    return frozenset({stem(word), stem(nasal + word[1:])} if nasal and len(word) > 4 else {stem(word)})


def stems(text: str) -> list[str]:
    """The stems of ``text`` in their order, stop words left out."""
    return [stem(word) for word in tokens(text) if word not in STOP]


def bag(texts: Iterable[str]) -> str:
    """Every stem of ``texts`` once, sorted, with a blank between two: what the search index keeps."""
    return " ".join(sorted({one for text in texts for one in stems(text)})[:MOST])


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("indonesian")
