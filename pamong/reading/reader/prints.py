"""Likeness prints of pages and pictures: a 64-bit perceptual hash to find candidates, a small grey picture to be sure.

The hash: signs of the lowest 8 x 8 cosine frequencies against their median (pHash, Zauner 2010). A page is first cut to its ink,
so that another margin or a shifted scan gives the same print.
"""

from __future__ import annotations

from functools import cache
from typing import Any

SIDE, LOW = 32, 8
INK = 48  # grey steps under the paper's own brightness
BORDER = 0.03


def of_page(grey: Any) -> tuple[str, str] | None:
    """Hash and thumbnail, both hexadecimal, of a page's grey raster; ``None`` for a blank one."""
    box = ink_box(grey)
    if box is None:
        return None
    top, bottom, left, right = box
    return _of(grey[top:bottom, left:right])


def of_picture(grey: Any) -> tuple[str, str]:
    """Hash and thumbnail of a photograph or screenshot, uncut."""
    return _of(grey)


def ink_box(grey: Any) -> tuple[int, int, int, int] | None:
    """Rows and columns within which there is ink: top, bottom, left, right. ``None`` on a blank page."""
    import numpy as np

    rows, columns = grey.shape
    edge_y, edge_x = max(1, int(rows * BORDER)), max(1, int(columns * BORDER))
    inner = grey[edge_y:-edge_y, edge_x:-edge_x].astype(np.int16)
    dark = inner < np.median(inner) - INK
    if dark.mean() < 0.0004:
        return None
    ys, xs = np.nonzero(dark.sum(axis=1) > 1)[0], np.nonzero(dark.sum(axis=0) > 1)[0]
    if len(ys) < 2 or len(xs) < 2:
        return None
    return edge_y + int(ys[0]), edge_y + int(ys[-1]) + 1, edge_x + int(xs[0]), edge_x + int(xs[-1]) + 1


def _of(grey: Any) -> tuple[str, str]:
    import numpy as np
    from PIL import Image

    small = np.asarray(Image.fromarray(grey).resize((SIDE, SIDE), Image.Resampling.BOX))
    base = _cosines()
    low = (base @ small.astype(np.float64) @ base.T)[:LOW, :LOW].ravel()
    bits = low > np.median(low[1:])
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}", small.tobytes().hex()


@cache
def _cosines() -> Any:
    import numpy as np

    k, n = np.meshgrid(np.arange(SIDE), np.arange(SIDE), indexing="ij")
    return np.cos(np.pi * (2 * n + 1) * k / (2 * SIDE))
