"""What is said about a document of these facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pamong.reading.facts import Facts, Fields, LinkFacts, Page, QrCode, Recognised, Severity, Signature, VideoFacts
from pamong.reading.judging import findings
from tests.reading.build import FACTS

TODAY = date(2026, 5, 1)
SIGNED = Signature("BUDI", "Kota Contoh", "2025-03-04T09:30:00+07:00", True, True, False, "trusted")
FILM = VideoFacts(290.0, 1280, 720, True, True)


def _codes(facts: Facts) -> list[tuple[str, str]]:
    return [(one.code, str(one.severity)) for one in findings(facts, on=TODAY)]


def _decree(*lines: str, **found: Recognised) -> Facts:
    head = Recognised("sk-kdh", 1, lines[0], 0.95)
    return Facts(
        kind="pdf", pages=(Page(1, "\n".join(lines)),), text_source="asli", fields=Fields(instrument=head, **found)
    )


def test_a_good_decree_has_no_findings() -> None:
    assert _codes(FACTS) == []


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (replace(FACTS, blank_pages=(1, 2)), [("all-blank", "blocks")]),
        (replace(FACTS, blank_pages=(2,)), [("blank-pages", "informs")]),
        (replace(FACTS, text_source="tanpa-teks"), [("no-text", "warns")]),
        (replace(FACTS, low_resolution_pages=(1,)), [("low-resolution", "warns")]),
        (replace(FACTS, rotated_pages=(1,)), [("rotated", "informs")]),
        (replace(FACTS, unread_pages=(2,)), [("unread-pages", "informs")]),
        (replace(FACTS, fault="hang"), [("reader-hang", "warns")]),
        (replace(FACTS, qr_codes=(QrCode(1, "https://a.go.id/x", "a.go.id"),)), [("qr", "informs")]),
        (replace(FACTS, signatures=(SIGNED,)), [("signature-valid", "informs")]),
        (replace(FACTS, signatures=(replace(SIGNED, trust="unknown-root"),)), [("signature-unknown-root", "informs")]),
        (replace(FACTS, signatures=(replace(SIGNED, trust="revoked"),)), [("signature-revoked", "warns")]),
        (replace(FACTS, signatures=(replace(SIGNED, intact=False, trust="broken"),)), [("signature-broken", "blocks")]),
        (replace(FACTS, signatures=(replace(SIGNED, changed_after=True),)), [("signature-changed", "blocks")]),
        (Facts(kind="video", video=FILM), []),
        (Facts(kind="video", video=replace(FILM, seconds=301.5)), [("video-long", "blocks")]),
        (Facts(kind="video", video=replace(FILM, seconds=300.9)), []),
        (Facts(kind="video", video=replace(FILM, playable=False)), [("video-unplayable", "blocks")]),
        (Facts(kind="video", video=replace(FILM, has_sound=False, height=240)), [("video-silent", "warns"), ("video-small", "warns")]),
        (Facts(kind="link", link=LinkFacts("a.go.id", True, False)), []),
        (Facts(kind="link", link=LinkFacts("", False, False)), [("link-malformed", "blocks")]),
        (Facts(kind="link", link=LinkFacts("drive.google.com", True, True)), [("link-drive", "warns")]),
        (Facts(kind="link", link=LinkFacts("drive.google.com", True, True, True, 200)), []),
        (Facts(kind="link", link=LinkFacts("drive.google.com", True, True, False, 401)), [("link-closed", "blocks")]),
        (Facts(kind="link", link=LinkFacts("a.go.id", True, False, False)), [("link-silent", "warns")]),
    ],
)  # fmt: skip
def test_each_fault_is_said_once(facts: Facts, codes: list[tuple[str, str]]) -> None:
    assert _codes(facts) == codes


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("KEPUTUSAN WALI KOTA CONTOH", "NOMOR ............ TAHUN 2025", "TENTANG"), "number-blank"),
        (("KEPUTUSAN WALI KOTA CONTOH", "NOMOR : 188.45/....../2025"), "number-blank"),
        (("RANCANGAN KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5 TAHUN 2025"), "draft"),
        (("KEPUTUSAN WALI KOTA CONTOH", "DRAF", "NOMOR 5 TAHUN 2025"), "draft"),
        (("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5", "Ditetapkan di Contoh", "pada tanggal ........ 2025"), "date-blank"),
    ],
)
def test_an_unfinished_decree_blocks(lines: tuple[str, ...], code: str) -> None:
    assert _codes(_decree(*lines)) == [(code, "blocks")]


def test_a_date_to_come_blocks_and_todays_does_not() -> None:
    for day, expected in (("2026-05-02", [("date-future", "blocks")]), ("2026-05-01", [])):
        dated = Recognised(day, 1, "pada tanggal", 0.95)
        assert _codes(_decree("KEPUTUSAN WALI KOTA CONTOH", "NOMOR 5", dated=dated)) == expected


def test_the_gravest_come_first_and_every_finding_says_what_to_do() -> None:
    found = findings(
        replace(FACTS, rotated_pages=(1,), signatures=(replace(SIGNED, intact=False),), text_source="tanpa-teks"),
        on=TODAY,
    )
    assert [one.severity for one in found] == [Severity.BLOCKS, Severity.WARNS, Severity.INFORMS]
    assert all(one.remedy.endswith(".") and one.rule for one in found)


def test_a_valid_signature_says_who_and_when() -> None:
    (found,) = findings(replace(FACTS, signatures=(SIGNED,)), on=TODAY)
    assert found.title == "Ditandatangani elektronik oleh BUDI pada 4/3/2025 09.30; utuh"
