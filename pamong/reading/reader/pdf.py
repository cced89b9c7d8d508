"""A PDF: text page by page, what its pages look like, its codes, its marks and its signatures."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pamong.reading.facts import Mark, Page
from pamong.reading.reader import Limits, Tell, codes, fields, marks, ocr, prints, signatures

ENOUGH = 12  # letters: under it a page has no text of its own
FOOTER = 400  # letters a signing service or a scanner may print on a page that is otherwise a picture
MOST_PAGES = 400
GLANCE_DPI, CODE_DPI = 50, 130
LOW_DPI = 100
LONGEST_PAGE = 40_000
GLANCED, CODED = 60, 24  # pages looked at for blankness and likeness; for QR codes
MARKED = 40  # marks read at most, of all pages


@dataclass(slots=True)
class _Seen:
    """What gathers while pages are read."""

    pages: dict[int, Page] = field(default_factory=dict)
    blank: list[int] = field(default_factory=list)
    poor: list[int] = field(default_factory=list)
    pictured: list[int] = field(default_factory=list)  # covered by a picture, with little text of their own
    turned: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    marked: dict[int, list[marks.Box]] = field(default_factory=dict)


def read(path: Path, limits: Limits, tell: Tell) -> None:
    """Tell everything about the PDF at ``path``; the cheap things first."""
    import pypdfium2

    seen = _Seen()
    tell("kind", "pdf")
    tell("ocr_available", ocr.is_available())
    _own_text(path, seen, tell)
    _tell_fields(seen, tell)
    tell("signatures", [asdict(one) for one in signatures.of(path, limits.trust_roots)])
    document = pypdfium2.PdfDocument(path)
    try:
        _look(document, seen, limits, tell)
        _scan(document, seen, limits, tell)
        _tell_marks(document, seen, limits, tell)
    finally:
        document.close()
    _tell_fields(seen, tell)


def _own_text(path: Path, seen: _Seen, tell: Tell) -> None:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(path)
    tell("total", len(reader.pages))
    for number, page in enumerate(reader.pages[:MOST_PAGES], 1):
        try:
            text = page.extract_text()[:LONGEST_PAGE].replace("\x00", "")
        except Exception:  # one page no reader understands must not cost the others
            text = ""
        _keep(Page(number, text), seen, tell)
        if boxes := marks.annotated(page):
            seen.marked[number] = boxes


def _keep(page: Page, seen: _Seen, tell: Tell) -> None:
    seen.pages[page.number] = page
    tell("page", asdict(page))


def _letters(text: str) -> int:
    return sum(letter.isalpha() for letter in text)


def _tell_fields(seen: _Seen, tell: Tell) -> None:
    pages = [seen.pages[number] for number in sorted(seen.pages)]
    tell("fields", asdict(fields.recognise(pages)))


def _look(document: Any, seen: _Seen, limits: Limits, tell: Tell) -> None:
    """A glance at every page: is it blank, too coarse, does it carry a code; and its likeness print."""
    found = []
    coded = _worth_a_code(len(document))
    for number in range(1, min(len(document), GLANCED) + 1):
        if limits.is_over:
            break
        page = document[number - 1]
        grey = page.render(scale=GLANCE_DPI / 72, grayscale=True).to_numpy().squeeze()
        mark = prints.of_page(grey)
        if mark is None:
            seen.blank.append(number)
            continue
        tell("print", ["page", number, *mark])
        if number not in seen.marked:
            colours = page.render(scale=marks.DPI / 72, rev_byteorder=True).to_numpy()
            seen.marked[number] = marks.coloured(colours[..., :3])
        if _letters(seen.pages[number].text) < FOOTER and (dpi := _dpi(page)):
            seen.pictured.append(number)
            seen.poor += [number] if dpi < LOW_DPI else []
        if number in coded:
            found += codes.on(page.render(scale=CODE_DPI / 72, grayscale=True).to_pil(), number)
    tell("blank_pages", seen.blank)
    tell("low_resolution_pages", seen.poor)
    tell("qr_codes", [asdict(code) for code in found])


def _worth_a_code(pages: int) -> set[int]:
    """Codes stand on the first pages, or beside the signature near the end."""
    return set(range(1, CODED // 2 + 1)) | set(range(pages - CODED // 2 + 1, pages + 1))


def _dpi(page: Any) -> float:
    """Dots per inch of the picture that covers the page; 0 if none does."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    best = 0.0
    for image in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if right - left > 0.5 * width and top - bottom > 0.4 * height:
            best = max(best, image.get_px_size()[0] / ((right - left) / 72))
    return best


def _scan(document: Any, seen: _Seen, limits: Limits, tell: Tell) -> None:
    """OCR for the pages that have a picture and no text, as many as the limits allow."""
    bare = {n for n, page in seen.pages.items() if _letters(page.text) < ENOUGH and n not in seen.blank}
    wanted = sorted(bare | set(seen.pictured))
    able = ocr.is_available()
    for done, number in enumerate(wanted):
        if not able or done >= limits.ocr_pages or limits.is_over:
            seen.unread = wanted[done:]
            break
        _scan_page(document[number - 1], number, seen, tell)
    seen.unread += [n for n in range(MOST_PAGES + 1, len(document) + 1)]
    tell("unread_pages", seen.unread)
    tell("low_resolution_pages", sorted(seen.poor))
    tell("rotated_pages", seen.turned)
    tell("text_source", _source(seen.pages.values(), able))


def _scan_page(page: Any, number: int, seen: _Seen, tell: Tell) -> None:
    read = ocr.read(page.render(scale=ocr.DPI / 72, grayscale=True).to_pil())
    if _letters(read.text) > _letters(seen.pages[number].text):
        _keep(Page(number, read.text[:LONGEST_PAGE], "ocr"), seen, tell)
    if read.turned:
        seen.turned.append(number)
    if read.words >= 5 and read.confidence < ocr.TOO_POOR and number not in seen.poor:
        seen.poor.append(number)


def _tell_marks(document: Any, seen: _Seen, limits: Limits, tell: Tell) -> None:
    """The words somebody marked. Nothing is told where pages were left out: marks may stand on them."""
    found, places = [], [(number, box) for number in sorted(seen.marked) for box in seen.marked[number]]
    for number, box in places[:MARKED]:
        if limits.is_over:
            break
        words = _words_in(document[number - 1], seen.pages[number], box)
        if _letters(words) >= marks.FEWEST:
            found.append(asdict(Mark(number, words[: marks.LONGEST])))
    if found or (len(document) <= GLANCED and not limits.is_over):
        tell("marks", found)


def _words_in(page: Any, kept: Page, box: marks.Box) -> str:
    if kept.source != "ocr":
        return marks.words_in(page, box)
    return marks.words_seen(page.render(scale=ocr.DPI / 72, grayscale=True).to_pil(), box)


def _source(pages: Any, able: bool) -> str:
    written: Sequence[Page] = [page for page in pages if _letters(page.text) >= ENOUGH]
    if any(page.source == "ocr" for page in written):
        return "ocr"
    return "asli" if written else "tanpa-teks"
