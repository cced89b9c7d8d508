"""What somebody marked on a page: an annotation over words, or the colour of a highlighter behind them.

Colour tells only of highlighters (yellow, green, pink, orange, cyan): a line drawn by pen is not seen, so that nothing is found is
no proof that nothing is marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pamong.reading.reader import ocr

MOST = 12  # marks told of one page
DPI = 50  # enough for a line of print to be several pixels high
BRIGHT, PALE = 170, 0.22  # a highlighter's least value (of 255) and saturation; paper yellows less
# Degrees of hue of highlighters; red is of stamps and logos, blue of letterheads and heads of tables.
HUES = ((18, 195), (285, 345))
GAP, NARROWEST, LOWEST = (
    6,
    22,
    4,
)  # pixels at DPI: letters between colour; a mark is wider than a word, as high as a line
TALLEST, FULL = 0.2, 0.45  # of the page's height, and of its box: what is larger or emptier is a picture or a panel
FEWEST, LONGEST = 3, 160  # letters a mark must hold; characters told of it
MARKUPS = ("/Highlight", "/Underline", "/Squiggly", "/Square", "/Circle")


class Box(NamedTuple):
    """A box on a page, in shares of its width and height from the top left."""

    left: float
    top: float
    right: float
    bottom: float


def annotated(page: Any) -> list[Box]:
    """Where the pypdf ``page`` has annotations that mark words; what is broken is left out, a turned sheet told by its colours."""
    try:
        if page.rotation:
            return []
        x, y, right, top = (float(each) for each in page.cropbox)
        found = [each.get_object() for each in page.get("/Annots") or ()]
        return [
            Box((a - x) / (right - x), (top - d) / (top - y), (c - x) / (right - x), (top - b) / (top - y))
            for one in found
            if one.get("/Subtype") in MARKUPS
            for a, b, c, d in _lines(one)
        ][:MOST]
    except Exception:  # what no reader understands must not cost the rest of the page
        return []


def _lines(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    """Every line a markup covers (its quadrilaterals), or its rectangle."""
    points = [float(each) for each in annotation.get("/QuadPoints") or ()]
    for at in range(0, len(points) - 7, 8):
        across, down = points[at : at + 8 : 2], points[at + 1 : at + 8 : 2]
        yield min(across), min(down), max(across), max(down)
    if len(points) < 8:
        a, b, c, d = (float(each) for each in annotation["/Rect"])
        yield min(a, c), min(b, d), max(a, c), max(b, d)


def coloured(pixels: Any) -> list[Box]:
    """Where a page, rendered at ``DPI`` as red, green and blue, has the colour of a highlighter, line by line; lines may run
    down a sheet that is shown turned."""
    mask = _is_marked(pixels)
    return _lines_of(mask) or [Box(top, left, bottom, right) for left, top, right, bottom in _lines_of(mask.T)]


def _lines_of(mask: Any) -> list[Box]:
    height, width = mask.shape
    kept = (each for each in _bands(mask) if LOWEST <= each.bottom - each.top <= height * TALLEST)
    return [Box(a / width, b / height, c / width, d / height) for a, b, c, d in kept][:MOST]


def _is_marked(pixels: Any) -> Any:
    import numpy as np

    value = pixels.astype(np.int16)
    most, least = value.max(axis=2), value.min(axis=2)
    spread = np.maximum(most - least, 1)
    red, green, blue = value[..., 0], value[..., 1], value[..., 2]
    hue = 60 * np.select(
        [most == red, most == green],
        [((green - blue) / spread) % 6, (blue - red) / spread + 2],
        (red - green) / spread + 4,
    )
    right = np.any([(hue >= low) & (hue <= high) for low, high in HUES], axis=0)
    return right & (most >= BRIGHT) & (spread >= PALE * most)


def _bands(mask: Any) -> list[Box]:
    """Boxes, in pixels, of runs of colour that lie over one another and begin and end alike: another line is another box."""
    open_: list[list[int]] = []  # left, top, right, bottom, and where the last run began and ended
    boxes: list[Box] = []
    for y in mask.any(axis=1).nonzero()[0].tolist():
        for left, right in _runs(mask[y]):
            box = next((each for each in open_ if y - each[3] < 2 and _is_next(each, left, right)), None)
            if box is None:
                open_.append([left, y, right, y + 1, left, right])
            else:
                box[:] = [min(box[0], left), box[1], max(box[2], right), y + 1, left, right]
        boxes += [Box(*each[:4]) for each in open_ if y - each[3] >= 2]
        open_ = [each for each in open_ if y - each[3] < 2]
    boxes += [Box(*each[:4]) for each in open_]
    return sorted((each for each in boxes if _is_full(mask, each)), key=lambda each: (each.top, each.left))


def _runs(row: Any) -> Iterator[tuple[int, int]]:
    """From where to where a row is coloured, over the letters in between."""
    import numpy as np

    places = row.nonzero()[0]
    for run in np.split(places, np.nonzero(np.diff(places) > GAP)[0] + 1):
        first, last = int(run[0]), int(run[-1]) + 1
        if last - first >= NARROWEST and len(run) >= FULL * (last - first):
            yield first, last


def _is_next(box: list[int], left: int, right: int) -> bool:
    return abs(box[4] - left) <= NARROWEST // 2 and abs(box[5] - right) <= NARROWEST // 2


def _is_full(mask: Any, box: Box) -> bool:
    left, top, right, bottom = map(int, box)
    return bool(mask[top:bottom, left:right].mean() >= FULL)


def words_in(page: Any, box: Box) -> str:
    """What the pypdfium2 ``page`` has as text within ``box``."""
    x, y, right, top = page.get_cropbox()
    upright = _turned_back(box, page.get_rotation())
    text = page.get_textpage().get_text_bounded(
        x + upright.left * (right - x) - 1, top - upright.bottom * (top - y) - 1,
        x + upright.right * (right - x) + 1, top - upright.top * (top - y) + 1,
    )  # fmt: skip
    return " ".join(text.split())


def _turned_back(box: Box, degrees: int) -> Box:
    """``box`` on the sheet as written, from where it is on a sheet shown turned clockwise."""
    left, top, right, bottom = box
    return {
        90: Box(top, 1 - right, bottom, 1 - left),
        180: Box(1 - right, 1 - bottom, 1 - left, 1 - top),
        270: Box(1 - bottom, left, 1 - top, right),
    }.get(degrees, box)


def words_seen(picture: Any, box: Box) -> str:
    """What is legible within ``box`` on a Pillow ``picture`` of the page."""
    width, height = picture.size
    edge = 0.006 * height
    cut = (box.left * width - edge, box.top * height - edge, box.right * width + edge, box.bottom * height + edge)
    return " ".join(ocr.line(picture.crop([round(each) for each in cut])).split())
