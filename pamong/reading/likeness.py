"""How alike two documents are: by what their pages look like, and by what stands on them. Pure; no database.

Candidates are found by keys that equal pages and texts share; only then are two documents compared for real. Nothing here decides
anything: two decrees of one office are alike by nature, and a person looks at both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["same-text", "same-pages", "same-picture", "part-of-picture"]

BANDS, BITS = 4, 16  # a 64-bit hash is four keys of 16 bits
PICTURES = 1 << 32  # keys of pictures lie above those of pages
SHINGLE = 5  # words
HASHES, ROWS = 64, 4  # of a text: 16 keys of 4 least hashes each
FEWEST = 30  # shingles: under it a text says too little to be compared
ALIKE_TEXT = 0.9  # of the shorter text's shingles found in the other; two decrees on one form reach 0.85
ALIKE_PAGE = 0.92  # correlation of two thumbnails
ALIKE_PART = 0.82
SMALLEST_PART = 0.45  # of the side of the whole
SIDE, STEP = 32, 2
PLAIN = 0.4  # of a thumbnail in one shade
FEWEST_STEMS, SAME_WORDS = 4, 0.95
FLAT = 4.0  # greys of deviation
COARSE, CLOSELY = 16, 10  # pixels of a first look; pictures then looked at in full
_PRIME = (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Print:
    """A page or picture: its hash and its thumbnail (32 x 32 greys)."""

    page: int
    hash: int
    thumb: bytes


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two documents are: ``score`` from 0 to 1, and the pages (from 1; 0: as a whole) that show it best."""

    kind: Kind
    score: float
    page: int = 0
    other_page: int = 0


# -- keys -------------------------------------------------------------------------------------------------------------


def hash_keys(value: int, *, of_picture: bool = False) -> list[int]:
    """The keys of a 64-bit hash of a page, or of a picture: two hashes of a kind that differ in at most three bits share one."""
    kind = PICTURES if of_picture else 0
    return [kind | (band << BITS) | ((value >> (band * BITS)) & 0xFFFF) for band in range(BANDS)]


def probes(value: int, *, of_picture: bool = False) -> list[int]:
    """Its keys and those one bit away: two hashes that differ in at most seven bits are found."""
    keys = hash_keys(value, of_picture=of_picture)
    return [probe for key in keys for probe in (key, *(key ^ (1 << bit) for bit in range(BITS)))]


def text_keys(stems: Sequence[str]) -> list[int]:
    """Keys of a text: least hashes of its shingles (MinHash, Broder 1997), four to a key. Alike by half, two texts share one nearly surely."""
    import numpy as np

    hashed = shingles(stems)
    if len(hashed) < FEWEST:
        return []
    values = np.fromiter((value % _PRIME for value in hashed), dtype=np.uint64)
    a, b = _permutations()
    least = ((values[None, :] & 0x7FFFFFFF) * a[:, None] + b[:, None]) % _PRIME
    rows = least.min(axis=1).reshape(HASHES // ROWS, ROWS)
    return [_key(band, row.tolist()) for band, row in enumerate(rows)]


def shingles(stems: Sequence[str]) -> set[int]:
    """Every run of five stems, as a number of 64 bits."""
    runs = (" ".join(stems[n : n + SHINGLE]) for n in range(len(stems) - SHINGLE + 1))
    return {int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs}


def _permutations() -> tuple[Any, Any]:
    import numpy as np

    random = np.random.default_rng(1997)
    return random.integers(1, 1 << 29, HASHES, dtype=np.uint64), random.integers(0, 1 << 29, HASHES, dtype=np.uint64)


def _key(band: int, row: list[int]) -> int:
    # Text keys lie above those of pictures, within a signed 64-bit column.
    digest = hashlib.blake2b(f"{band}:{row}".encode(), digest_size=7).digest()
    return (1 << 60) | int.from_bytes(digest, "big")


# -- comparing --------------------------------------------------------------------------------------------------------


def texts(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of the shorter text stands in the longer, 0 to 1; 0 if either is too short to tell."""
    left, right = shingles(one), shingles(other)
    if min(len(left), len(right)) < FEWEST:
        return 0.0
    return len(left & right) / min(len(left), len(right))


def pages(one: Iterable[Print], other: Iterable[Print]) -> Likeness | None:
    """The two pages that look most alike, if most pages of the shorter paper look like one of the other: a letterhead or a
    page of signatures alone is alike in every paper of an office."""
    first, second = list(one), list(other)
    few, many = (first, second) if len(first) <= len(second) else (second, first)
    best = [max((_page(a, b) for b in many), key=lambda found: found.score, default=None) for a in few]
    alike = [found for found in best if found is not None and found.score >= ALIKE_PAGE]
    if not alike or len(alike) * 2 <= len(few):
        return None
    found = max(alike, key=lambda each: each.score)
    return found if few is first else replace(found, page=found.other_page, other_page=found.page)


def _page(one: Print, other: Print) -> Likeness:
    return Likeness("same-pages", correlation(one.thumb, other.thumb), one.page, other.page)


def pictures(one: Print, others: Sequence[Print]) -> list[tuple[int, Likeness]]:
    """Which of ``others`` are the same picture as ``one``, or one is cut out of the other: their place in the list, and how.

    All are compared at a quarter of the pixels first; only the likeliest ``CLOSELY`` then in full.
    """
    near = _parts([one.thumb], [other.thumb for other in others], COARSE)
    likeliest = sorted(range(len(others)), key=lambda at: -near[at])[:CLOSELY]
    parts = _parts([one.thumb], [others[at].thumb for at in likeliest], SIDE)
    found = ((at, _pictured(one, others[at], part)) for at, part in zip(likeliest, parts, strict=True))
    return [(at, likeness) for at, likeness in found if likeness is not None]


def _parts(pieces: Sequence[bytes], wholes: Sequence[bytes], side: int) -> list[float]:
    """Cut out either way round."""
    return [max(pair) for pair in zip(parts_of(pieces, wholes, side), parts_of(wholes, pieces, side), strict=True)]


def _pictured(one: Print, other: Print, part: float) -> Likeness | None:
    whole = correlation(one.thumb, other.thumb)
    if whole >= ALIKE_PAGE:
        return Likeness("same-picture", whole, one.page, other.page)
    return Likeness("part-of-picture", part, one.page, other.page) if part >= ALIKE_PART else None


def is_plain(thumb: bytes) -> bool:
    """Mostly of one grey, as screenshots and forms are: as thumbnails they are all alike, whatever they say."""
    import numpy as np

    shades = np.bincount(np.frombuffer(thumb, dtype=np.uint8) >> 3, minlength=32)
    return bool(shades.max() >= PLAIN * len(thumb))


def words_agree(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two plain pictures say the same: nearly every stem of the one that says less stands in the other. Silence agrees with nothing."""
    left, right = set(one), set(other)
    fewer = min(len(left), len(right))
    return fewer >= FEWEST_STEMS and len(left & right) >= SAME_WORDS * fewer


def correlation(one: bytes, other: bytes) -> float:
    """Pearson's, of two thumbnails; 0 if either is of one colour."""
    a, b = _array(one).ravel(), _array(other).ravel()
    a, b = a - a.mean(), b - b.mean()
    norm = float((a @ a) * (b @ b)) ** 0.5
    return float(a @ b) / norm if norm > 1e-6 else 0.0


def parts_of(pieces: Sequence[bytes], wholes: Sequence[bytes], side: int = SIDE) -> list[float]:
    """How well each piece fits somewhere into its whole, at any size from ``SMALLEST_PART`` up: the best correlation.

    One piece into many wholes, or many pieces into one. Width and height are tried apart: thumbnails are square whatever the picture
    was. Correlation with every window at once, by fast Fourier transform.
    """
    import numpy as np

    if not pieces or not wholes:
        return []
    best = [np.zeros(max(len(pieces), len(wholes)))]
    grey = np.stack([_resized(whole, side, side) for whole in wholes])
    spectra, sums = np.fft.rfft2(grey, (2 * side, 2 * side)), _sums(grey)
    sizes = range(int(side * SMALLEST_PART), side, STEP)
    for height, width in ((h, w) for h in sizes for w in sizes if 0.7 <= w / h <= 1.43):
        small = np.stack([_resized(piece, width, height) for piece in pieces])
        best.append(_fit(small, spectra, sums, side))
    return [float(score) for score in np.max(np.stack(best), axis=0)]


def _fit(pieces: Any, spectra: Any, sums: tuple[Any, Any], side: int) -> Any:
    """The best normalised correlation of each piece with any window of its picture."""
    import numpy as np

    rows, columns = pieces.shape[1:]
    centred = pieces - pieces.mean(axis=(1, 2), keepdims=True)
    energy = (centred**2).sum(axis=(1, 2))[:, None, None]
    across = np.fft.irfft2(spectra * np.conj(np.fft.rfft2(centred, (2 * side, 2 * side))), (2 * side, 2 * side))
    across = across[:, : side - rows + 1, : side - columns + 1]
    total, square = (_windows(one, rows, columns) for one in sums)
    # A window or piece of nearly one grey is like everything, so it is like nothing.
    least = rows * columns * FLAT**2
    spread = np.maximum(square - total**2 / (rows * columns), least)
    return (across / np.sqrt(spread * np.maximum(energy, least))).max(axis=(1, 2))


def _sums(picture: Any) -> tuple[Any, Any]:
    """Summed areas of the pictures and of their squares."""
    import numpy as np

    padded = (np.pad(one, ((0, 0), (1, 0), (1, 0))) for one in (picture, picture**2))
    first, second = (one.cumsum(axis=1).cumsum(axis=2) for one in padded)
    return first, second


def _windows(summed: Any, rows: int, columns: int) -> Any:
    corners = summed[:, rows:, columns:] - summed[:, :-rows, columns:] - summed[:, rows:, :-columns]
    return corners + summed[:, :-rows, :-columns]


def _array(thumb: bytes) -> Any:
    import numpy as np

    return np.frombuffer(thumb, dtype=np.uint8).reshape(SIDE, SIDE).astype(np.float64)


def _resized(thumb: bytes, width: int, height: int) -> Any:
    import numpy as np
    from PIL import Image

    small = Image.frombytes("L", (SIDE, SIDE), thumb).resize((width, height), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float64)
