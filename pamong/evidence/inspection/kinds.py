"""The kinds of file Pamong keeps, how each begins, and what to call the ones it does not keep."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from pamong.common.permit import Refused


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its code in an edition's ``file_types``, its true media type, its name for people, its file extensions."""

    code: str
    media_type: str
    label: str
    extensions: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
PDF = Kind("pdf", "application/pdf", "PDF", (".pdf",))
JPG = Kind("jpg", "image/jpeg", "gambar JPG", (".jpg", ".jpeg"))
PNG = Kind("png", "image/png", "gambar PNG", (".png",))
WEBP = Kind("webp", "image/webp", "gambar WebP", (".webp",))
MP4 = Kind("mp4", "video/mp4", "video MP4", (".mp4",))
DOCX = Kind("docx", f"{_OPEN_XML}.wordprocessingml.document", "Word (DOCX)", (".docx",))
XLSX = Kind("xlsx", f"{_OPEN_XML}.spreadsheetml.sheet", "Excel (XLSX)", (".xlsx",))
PPTX = Kind("pptx", f"{_OPEN_XML}.presentationml.presentation", "PowerPoint (PPTX)", (".pptx",))

OFFICE = (DOCX, XLSX, PPTX)
KINDS = {kind.code: kind for kind in (PDF, JPG, PNG, WEBP, MP4, *OFFICE)}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS.values()}
USUAL = frozenset({"pdf", "jpg", "png", "webp", "mp4"})
_ALIASES = {"jpeg": "jpg"}


def known(codes: Iterable[str]) -> frozenset[str]:
    """The kinds among ``codes`` that Pamong can check; an edition may name older ones (``ppt``), which it cannot."""
    return frozenset(_ALIASES.get(code.lower(), code.lower()) for code in codes) & KINDS.keys()


def labels(codes: Iterable[str]) -> str:
    """``PDF, gambar JPG`` for people, always in the same order."""
    wanted = known(codes)
    return ", ".join(kind.label for code, kind in KINDS.items() if code in wanted)


def extensions(codes: Iterable[str]) -> str:
    """``.pdf,.jpg,.jpeg`` for the ``accept`` attribute of a file input; a convenience, it protects nothing."""
    wanted = known(codes)
    return ",".join(end for code, kind in KINDS.items() if code in wanted for end in kind.extensions)


def recognise(head: bytes, name: str) -> Kind:
    """The kind a file claims by its first bytes; the readers then hold it to that. Raises ``Refused`` for every other."""
    kind = _by_signature(head)
    if kind is None and head.startswith(b"PK\x03\x04"):
        kind = _office_named(name)
    if kind is None:
        raise Refused(_foreign(head, name))
    return kind


def is_archive(head: bytes, name: str) -> bool:
    """A ZIP that does not claim to be an Office file."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and _office_named(name) is None


def not_accepted(kind: Kind, codes: Iterable[str]) -> str:
    return (
        f"Isi berkas ini {kind.label}, padahal yang diterima di sini: {labels(codes)}. "
        "Ubah ke salah satu jenis itu, lalu unggah lagi."
    )


def _by_signature(head: bytes) -> Kind | None:
    # Some web servers put an empty line or a byte order mark before a PDF. Anything else in front is a disguise.
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] not in _OTHER_BRANDS:
        return MP4
    return None


# Boxes like those of an MP4, but pictures (HEIC, AVIF) or Apple's own video.
_OTHER_BRANDS = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"qt  "}
_ADVICE = {
    "html": ("halaman web (HTML)", "Cetak halaman itu menjadi PDF, atau isikan alamatnya sebagai tautan."),
    "svg": ("gambar SVG", "Simpan sebagai PNG atau PDF."),
    "zip": ("arsip ZIP", "Ekstrak dahulu, lalu unggah berkasnya satu per satu."),
    "rar": ("arsip RAR", "Ekstrak dahulu, lalu unggah berkasnya satu per satu."),
    "7z": ("arsip 7z", "Ekstrak dahulu, lalu unggah berkasnya satu per satu."),
    "exe": ("program", "Program tidak pernah diterima sebagai bukti."),
    "ole": ("dokumen Office lama (DOC/XLS/PPT)", "Buka, lalu simpan sebagai PDF."),
    "heic": ("gambar HEIC/AVIF", "Simpan sebagai JPG (di iPhone: Pengaturan, Kamera, Format, Paling Kompatibel)."),
    "mov": ("video QuickTime (MOV)", "Simpan sebagai MP4."),
    "gif": ("gambar GIF", "Simpan sebagai PNG atau JPG."),
    "tiff": ("gambar TIFF", "Simpan sebagai PDF, PNG, atau JPG."),
}
_BEGINNINGS = (
    (b"MZ", "exe"), (b"\x7fELF", "exe"), (b"#!", "exe"), (b"\xca\xfe\xba\xbe", "exe"), (b"\xcf\xfa\xed\xfe", "exe"),
    (b"PK", "zip"), (b"Rar!", "rar"), (b"7z\xbc\xaf", "7z"), (b"\xd0\xcf\x11\xe0", "ole"), (b"GIF8", "gif"),
    (b"II*\x00", "tiff"), (b"MM\x00*", "tiff"),
)  # fmt: skip


def _office_named(name: str) -> Kind | None:
    """All three are ZIP files: the name says which to try, the reader then demands it."""
    end = PurePosixPath(name.lower()).suffix
    return next((kind for kind in OFFICE if end in kind.extensions), None)


def _foreign(head: bytes, name: str) -> str:
    code = _foreign_code(head)
    what, advice = _ADVICE.get(code) or (_guess(head, name), "Simpan sebagai PDF, JPG, PNG, atau MP4.")
    return f"Isi berkas ini {what}, apa pun nama berkasnya, sehingga tidak diterima. {advice}"


def _foreign_code(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "mov" if head[8:12] == b"qt  " else "heic"
    for beginning, code in _BEGINNINGS:
        if head.startswith(beginning):
            return code
    text = head.lower()
    if b"<svg" in text:
        return "svg"
    if any(tag in text for tag in (b"<html", b"<!doctype html", b"<script", b"<body", b"<head", b"<iframe", b"<img")):
        return "html"
    return ""


def _guess(head: bytes, name: str) -> str:
    """What puremagic takes it for, by content and name together."""
    import puremagic

    try:
        extension = puremagic.from_string(head, filename=PurePosixPath(name).name[-60:])
    except (puremagic.PureError, ValueError, OSError):
        return "tidak dikenal"
    return f"berjenis “{extension.removeprefix('.').upper()}”" if extension else "tidak dikenal"
