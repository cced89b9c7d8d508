"""Files made in code, good and hostile, and documents made of them through the actions."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.evidence import actions, storage
from pamong.evidence.actions import arriving, checking
from pamong.evidence.models import Arrival, Document, Version


def upload(content: bytes, name: str = "berkas.pdf") -> ContentFile[bytes]:
    return ContentFile(content, name=name)


# -- PDF --------------------------------------------------------------------------------------------------------------


def pdf_bytes(
    text: str = "Keputusan", pages: int = 1, *, extra: str = "", catalog: str = "", objects: tuple[bytes, ...] = ()
) -> bytes:
    """A whole small PDF with a right cross-reference table. ``objects`` are numbered from 50 on, ``catalog`` goes into the root."""
    shown = text.replace("\\", "").replace("(", "").replace(")", "")
    content = f"BT /F1 18 Tf 60 760 Td ({shown}) Tj ET".encode("latin-1", "replace")
    first = 5
    kids = " ".join(f"{first + n} 0 R" for n in range(pages))
    bodies: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: stream(content),
    }
    for n in range(pages):
        bodies[first + n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {extra} >>"
        ).encode()
    bodies |= {50 + n: body for n, body in enumerate(objects)}
    return assembled(bodies)


def stream(content: bytes, about: str = "") -> bytes:
    return f"<< /Length {len(content)} {about} >>\nstream\n".encode() + content + b"\nendstream"


def assembled(bodies: dict[int, bytes], trailer: str = "") -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in bodies.items():
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(f"{number} 1\n{place:010d} 00000 n \n".encode())
    out.write(f"trailer\n<< /Size {max(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


SIGNATURE = b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange [0 100 200 300] /Contents <00> >>"


def locked_pdf_bytes(password: str = "rahasia", content: bytes = b"") -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or pdf_bytes())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="pemilik", user=password))
    return out.getvalue()


def deflated_zeros(size: int) -> bytes:
    """``size`` zero bytes, packed without ever being whole in memory."""
    pack, out, piece = zlib.compressobj(9), io.BytesIO(), b"\0" * 1024 * 1024
    for _ in range(size // len(piece)):
        out.write(pack.compress(piece))
    out.write(pack.flush())
    return out.getvalue()


# -- pictures ---------------------------------------------------------------------------------------------------------


def png_bytes(width: int = 40, height: int = 30, colour: tuple[int, int, int] = (30, 120, 90), **save: Any) -> bytes:
    return _picture("PNG", width, height, colour, **save)


def jpg_bytes(width: int = 40, height: int = 30, colour: tuple[int, int, int] = (30, 120, 90), **save: Any) -> bytes:
    return _picture("JPEG", width, height, colour, **save)


def _picture(form: str, width: int, height: int, colour: tuple[int, int, int], **save: Any) -> bytes:
    out = io.BytesIO()
    picture = Image.new("RGB", (width, height), colour)
    picture.paste((250, 240, 20), (0, 0, max(1, width // 4), max(1, height // 4)))  # a mark, top left
    picture.save(out, form, **save)
    return out.getvalue()


def located_jpg_bytes(orientation: int = 1) -> bytes:
    """A photograph that tells where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "PonselRahasia"
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 28.0, 0.0), 3: "E", 4: (110.0, 13.0, 0.0)})
    return jpg_bytes(exif=exif, quality=85, comment=b"catatan tersembunyi")


def png_claiming(width: int, height: int) -> bytes:
    """A tiny file whose header promises a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


# -- video ------------------------------------------------------------------------------------------------------------


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def mp4_bytes(seconds: int = 3, *, handler: bytes = b"vide", filling: bytes = b"\0" * 64, scale: int = 1000) -> bytes:
    """The boxes of an MP4: enough to be recognised and measured, nothing to play."""
    header = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, scale, seconds * scale), b"\0" * 80)
    handles = box(b"hdlr", struct.pack(">II", 0, 0), handler, b"\0" * 12, b"\0")
    track = box(b"trak", box(b"mdia", handles))
    return (
        box(b"ftyp", b"isom", struct.pack(">I", 512), b"isomavc1") + box(b"moov", header, track) + box(b"mdat", filling)
    )


# -- office -----------------------------------------------------------------------------------------------------------


def zip_bytes(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


DOCX_PARTS = {
    "[Content_Types].xml": b"<Types/>",
    "_rels/.rels": b"<Relationships/>",
    "word/document.xml": b"<w:document/>",
}


def docx_bytes(more: dict[str, bytes] | None = None) -> bytes:
    return zip_bytes({**DOCX_PARTS, **(more or {})})


# -- documents --------------------------------------------------------------------------------------------------------


def content_of(version: Version | None) -> bytes:
    """The bytes kept for a version."""
    assert version is not None
    with storage.fetch(version.sha256) as file:
        return file.read()


# -- the inbox --------------------------------------------------------------------------------------------------------


def arrival(region: Region, by: User, name: str = "sk.pdf", content: bytes | None = None) -> Arrival:
    """A file in the inbox, whole and waiting to be checked."""
    content = _page(name) if content is None else content
    return arriving.bring(io.BytesIO(content), name, len(content), region=region, by=by)


def checked(region: Region, by: User, name: str = "sk.pdf", content: bytes | None = None) -> Arrival:
    """The same, checked."""
    made = arrival(region, by, name, content)
    checking.check(made)
    made.refresh_from_db()
    return made


@cache
def _page(text: str) -> bytes:
    return pdf_bytes(text)


def document(
    region: Region, agency: Agency | None, by: User, subject: str = "Tim Pelaksana Inovasi", *, content: bytes | None = None,
    name: str = "sk.pdf", link: str = "", **fields: Any,
) -> Document:  # fmt: skip
    """A document added by ``by``; its PDF says its subject, so that two subjects are two files."""
    fields.setdefault("instrument", Document.Instrument.SK_KDH)
    if not link:
        fields["file"] = upload(content if content is not None else _page(subject), name)
    return actions.add_document(region=region, agency=agency, by=by, subject=subject, link=link, **fields)
