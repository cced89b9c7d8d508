"""A video: how long, how large, whether it has sound, and whether its beginning and end can be decoded."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from pamong.reading.facts import Fields, Recognised, VideoFacts


def read(path: Path, tell: Any) -> None:
    """Tell the facts of the video at ``path``."""
    tell("kind", "video")
    tell("fields", asdict(Fields(instrument=Recognised("video", 0, "", 0.95))))
    tell("video", asdict(look(path)))


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
