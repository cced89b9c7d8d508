"""Is this a whole, open, quiet PDF? Encrypted, broken, script-carrying and file-carrying ones are refused, and so are bombs.

Nothing is rendered. Streams are decompressed only to be counted, piece by piece, so a bomb costs neither memory nor disk.
"""

from __future__ import annotations

import logging
import re
import time
import zlib
from dataclasses import dataclass, field
from functools import cache
from typing import Any, BinaryIO

from pamong.common.permit import Refused

MAX_PAGES = 3_000
MAX_OBJECTS = 300_000
MAX_TEXT_BYTES = 256 * 1024 * 1024  # all streams but pictures, decompressed
MAX_PICTURE_BYTES = 512 * 1024 * 1024  # one picture, decompressed
MAX_BYTES = 1536 * 1024 * 1024  # everything, decompressed
MAX_SECONDS = 20.0
MAX_DEPTH = 40
PIECE, SIP = 1024 * 1024, 64 * 1024
TAIL = 2048

logger = logging.getLogger(__name__)

_SAVE_AGAIN = "Buka berkasnya, pilih Cetak lalu “Simpan sebagai PDF”, dan unggah hasilnya."
_KEEP_SIGNATURE = (
    "Berkas ini bertanda tangan elektronik, jadi jangan dicetak ulang: tanda tangannya akan hilang. Unduh lagi dari penerbitnya, "
    "mintalah terbitan tanpa kunci dan skrip, atau isikan tautan resminya (misalnya di JDIH)."
)
BROKEN = f"PDF ini rusak atau tidak lengkap (mungkin unduhannya terputus). {_SAVE_AGAIN}"
LOCKED = f"PDF ini terkunci kata sandi atau dibatasi, sehingga penilai tidak dapat memeriksanya. {_SAVE_AGAIN}"
SCRIPTED = f"PDF ini memuat skrip atau perintah yang berjalan sendiri. {_SAVE_AGAIN}"
ATTACHED = (
    "PDF ini memuat berkas lain di dalamnya. Unggah berkas itu tersendiri, dan unggah PDF tanpa lampiran tersembunyi."
)
HEAVY = f"PDF ini terlalu berat untuk dibuka dengan aman. {_SAVE_AGAIN}"
TOO_MANY_PAGES = (
    f"PDF ini lebih dari {MAX_PAGES:,} halaman.".replace(",", ".") + " Unggah hanya bagian yang membuktikan."
)

_SUSPECT = re.compile(
    rb"/(JavaScript|JS|Launch|ImportData|SubmitForm|GoToE|XFA|EF|EmbeddedFiles?|FileAttachment|RichMedia|Movie|Sound)\b"
)
_SIGNED = re.compile(rb"/ByteRange\s*\[")
_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE"}
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound"}
_FLATE, _LZW, _RUN = {"/FlateDecode", "/Fl"}, {"/LZWDecode", "/LZW"}, {"/RunLengthDecode", "/RL"}
_PACKED = _FLATE | _LZW | _RUN
_LZW_AT_WORST, _RUN_AT_WORST = 1_365, 64


def check(file: BinaryIO, size: int) -> int:
    """The number of pages. Raises ``Refused`` if this is not a PDF one may keep and show."""
    pikepdf = _library()
    try:
        _check_ends(file, size)
        file.seek(0)
        with pikepdf.open(file, attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise Refused(LOCKED)
            _check_objects(pikepdf, pdf)
            return _pages(pdf)
    except Refused as refused:
        raise _mendable(file, refused) from None
    except pikepdf.PasswordError:
        raise _mendable(file, Refused(LOCKED)) from None
    except Exception as fault:  # whatever a hostile file makes the reader raise, the answer is the same
        logger.info("a PDF could not be read: %r", fault)
        raise _mendable(file, Refused(BROKEN)) from None


def _mendable(file: BinaryIO, refused: Refused) -> Refused:
    """``refused``, with a remedy that does not cost a signed document its signature."""
    if not _is_signed(file):
        return refused
    return Refused(*(reason.replace(_SAVE_AGAIN, _KEEP_SIGNATURE) for reason in refused.reasons))


def _is_signed(file: BinaryIO) -> bool:
    """Whether the file says that it is signed; the mark always stands in the open, for its numbers are filled in last."""
    file.seek(0)
    rest = b""
    while piece := file.read(PIECE):
        if _SIGNED.search(rest + piece):
            return True
        rest = piece[-32:]
    return False


@cache
def _library() -> Any:
    """pikepdf, with bounds on what it unpacks by itself (object streams) set before its first use."""
    logging.getLogger("pikepdf").setLevel(logging.WARNING)
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=64 * 1024 * 1024,
        run_length_max_memory=64 * 1024 * 1024,
        png_max_memory=64 * 1024 * 1024,
        tiff_max_memory=64 * 1024 * 1024,
        parser_max_container_size=2_000_000,
        parser_max_nesting=200,
        max_stream_filters=5,
        doc_max_warnings=1_000,
    )
    return pikepdf


def _check_ends(file: BinaryIO, size: int) -> None:
    """A PDF ends with its end mark and nothing after: what follows would be another file in disguise, or the end is missing."""
    file.seek(max(0, size - TAIL))
    _, mark, rest = file.read(TAIL).rpartition(b"%%EOF")
    if not mark or rest.strip(b"\r\n\t \x00\x1a"):
        raise Refused(BROKEN)


def _pages(pdf: Any) -> int:
    count = len(pdf.pages)
    if not count:
        raise Refused(BROKEN)
    if count > MAX_PAGES:
        raise Refused(TOO_MANY_PAGES)
    return count


def _check_objects(pikepdf: Any, pdf: Any) -> None:
    if len(pdf.objects) > MAX_OBJECTS:
        raise Refused(HEAVY)
    budget = _Budget()
    for thing in pdf.objects:
        budget.tick()
        if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream, pikepdf.Name)):
            continue
        outline = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
        if _SUSPECT.search(outline.unparse(resolved=True)):
            _check_quiet(pikepdf, outline, MAX_DEPTH)
        if isinstance(thing, pikepdf.Stream):
            _measure(pikepdf, thing, budget)


# -- what a file may not carry ----------------------------------------------------------------------------------------


def _check_quiet(pikepdf: Any, thing: Any, depth: int) -> None:
    """Refuse scripts, self-starting commands and files inside ``thing`` and what it directly holds."""
    if depth == 0:
        raise Refused(HEAVY)
    if isinstance(thing, pikepdf.Name):
        # A name that stands alone can only be meant to hide from a reader like this one.
        if str(thing) in _ACTIONS:
            raise Refused(SCRIPTED)
        return
    if isinstance(thing, pikepdf.Dictionary):
        _check_dictionary(pikepdf, thing)
        children = [value for _, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        children = list(thing)
    else:
        return
    for child in children:
        if isinstance(child, (pikepdf.Dictionary, pikepdf.Array)) and not child.is_indirect:
            _check_quiet(pikepdf, child, depth - 1)


def _check_dictionary(pikepdf: Any, entry: Any) -> None:
    if str(entry.get("/S", "")) in _ACTIONS or "/XFA" in entry or "/JavaScript" in entry:
        raise Refused(SCRIPTED)
    if isinstance(entry.get("/JS"), (pikepdf.String, pikepdf.Stream)):
        raise Refused(SCRIPTED)
    if "/EF" in entry or "/EmbeddedFiles" in entry or str(entry.get("/Type", "")) == "/EmbeddedFile":
        raise Refused(ATTACHED)
    if str(entry.get("/Subtype", "")) in _CARRIERS:
        raise Refused(ATTACHED)


# -- how large it is when unpacked ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Budget:
    """What may still be spent on this file."""

    text: int = MAX_TEXT_BYTES
    all: int = MAX_BYTES
    until: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)

    def tick(self) -> None:
        if time.monotonic() > self.until:
            raise Refused(HEAVY)

    def spend(self, size: int, *, text: bool) -> None:
        self.tick()
        self.all -= size
        self.text -= size if text else 0
        if self.all < 0 or self.text < 0:
            raise Refused(HEAVY)


def _measure(pikepdf: Any, stream: Any, budget: _Budget) -> None:
    outline = stream.stream_dict
    if "/F" in outline:
        raise Refused(ATTACHED)  # its content lies in another file
    filters = _filters(pikepdf, outline)
    packed = [name for name in filters if name in _PACKED]
    is_picture = str(outline.get("/Subtype", "")) == "/Image"
    if len(packed) > 1 or (is_picture and _picture_bytes(pikepdf, outline) > MAX_PICTURE_BYTES):
        raise Refused(HEAVY)
    if packed and packed[0] in _FLATE and filters[0] in _FLATE:
        _count_deflated(stream, budget, text=not is_picture)
    elif packed and packed[0] in _FLATE:
        budget.spend(len(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)), text=not is_picture)
    elif packed:
        worst = _LZW_AT_WORST if packed[0] in _LZW else _RUN_AT_WORST
        budget.spend(len(stream.read_raw_bytes()) * worst, text=not is_picture)


def _filters(pikepdf: Any, outline: Any) -> list[str]:
    value = outline.get("/Filter")
    if value is None:
        return []
    return [str(name) for name in value] if isinstance(value, pikepdf.Array) else [str(value)]


def _picture_bytes(pikepdf: Any, outline: Any) -> int:
    """How much memory the picture asks of whoever shows it."""
    bits = 1 if outline.get("/ImageMask", False) else int(outline.get("/BitsPerComponent", 8))
    space = outline.get("/ColorSpace")
    parts = 1 if bits == 1 or str(space) in ("/DeviceGray", "/G", "/CalGray") else 4 if space is None else 3
    return max(0, int(outline.get("/Width", 0))) * max(0, int(outline.get("/Height", 0))) * bits * parts // 8


def _count_deflated(stream: Any, budget: _Budget, *, text: bool) -> None:
    """Unpack by pieces that are thrown away. Slips at the very end are forgiven, as every viewer does."""
    unpack, packed, seen = zlib.decompressobj(), memoryview(stream.read_raw_bytes()), 0
    try:
        for start in range(0, len(packed), SIP):
            rest = bytes(packed[start : start + SIP])
            while rest and not unpack.eof:
                piece = len(unpack.decompress(rest, PIECE))
                rest = unpack.unconsumed_tail
                seen += piece
                budget.spend(piece, text=text)
    except zlib.error:
        if not seen:
            raise Refused(BROKEN) from None
