"""What somebody marked on a page is read: a highlighter's colour, an annotation, on paper scanned or turned; other colours are not."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest
from pypdf.annotations import Highlight, Rectangle
from pypdf.generic import ArrayObject, FloatObject

from pamong.reading.reader import Limits, marks, ocr, pdf
from tests.reading.corpus import papers
from tests.reading.corpus.papers import Paper

ITEM = "Kegiatan Pengelolaan Inovasi SIPPUT"
MARKED = f'#highlight(fill: rgb("COLOUR"))[{ITEM}]'


def page(said: str, *, head: str = "none") -> bytes:
    rows = (
        f"[KODE], [URAIAN], [JUMLAH], [5.1.02], [Belanja Alat Tulis], [Rp3.000.000], [5.1.03], [{said}], [Rp4.000.000]"
    )
    table = f"#table(columns: (auto, 1fr, auto), fill: (x, y) => if y == 0 {{ {head} }}, {rows})"
    return papers.pdf(Paper("anggaran", pages=[f"TAHUN ANGGARAN 2025\n{table}"]))


def seen(content: bytes, tmp_path: Any) -> Any:
    path = tmp_path / "file.pdf"
    path.write_bytes(content)
    told: dict[str, Any] = {}
    pdf.read(path, Limits().started(), told.__setitem__)
    return told.get("marks")


@pytest.mark.parametrize("colour", ["ffff00", "fffd11a1", "92d050", "00ffff", "ff66cc", "ffc000"])
def test_words_under_the_colour_of_a_highlighter(colour: str, tmp_path: Any) -> None:
    assert seen(page(MARKED.replace("COLOUR", colour)), tmp_path) == [{"page": 1, "passage": ITEM}]


@pytest.mark.parametrize(
    "head", ['rgb("#d9e2f3")', 'rgb("#1f4e79")', 'rgb("#f2f2f2")', 'rgb("#c00000")', 'rgb("#fdf6e3")']
)
def test_the_head_of_a_table_in_blue_grey_red_or_cream_is_no_mark(head: str, tmp_path: Any) -> None:
    assert seen(page(ITEM, head=head), tmp_path) == []


def test_a_photograph_is_no_mark(tmp_path: Any) -> None:
    from random import Random

    out = io.BytesIO()
    papers.photo(Random(3)).save(out, "PDF", resolution=110)
    assert seen(out.getvalue(), tmp_path) in ([], None)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_sheet_shown_turned(degrees: int, tmp_path: Any) -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(page(MARKED.replace("COLOUR", "ffff00")))))
    writer.pages[0].rotate(degrees)
    out = io.BytesIO()
    writer.write(out)
    assert seen(out.getvalue(), tmp_path) == [{"page": 1, "passage": ITEM}]


@pytest.mark.parametrize("kind", ["highlight", "box"])
def test_an_annotation_over_words(kind: str, tmp_path: Any) -> None:
    import pypdfium2

    plain = page(ITEM)
    text = pypdfium2.PdfDocument(plain)[0].get_textpage()
    index, count = text.search(ITEM).get_next()
    assert text.count_rects(index, count) == 1
    left, bottom, right, top = text.get_rect(0)
    quad = ArrayObject([FloatObject(each) for each in (left, top, right, top, left, bottom, right, bottom)])
    rect = (left, bottom, right, top)
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(plain)))
    writer.add_annotation(0, Highlight(rect=rect, quad_points=quad) if kind == "highlight" else Rectangle(rect))
    out = io.BytesIO()
    writer.write(out)
    assert seen(out.getvalue(), tmp_path) == [{"page": 1, "passage": ITEM}]


@pytest.mark.skipif(not ocr.is_available(), reason="tesseract with its Indonesian model is not installed")
def test_a_highlighter_on_paper_scanned_in_colour(tmp_path: Any) -> None:
    import pypdfium2

    image = pypdfium2.PdfDocument(page(MARKED.replace("COLOUR", "ffff00")))[0].render(scale=150 / 72).to_pil()
    out = io.BytesIO()
    image.rotate(0.6, fillcolor=(250, 250, 250)).save(out, "PDF", resolution=150, quality=70)
    [mark] = seen(out.getvalue(), tmp_path)
    assert (mark["page"], ITEM in mark["passage"]) == (1, True)


def test_of_a_long_file_nothing_is_told_unless_something_was_found(tmp_path: Any) -> None:
    long = Paper("anggaran", pages=[f"Halaman {at} dari dokumen anggaran daerah" for at in range(pdf.GLANCED + 1)])
    assert seen(papers.pdf(long), tmp_path) is None
    long.pages[1] = MARKED.replace("COLOUR", "ffff00")
    assert seen(papers.pdf(long), tmp_path) == [{"page": 2, "passage": ITEM}]


def test_annotations_that_are_broken_cost_nothing() -> None:
    class Broken:
        rotation = 0

        @property
        def cropbox(self) -> Any:
            raise ValueError("no such page")

    assert marks.annotated(Broken()) == []
