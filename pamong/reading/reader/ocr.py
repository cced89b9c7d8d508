"""Text of scanned pages, by tesseract with its Indonesian model where it is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any, NamedTuple

LANGUAGE = "ind"
DPI = 200
SECONDS = 60
LEGIBLE = 60  # mean confidence of the words, of 100; under it the page may lie on its side
TOO_POOR = 45  # under it a person has trouble reading too
SURE_WORD = 30
LIGHT = 160  # of 255: ink lighter than this stands out from most grounds
_COMMON = {
    "dan",
    "yang",
    "di",
    "pada",
    "untuk",
    "dengan",
    "dalam",
    "tahun",
    "nomor",
    "tanggal",
    "tentang",
    "daerah",
    "kepada",
    "oleh",
}


@dataclass(frozen=True, slots=True)
class Ocred:
    """What was read on one raster: the text, the mean confidence of its words (0 to 100), the turn that made it readable."""

    text: str
    confidence: float
    words: int
    turned: int = 0


@cache
def is_available() -> bool:
    """Whether tesseract and its Indonesian model are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    told = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=SECONDS)  # noqa: S603
    return LANGUAGE in told.stdout.split()


def read(image: Any) -> Ocred:
    """Read a Pillow image. A page on its side or on its head is turned first, if that makes it readable."""
    upright = _recognise(image)
    if upright.confidence >= LEGIBLE and upright.words > 3 and _reads(upright):
        return upright
    turn = _orientation(image)
    if not turn:
        return upright
    turned = _recognise(image.rotate(-turn, expand=True))
    better = turned.confidence * turned.words > upright.confidence * upright.words
    return Ocred(turned.text, turned.confidence, turned.words, turn) if better else upright


def _reads(seen: Ocred) -> bool:
    """Whether what was read is Indonesian: letters on their head make sure-looking words, but not these."""
    return seen.words < 10 or bool(_COMMON & {word.strip(".,:;()").lower() for word in seen.text.split()})


def _run(image: Any, *arguments: str) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "BMP")
    program = shutil.which("tesseract") or "tesseract"
    done = subprocess.run(  # noqa: S603
        [program, "-", "-", "--dpi", str(DPI), *arguments],
        input=buffer.getvalue(),
        capture_output=True,
        timeout=SECONDS,
    )
    return done.stdout.decode("utf-8", "replace")


def _recognise(image: Any, *, layout: int = 3) -> Ocred:
    table = _run(image, "-l", LANGUAGE, "--psm", str(layout), "tsv")
    lines: dict[tuple[str, ...], list[_Word]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip() and float(cells[10]) >= SURE_WORD:
            left, top, height = int(cells[6]), int(cells[7]), int(cells[9])
            lines.setdefault(tuple(cells[1:5]), []).append(_Word(cells[11], left, top, height, float(cells[10])))
    sureness = [word.sureness for line in lines.values() for word in line]
    return Ocred(_text(list(lines.values())), sum(sureness) / len(sureness) if sureness else 0.0, len(sureness))


class _Word(NamedTuple):
    """A word and where it stands, in pixels from the top left."""

    text: str
    left: int
    top: int
    height: int
    sureness: float


def _text(lines: list[list[_Word]]) -> str:
    """The lines from top to bottom. What stands side by side is one line: *Menimbang* is not read before the letterhead."""
    rows: list[tuple[float, float, list[list[_Word]]]] = []  # middle, height, the lines in the row
    for line in sorted(lines, key=lambda words: words[0].top):
        height = median(word.height for word in line)
        middle = median(word.top + word.height / 2 for word in line)
        if rows and abs(rows[-1][0] - middle) < 0.5 * max(height, rows[-1][1]):
            rows[-1][2].append(line)
        else:
            rows.append((middle, height, [line]))
    ordered = (sorted(row, key=lambda line: line[0].left) for _, _, row in rows)
    return "\n".join(" ".join(word.text for line in row for word in line) for row in ordered)


def _orientation(image: Any) -> int:
    """By how many degrees, clockwise, the raster must be turned to stand upright; 0 if it does or nobody knows."""
    told = _run(image, "--psm", "0")
    for line in told.splitlines():
        if line.startswith("Rotate:"):
            return int(line.split(":")[1])
    return 0


def line(image: Any) -> str:
    """What a small grey cutting says, upright: one block of words."""
    return _recognise(image, layout=6).text


def screen(image: Any) -> str:
    """The words scattered over a grey picture, as it is and as light ink on a darker ground: what one look misses, the other reads."""
    inked = image.point(lambda grey: 0 if grey > LIGHT else 255)
    lines = (line for each in (image, inked) for line in _recognise(each, layout=11).text.splitlines())
    return "\n".join(dict.fromkeys(lines))
