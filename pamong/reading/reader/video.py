"""A video: how long, how large, whether it has sound, whether its beginning and end can be decoded, and what is written on its screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from pamong.reading.facts import Fields, Recognised, Shown, VideoFacts
from pamong.reading.reader import Limits, Tell, ocr

STEP, MOST = 2.5, 60  # seconds between two looks at the screen; looks at most
LONGEST = 900  # seconds; nobody reads what is longer, it cannot be brought forward
WIDE = 1280  # pixels to which a screen is brought before it is read
SAME = 4.0  # greys between two looks, on average: under it the screen is the same still
WORD = re.compile(r"[^\W\d_]{3,}")  # shorter ones are mostly leaves and tiles
FEWEST, LONGEST_TEXT = 4, 500  # letters of the longest word; characters kept of a screen


def read(path: Path, limits: Limits, tell: Tell) -> None:
    """Tell the facts of the video at ``path``: the cheap ones first."""
    tell("kind", "video")
    tell("fields", asdict(Fields(instrument=Recognised("video", 0, "", 0.95))))
    seen = look(path)
    tell("video", asdict(seen))
    if seen.playable and seen.seconds <= LONGEST and ocr.is_available():
        tell("video", asdict(replace(seen, shown=tuple(_shown(path, seen.seconds, limits)))))


def look(path: Path) -> VideoFacts:
    """Open and decode a little. A video nothing can open is not playable, and lasts 0 seconds."""
    import av

    try:
        with av.open(str(path)) as film:
            if not film.streams.video:
                return VideoFacts(0.0, 0, 0, bool(film.streams.audio), False)
            picture = film.streams.video[0]
            seconds = float(film.duration or 0) / 1_000_000
            size = (picture.codec_context.width, picture.codec_context.height)
            return VideoFacts(seconds, *size, bool(film.streams.audio), _plays(film, seconds))
    except (av.FFmpegError, ValueError, OSError):
        return VideoFacts(0.0, 0, 0, False, False)


def _plays(film: Any, seconds: float) -> bool:
    """Whether a frame at the beginning and one near the end can be decoded."""
    first = next(film.decode(video=0), None)
    if first is None:
        return False
    if seconds <= 2:
        return True
    film.seek(int(seconds * 0.9 * 1_000_000))
    return next(film.decode(video=0), None) is not None


def _shown(path: Path, seconds: float, limits: Limits) -> Iterator[Shown]:
    """The words on the screen, each time it says something else; as many screens as the limits allow pages by OCR."""
    last, said, left = None, "", limits.ocr_pages
    for at, picture in _screens(path, seconds):
        if limits.is_over or not left:
            return
        small = picture.resize((64, 36))
        if last is not None and _apart(small, last) < SAME:
            continue
        last, left = small, left - 1
        height = max(1, round(picture.height * WIDE / picture.width))
        words = WORD.findall(ocr.screen(picture.resize((WIDE, height))))
        text = " ".join(words)[:LONGEST_TEXT]
        if max(map(len, words), default=0) >= FEWEST and text != said:
            said = text
            yield Shown(round(at), text)


def _screens(path: Path, seconds: float) -> Iterator[tuple[float, Any]]:
    """The screen, in grey, every so many seconds."""
    import av

    step = max(STEP, seconds / MOST)
    with av.open(str(path)) as film:
        for number in range(int(seconds / step) or 1):
            at = min((number + 0.5) * step, seconds)
            try:
                film.seek(int(at * 1_000_000))
                frame: Any = next((each for each in film.decode(video=0) if each.time is None or each.time >= at), None)
            except (av.FFmpegError, ValueError):
                continue  # a stretch that is damaged must not cost the rest
            if frame is not None:
                yield at, frame.to_image().convert("L")


def _apart(one: Any, other: Any) -> float:
    import numpy as np

    return float(np.abs(np.asarray(one, dtype=np.int16) - np.asarray(other, dtype=np.int16)).mean())
