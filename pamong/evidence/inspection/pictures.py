"""Pictures are opened, bounded, and written anew: nothing but the pixels survives (no place, no camera, no hidden tail)."""

from __future__ import annotations

import logging
import tempfile
import warnings
from typing import TYPE_CHECKING, Any, BinaryIO

from pamong.common.permit import Refused
from pamong.evidence.inspection.kinds import JPG, PNG, WEBP, Kind

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000
JPEG_QUALITY = 90

logger = logging.getLogger(__name__)

BROKEN = "Gambar ini rusak atau tidak lengkap. Buka lalu simpan ulang gambarnya, atau ambil foto baru, dan unggah lagi."
ABSURD = (
    f"Ukuran gambar ini tidak wajar (paling banyak {MAX_PIXELS // 1_000_000} juta piksel, sisi terpanjang "
    f"{MAX_SIDE:,} piksel)".replace(",", ".")
    + ". Perkecil gambarnya, lalu unggah lagi."
)
MOVING = (
    "Gambar ini bergerak (animasi). Simpan satu gambar diam sebagai PNG atau JPG, atau unggah videonya sebagai MP4."
)
_FORMATS = {JPG: ("JPEG", "MPO"), PNG: ("PNG",), WEBP: ("WEBP",)}


def clean(file: BinaryIO, kind: Kind, *, keep: bool = False) -> BinaryIO:
    """The picture written anew, upright, without EXIF. With ``keep`` the very same bytes, once they proved readable.

    Raises ``Refused`` for what cannot be read, moves, or asks for more memory than a picture may.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            _check_whole(Image, file, kind)
            return file if keep else _rewritten(Image, file, kind)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(ABSURD) from None
    except Exception as fault:  # whatever a hostile file makes the reader raise, the answer is the same
        logger.info("a picture could not be read: %r", fault)
        raise Refused(BROKEN) from None


def _opened(library: Any, file: BinaryIO, kind: Kind) -> Image:
    file.seek(0)
    picture: Image = library.open(file, formats=_FORMATS[kind])
    width, height = picture.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE or min(width, height) < 1:
        raise Refused(ABSURD)
    # MPO is a photograph with a second one behind it, as many phones write; the first is the photograph.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise Refused(MOVING)
    return picture


def _check_whole(library: Any, file: BinaryIO, kind: Kind) -> None:
    # Not closed: closing would close the caller's file.
    _opened(library, file, kind).verify()


def _rewritten(library: Any, file: BinaryIO, kind: Kind) -> BinaryIO:
    from PIL import ImageOps

    picture = _opened(library, file, kind)
    turned = picture.getexif().get(0x0112, 1) != 1
    picture.load()
    how = _how(picture, kind, turned)
    if turned:
        picture = ImageOps.exif_transpose(picture)
    if kind is JPG and picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.info = {key: value for key, value in picture.info.items() if key == "transparency"}
    # In memory while small, on disk when large, gone when closed.
    fresh: BinaryIO = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # type: ignore[assignment]  # noqa: SIM115
    try:
        picture.save(fresh, **how)
    except BaseException:
        fresh.close()
        raise
    return fresh


def _how(picture: Image, kind: Kind, turned: bool) -> dict[str, Any]:
    """How to write it: a JPEG keeps its own tables where it can, so that nothing visible is lost."""
    if kind is PNG:
        return {"format": "PNG"}
    if kind is WEBP:
        return {"format": "WEBP", "quality": JPEG_QUALITY, "method": 4}
    if picture.format == "JPEG" and picture.mode in ("L", "RGB") and not turned:
        return {"format": "JPEG", "quality": "keep"}
    return {"format": "JPEG", "quality": JPEG_QUALITY}
