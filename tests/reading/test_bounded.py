"""A file that hangs, crashes or swells ends as a finding; what was seen before is kept."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from pamong.reading import bounded
from pamong.reading.facts import Page
from pamong.reading.reader import Limits
from tests.evidence.build import pdf_bytes

FIRST_PAGE = """
import json, sys
asked = json.load(sys.stdin)
print(json.dumps(["total", 2]), flush=True)
print(json.dumps(["page", {"number": 1, "text": "KEPUTUSAN", "source": "asli"}]), flush=True)
"""
FAST = Limits(seconds=0.5)


def _read(more: str, limits: Limits = FAST, grace: float = 0.5) -> bounded.Seen:
    return bounded.read(
        Path("berkas"), "pdf", "application/pdf", limits, program=("-c", FIRST_PAGE + more), grace=grace
    )


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ("import time; time.sleep(60)", "hang"),
        ("import os; os.kill(os.getpid(), 11)", "crash"),
        ("raise ValueError('x')", "crash"),
        ("raise MemoryError", "memory"),
        ('print(json.dumps(["whole", True]))', ""),
    ],
)
def test_what_was_seen_before_a_fault_is_kept(more: str, fault: str) -> None:
    seen = _read(more)
    assert (seen.facts.fault, seen.facts.pages) == (fault, (Page(1, "KEPUTUSAN"),))


def test_a_child_that_hangs_leaves_no_process_behind(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    grandchild = f"import subprocess, sys, time; p = subprocess.Popen(['sleep', '60']); open({str(note)!r}, 'w').write(str(p.pid)); time.sleep(60)"
    assert _read(grandchild).facts.fault == "hang"
    deadline = time.monotonic() + 5
    while _lives(int(note.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(int(note.read_text()))


def _lives(pid: int) -> bool:
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
            if sys.platform == "linux"
            else bool(os.kill(pid, 0) or True)
        )
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_too_little_memory_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes("Keputusan"))
    swell = "import resource; resource.setrlimit(resource.RLIMIT_AS, (asked['memory'], asked['memory'])); b'x' * 10**10"
    assert _read(swell, Limits(seconds=5)).facts.fault == "memory"


def test_a_real_file_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes("KEPUTUSAN WALI KOTA CONTOH", pages=2))
    told: list[tuple[int, int]] = []
    seen = bounded.read(path, "pdf", "application/pdf", progress=lambda done, total: told.append((done, total)))
    assert [(page.number, page.text.strip()) for page in seen.facts.pages] == [
        (1, "KEPUTUSAN WALI KOTA CONTOH"),
        (2, "KEPUTUSAN WALI KOTA CONTOH"),
    ]
    assert (seen.facts.fault, seen.facts.text_source, len(seen.prints)) == ("", "asli", 2)
    assert told[-1] == (2, 2)


def test_a_file_that_is_no_pdf_at_all_is_a_fault_not_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\nhalf a file")
    assert bounded.read(path, "pdf", "application/pdf").facts.fault == "crash"
