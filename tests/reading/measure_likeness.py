"""How well documents that are alike are found: on a shelf of papers and photographs, copies of some of them are looked up.

A copy is the same scan saved again, the same decree with another cover, the same report with a changed title, the same
photograph cropped or saved smaller. As many that are nobody's copy are looked up too: other decrees and reports of the same
offices on the same forms, other scans, other photographs. Found as the product finds: by shared keys, then compared.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from pamong.reading import likeness, resembling
from pamong.reading.bounded import Gathered
from pamong.reading.reader import Limits, prints, read
from pamong.reading.stems import stems
from tests.reading.corpus import papers
from tests.reading.corpus.papers import Desk
from tests.reading.corpus.words import HALVES

SEED, EACH = 20261126, 20
HEAD = f"""## Documents that are alike

On a shelf of {EACH} papers or photographs of a kind, copies of each are looked up, and as many that are nobody's copy: papers of the
same offices on the same forms (`tests/reading/measure_likeness.py`, seed {SEED}, held-out wording). Scans are compared without OCR,
by what their pages look like. Found: the copy's original is among what the product shows; false: it shows another. After the
first run one thing was changed: most pages of the shorter paper must look alike, not one; before, 8 of 28 scans shown were false.
"""


@dataclass(frozen=True)
class Held:
    """One paper as kept: the stems of its text, what its pages look like, or its picture."""

    words: tuple[str, ...] = ()
    pages: tuple[likeness.Print, ...] = ()
    picture: likeness.Print | None = None

    def keys(self, *, asking: bool = False) -> set[int]:
        of_pages = likeness.probes if asking else likeness.hash_keys
        return {*likeness.text_keys(self.words), *(key for each in self.pages for key in of_pages(each.hash))}


def of_pdf(content: bytes, *, ocr_pages: int = 0) -> Held:
    gathered = Gathered()
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        read(Path(file.name), "pdf", "application/pdf", Limits(ocr_pages=ocr_pages), gathered.take)
    text = gathered.seen("pdf", "").facts.text
    pages = tuple(
        likeness.Print(page, int(hashed, 16), bytes.fromhex(thumb))
        for kind, page, hashed, thumb in gathered.prints
        if kind == "page"
    )
    return Held(tuple(stems(text)), pages)


def of_photo(image: Any) -> Held:
    import numpy as np

    hashed, thumb = prints.of_picture(np.asarray(image.convert("L")))
    return Held(picture=likeness.Print(1, int(hashed, 16), bytes.fromhex(thumb)))


def look_up(asked: Held, shelf: list[Held]) -> set[int]:
    """The places on the shelf the product would show for ``asked``."""
    if asked.picture:
        return {at for at, _ in likeness.pictures(asked.picture, [each.picture for each in shelf if each.picture])}
    wanted = asked.keys(asking=True)
    near = Counter({at: len(wanted & each.keys()) for at, each in enumerate(shelf)})
    candidates = [at for at, shared in near.most_common(resembling.CANDIDATES) if shared]
    return {
        at
        for at in candidates
        if resembling._paper(asked.words, shelf[at].words, asked.pages, shelf[at].pages) is not None
    }


# -- copies -----------------------------------------------------------------------------------------------------------

Made = tuple[Held, Held, Held]  # one for the shelf, its copy, and one that is nobody's copy


def saved_again(desk: Desk, chance: Random) -> Made:
    first, other = (papers.scanned(papers.pdf(desk.decree("sk-kdh")), chance) for _ in range(2))
    again = papers.scanned(first, chance, skew=0.0, noise=2.0, dpi=110, quality=45)
    return of_pdf(first), of_pdf(again), of_pdf(other)


def other_cover(desk: Desk, chance: Random) -> Made:
    decree = desk.decree("perkada")
    covered = replace(decree, pages=[f"#v(6cm)\n#align(center)[SALINAN ARSIP {chance.randrange(999)}]", *decree.pages])
    return of_pdf(papers.pdf(decree)), of_pdf(papers.pdf(covered)), of_pdf(papers.pdf(desk.decree("perkada")))


def other_title(desk: Desk, chance: Random) -> Made:
    report = desk.report()
    title = f"#align(center)[LAPORAN BARU NOMOR {chance.randrange(999)} TENTANG HASIL PENGEMBANGAN LAYANAN TERPADU]"
    changed = replace(report, pages=[f"{title}\n{report.pages[0].partition(chr(10))[2]}", *report.pages[1:]])
    return of_pdf(papers.pdf(report)), of_pdf(papers.pdf(changed)), of_pdf(papers.pdf(desk.report()))


def cropped(desk: Desk, chance: Random) -> Made:
    photo = papers.photo(chance, (640, 480))
    share = chance.uniform(0.55, 0.9)
    width, height = int(640 * share), int(480 * share)
    left, top = chance.randrange(640 - width), chance.randrange(480 - height)
    cut = photo.crop((left, top, left + width, top + height))
    return of_photo(photo), of_photo(cut), of_photo(papers.photo(chance, (640, 480)))


def smaller(desk: Desk, chance: Random) -> Made:
    photo = papers.photo(chance, (640, 480))
    return of_photo(photo), of_photo(photo.resize((320, 240))), of_photo(papers.photo(chance, (640, 480)))


KINDS: dict[str, Callable[[Desk, Random], Made]] = {
    "the same scan saved again": saved_again,
    "the same decree with another cover": other_cover,
    "the same report with a changed title": other_title,
    "the same photograph cropped (55 to 90 %)": cropped,
    "the same photograph saved smaller": smaller,
}


def measured(each: int = EACH) -> Iterator[tuple[str, int, int, int]]:
    """For every kind of copy: how many were looked up, how many found, how many shown that are none."""
    for name, make in KINDS.items():
        chance = Random(SEED)
        made = [make(Desk(HALVES["held"], chance), chance) for _ in range(each)]
        shelf = [first for first, _, _ in made]
        shown = [look_up(copy, shelf) for _, copy, _ in made]
        found = sum(at in places for at, places in enumerate(shown))
        false = sum(len(places - {at}) for at, places in enumerate(shown))
        false += sum(len(look_up(stranger, shelf)) for _, _, stranger in made)
        yield name, each, found, false


def section() -> str:
    """The part of the page about likeness."""
    rows = ["| Copy | Looked up | Found | Shown falsely | Precision | Recall |", "|---|---:|---:|---:|---:|---:|"]
    for name, number, found, false in measured():
        precision = f"{int(found / (found + false) * 1000) / 1000:.3f}" if found + false else "–"
        rows.append(
            f"| {name} | {number} + {number} | {found} | {false} | {precision} | {int(found / number * 1000) / 1000:.3f} |"
        )
    return f"{HEAD}\n" + "\n".join(rows) + "\n"
