"""What is written on the screen of a video is read, each screen once, with its second; a video without words or OCR says nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from pamong.reading.facts import Facts, Shown, VideoFacts
from pamong.reading.reader import Limits, ocr, video
from tests.reading.corpus import papers

needs_ocr = pytest.mark.skipif(not ocr.is_available(), reason="tesseract with its Indonesian model is not installed")


def watched(content: bytes, tmp_path: Path, limits: Limits | None = None) -> dict[str, Any]:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    told: dict[str, Any] = {}
    video.read(path, (limits or Limits()).started(), told.__setitem__)
    return told["video"]


@needs_ocr
def test_headings_on_the_screen_are_read_with_their_second(tmp_path: Path) -> None:
    seen = watched(papers.film(Random(4), ("LATAR BELAKANG", "Ide terpilih")), tmp_path)
    told = {each["second"]: each["text"] for each in seen["shown"]}
    assert [(second // 10, "LATAR BELAKANG" in text, "Ide terpilih" in text) for second, text in told.items()][:2] == [
        (0, True, False),
        (1, False, True),
    ]


def test_a_video_without_words_shows_none(tmp_path: Path) -> None:
    assert watched(papers.video(10), tmp_path)["shown"] == ()


def test_no_more_screens_are_read_than_pages_by_ocr_are_allowed(tmp_path: Path) -> None:
    assert watched(papers.film(Random(4), ("LATAR BELAKANG",)), tmp_path, Limits(ocr_pages=0))["shown"] == ()


def test_a_film_too_long_to_be_brought_forward_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "LONGEST", 5)
    assert watched(papers.film(Random(4), ("LATAR BELAKANG",)), tmp_path)["shown"] == ()


def test_what_a_screen_says_is_kept_with_the_facts() -> None:
    facts = Facts("video", video=VideoFacts(9.0, 640, 360, True, True, (Shown(3, "MANFAAT"),)))
    assert Facts.from_json(facts.to_json()) == facts
    old = facts.to_json()
    del old["video"]["shown"]
    assert Facts.from_json(old).video == VideoFacts(9.0, 640, 360, True, True)
