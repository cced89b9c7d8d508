from __future__ import annotations

import hashlib
import io
import struct
import time
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from pamong.common.permit import Refused
from pamong.evidence.inspection import Inspected, Limits, inspect, kinds, office, pdf, pictures, video
from tests.evidence import build

ALL = Limits(frozenset(kinds.KINDS), 100 * 1024 * 1024)


def look(content: bytes, name: str = "berkas.pdf", limits: Limits = ALL) -> Inspected:
    seen = inspect(io.BytesIO(content), name, limits)
    with seen.content as file:
        return replace(seen, content=io.BytesIO(file.read()))


def refusal(content: bytes, name: str = "berkas.pdf", limits: Limits = ALL) -> str:
    with pytest.raises(Refused) as refused:
        look(content, name, limits)
    return str(refused.value)


# -- what passes ------------------------------------------------------------------------------------------------------


def test_a_pdf_passes_unchanged_with_its_pages_counted() -> None:
    content = build.pdf_bytes("Keputusan Wali Kota", pages=3)
    seen = look(content, "SK Wali Kota.pdf")
    assert (seen.media_type, seen.pages, seen.size, seen.name) == (
        "application/pdf",
        3,
        len(content),
        "SK Wali Kota.pdf",
    )
    assert seen.sha256 == seen.source_sha256 == hashlib.sha256(content).hexdigest()
    assert seen.content.read() == content


@pytest.mark.parametrize("front", [b"\xef\xbb\xbf", b"\r\n", b" \n"])
def test_a_pdf_some_server_put_an_empty_line_before_still_passes(front: bytes) -> None:
    assert look(front + build.pdf_bytes()).pages == 1


def test_a_pdf_with_object_streams_and_an_opening_page_passes() -> None:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(build.pdf_bytes(pages=2, catalog="/OpenAction [5 0 R /FitH null]"))) as made:
        made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    assert look(out.getvalue()).pages == 2


def test_a_pdf_with_the_filters_of_old_printers_passes() -> None:
    import base64
    import zlib

    content = base64.a85encode(zlib.compress(b"0 0 m 10 10 l S")) + b"~>"
    page = build.stream(content, "/Filter [/ASCII85Decode /FlateDecode]")
    assert look(build.pdf_bytes(objects=(page,))).pages == 1


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (build.png_bytes(), "layar.png", "image/png"),
        (build.jpg_bytes(), "foto.JPG", "image/jpeg"),
        (build._picture("WEBP", 20, 20, (1, 2, 3)), "foto.webp", "image/webp"),
        (build.mp4_bytes(3), "video.mp4", "video/mp4"),
        (build.docx_bytes(), "a.docx", kinds.DOCX.media_type),
        (build.zip_bytes({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.xlsx", kinds.XLSX.media_type),
        (build.zip_bytes({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "a.pptx", kinds.PPTX.media_type),
    ],
)
def test_each_kind_is_known_by_its_content(content: bytes, name: str, media_type: str) -> None:
    assert look(content, name).media_type == media_type


def test_every_kinds_media_type_fits_its_column() -> None:
    from pamong.evidence.models import Version

    longest = Version._meta.get_field("media_type").max_length or 0
    assert [kind.code for kind in kinds.KINDS.values() if len(kind.media_type) > longest] == []


def test_the_name_does_not_decide_and_is_made_to_tell_the_truth() -> None:
    seen = look(build.png_bytes(), "sk.pdf")
    assert (seen.media_type, seen.name) == ("image/png", "sk.png")


# -- pictures ---------------------------------------------------------------------------------------------------------


def test_a_photograph_loses_place_camera_and_comment_and_stays_upright() -> None:
    source = build.located_jpg_bytes(orientation=6)
    assert b"PonselRahasia" in source
    seen = look(source, "foto.jpg")
    kept = seen.content.read()
    picture = Image.open(io.BytesIO(kept))
    assert (dict(picture.getexif()), picture.info.get("comment"), picture.size) == ({}, None, (30, 40))
    assert b"PonselRahasia" not in kept
    assert b"tersembunyi" not in kept
    # The mark of the top left corner has turned to the top right.
    assert picture.getpixel((27, 2))[0] > 200
    assert seen.source_sha256 == hashlib.sha256(source).hexdigest() != seen.sha256 == hashlib.sha256(kept).hexdigest()


def test_the_same_photograph_twice_gives_the_same_bytes() -> None:
    source = build.located_jpg_bytes()
    assert look(source, "a.jpg").sha256 == look(source, "b.jpg").sha256


def test_a_picture_that_was_cleaned_before_is_kept_as_it_is() -> None:
    once = look(build.located_jpg_bytes(), "a.jpg")
    cleaned = once.content.read()
    again = inspect(io.BytesIO(cleaned), "a.jpg", ALL, is_clean=lambda digest: digest == once.sha256)
    assert again.sha256 == once.sha256


def test_what_hides_behind_a_picture_is_gone() -> None:
    source = build.png_bytes() + b"<script>alert(1)</script>" + build.docx_bytes()
    assert b"script" not in look(source, "a.png").content.read()


def test_the_photograph_of_a_phone_that_writes_two_keeps_the_first() -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (50, 40), (200, 10, 10)), Image.new("RGB", (20, 20), (0, 0, 250))
    first.save(out, "MPO", save_all=True, append_images=[second])
    seen = look(out.getvalue(), "IMG_0001.JPG")
    picture = Image.open(seen.content)
    assert (picture.format, picture.size, seen.name) == ("JPEG", (50, 40), "IMG_0001.jpg")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_pictures_of_every_depth_pass(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "PNG")
    assert Image.open(look(out.getvalue(), "a.png").content).size == (8, 8)


def test_a_printers_jpeg_in_four_inks_becomes_one_for_screens() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (10, 20, 30, 40)).save(out, "JPEG")
    assert Image.open(look(out.getvalue(), "a.jpg").content).mode == "RGB"


# -- what is refused, with a reason that says what to do --------------------------------------------------------------

MOVING = io.BytesIO()
Image.new("P", (5, 5), 0).save(
    MOVING, "WEBP", save_all=True, append_images=[Image.new("P", (5, 5), 1), Image.new("RGB", (5, 5), (9, 99, 9))]
)
SCRIPT = "<< /S /JavaScript /JS (app.alert(1)) >>"

REFUSED = {
    "empty": (b"", "a.pdf", "Berkas ini kosong"),
    "html": (b"<!DOCTYPE html><script>alert(1)</script>", "sk.pdf", "halaman web (HTML)"),
    "html without a head": (b"  \n<ScRiPt>alert(1)</ScRiPt>", "foto.png", "halaman web (HTML)"),
    "html before a pdf": (b"<html>\n" + build.pdf_bytes(), "sk.pdf", "halaman web (HTML)"),
    "svg": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "a.png", "gambar SVG"),
    "windows program": (b"MZ\x90\x00" + b"\0" * 300, "a.pdf.exe", "program"),
    "linux program": (b"\x7fELF" + b"\0" * 300, "a.pdf", "program"),
    "shell script": (b"#!/bin/sh\nrm -rf /", "a.jpg", "program"),
    "zip": (build.zip_bytes({"a.txt": b"a"}), "bukti.zip", "arsip ZIP"),
    "zip called pdf": (build.zip_bytes({"a.txt": b"a"}), "bukti.pdf", "arsip ZIP"),
    "rar": (b"Rar!\x1a\x07\x00" + b"\0" * 60, "a.rar", "arsip RAR"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "dokumen Office lama"),
    "gif": (b"GIF89a" + b"\0" * 20, "a.gif", "gambar GIF"),
    "heic": (build.box(b"ftyp", b"heic\0\0\0\0mif1"), "IMG.HEIC", "HEIC"),
    "quicktime": (build.box(b"ftyp", b"qt  \0\0\0\0qt  "), "IMG.MOV", "QuickTime"),
    "text": (b"halo", "catatan.txt", "Isi berkas ini"),
    "noise": (bytes(range(256)) * 4, "a.pdf", "tidak diterima"),
    "pdf cut off": (build.pdf_bytes()[:-200], "a.pdf", pdf.BROKEN),
    "pdf cut in half": (build.pdf_bytes()[:300], "a.pdf", pdf.BROKEN),
    "pdf with a zip behind": (build.pdf_bytes() + build.zip_bytes({"a": b"a"}), "a.pdf", pdf.BROKEN),
    "pdf with html behind": (build.pdf_bytes() + b"<script>alert(1)</script>", "a.pdf", pdf.BROKEN),
    "pdf header only": (b"%PDF-1.7\n%%EOF\n", "a.pdf", pdf.BROKEN),
    "pdf with a wrong table": (build.pdf_bytes().replace(b"startxref\n", b"startxref\n9"), "a.pdf", pdf.BROKEN),
    "pdf without pages": (build.pdf_bytes(pages=0), "a.pdf", pdf.BROKEN),
    "pdf locked": (build.locked_pdf_bytes(), "a.pdf", pdf.LOCKED),
    "pdf restricted": (build.locked_pdf_bytes(""), "a.pdf", pdf.LOCKED),
    "pdf opening script": (build.pdf_bytes(catalog=f"/OpenAction {SCRIPT}"), "a.pdf", pdf.SCRIPTED),
    "pdf disguised script": (build.pdf_bytes(catalog="/OpenAction << /S /J#61vaScript /J#53 (x) >>"), "a.pdf", pdf.SCRIPTED),
    "pdf page script": (build.pdf_bytes(extra=f"/AA << /O {SCRIPT} >>"), "a.pdf", pdf.SCRIPTED),
    "pdf named script": (build.pdf_bytes(catalog="/Names << /JavaScript << /Names [(a) 50 0 R] >> >>", objects=(SCRIPT.encode(),)), "a.pdf", pdf.SCRIPTED),
    "pdf script by reference": (build.pdf_bytes(catalog="/OpenAction << /S 50 0 R /JS 51 0 R >>", objects=(b"/JavaScript", b"(x)")), "a.pdf", pdf.SCRIPTED),
    "pdf launch": (build.pdf_bytes(catalog="/OpenAction << /S /Launch /F (cmd.exe) >>"), "a.pdf", pdf.SCRIPTED),
    "pdf sends forms": (build.pdf_bytes(extra="/Annots [<< /Subtype /Link /A << /S /SubmitForm /F (http://x.test) >> >>]"), "a.pdf", pdf.SCRIPTED),
    "pdf xfa": (build.pdf_bytes(catalog="/AcroForm << /XFA (x) >>"), "a.pdf", pdf.SCRIPTED),
    "pdf attachment": (build.pdf_bytes(catalog="/Names << /EmbeddedFiles << /Names [(a) 50 0 R] >> >>", objects=(b"<< /Type /Filespec /EF << /F 51 0 R >> >>", build.stream(b"MZ", "/Type /EmbeddedFile"))), "a.pdf", pdf.ATTACHED),
    "pdf pinned file": (build.pdf_bytes(extra="/Annots [<< /Subtype /FileAttachment /FS 50 0 R >>]"), "a.pdf", pdf.ATTACHED),
    "pdf external stream": (build.pdf_bytes(objects=(build.stream(b"", "/F (/etc/passwd)"),)), "a.pdf", pdf.ATTACHED),
    "pdf nested bomb": (build.pdf_bytes(objects=(build.stream(b"x", "/Filter [/FlateDecode /FlateDecode]"),)), "a.pdf", pdf.HEAVY),
    "pdf huge picture": (build.pdf_bytes(objects=(build.stream(b"x", "/Subtype /Image /Width 90000 /Height 90000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode"),)), "a.pdf", pdf.HEAVY),
    "pdf old bomb": (build.pdf_bytes(objects=(build.stream(b"x" * 400_000, "/Filter /LZWDecode"),)), "a.pdf", pdf.HEAVY),
    "jpeg cut off": (build.jpg_bytes(900, 900)[:-400], "a.jpg", pictures.BROKEN),
    "jpeg head only": (b"\xff\xd8\xff\xe0<script>alert(1)</script>", "a.jpg", pictures.BROKEN),
    "png cut off": (build.png_bytes()[:-30], "a.png", pictures.BROKEN),
    "png head with html": (b"\x89PNG\r\n\x1a\n<html><script>", "a.png", pictures.BROKEN),
    "png bomb": (build.png_claiming(30_000, 30_000), "a.png", pictures.ABSURD),
    "png far too wide": (build.png_claiming(25_000, 1), "a.png", pictures.ABSURD),
    "png of no size": (build.png_claiming(0, 5), "a.png", pictures.BROKEN),
    "moving picture": (MOVING.getvalue(), "a.webp", pictures.MOVING),
    "video cut off": (build.mp4_bytes()[:-10], "a.mp4", video.BROKEN),
    "video without content": (build.mp4_bytes(filling=b""), "a.mp4", video.BROKEN),
    "video head only": (build.box(b"ftyp", b"isom\0\0\2\0isom"), "a.mp4", video.BROKEN),
    "video head with html": (build.box(b"ftyp", b"isom\0\0\2\0isom") + b"<html><script>alert(1)</script>", "a.mp4", video.BROKEN),
    "video of sound only": (build.mp4_bytes(handler=b"soun"), "a.mp4", video.NO_PICTURE),
    "video of unknown length": (build.mp4_bytes(0), "a.mp4", video.UNKNOWN_LENGTH),
    "video without a clock": (build.mp4_bytes(scale=0), "a.mp4", video.UNKNOWN_LENGTH),
    "video of endless boxes": (build.box(b"ftyp", b"isom\0\0\2\0isom") + build.box(b"free") * 20_001, "a.mp4", video.BROKEN),
    "word cut off": (build.docx_bytes()[:-60], "a.docx", office.BROKEN),
    "word that is not": (build.zip_bytes({"[Content_Types].xml": b"", "x": b""}), "a.docx", office.BROKEN),
    "word with macros": (build.docx_bytes({"word/vbaProject.bin": b"x"}), "a.docx", office.ACTIVE),
    "word with macros by type": (build.zip_bytes({**build.DOCX_PARTS, "[Content_Types].xml": b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'}), "a.docx", office.ACTIVE),
    "word with a program": (build.docx_bytes({"word/embeddings/oleObject1.bin": b"MZ"}), "a.docx", office.ACTIVE),
    "word with a far template": (build.docx_bytes({"word/_rels/settings.xml.rels": b'<Relationship Type="http://x/relationships/attachedTemplate" Target="http://jahat.test/t.dotm" TargetMode="External"/>'}), "a.docx", office.ACTIVE),
    "word climbing out": (build.docx_bytes({"../../etc/passwd": b"x"}), "a.docx", office.BROKEN),
    "word with a root path": (build.docx_bytes({"/etc/passwd": b"x"}), "a.docx", office.BROKEN),
    "word with a windows path": (build.docx_bytes({"word\\..\\..\\x": b"x"}), "a.docx", office.BROKEN),
    "word of too many parts": (build.docx_bytes({f"word/{n}.xml": b"" for n in range(3_000)}), "a.docx", office.HEAVY),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused_with_what_to_do(case: str) -> None:
    content, name, reason = REFUSED[case]
    said = refusal(content, name)
    assert reason in said
    assert said.endswith(".")


def test_a_link_inside_a_zip_is_refused() -> None:
    out = io.BytesIO(build.docx_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/tautan")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert refusal(out.getvalue(), "a.docx") == office.BROKEN


def test_a_zip_whose_sizes_lie_is_refused() -> None:
    content = bytearray(build.docx_bytes({"word/media.bin": b"\0" * 5000}))
    place = content.rindex(struct.pack("<I", 5000))
    content[place : place + 4] = struct.pack("<I", 10)
    assert refusal(bytes(content), "a.docx") == office.BROKEN


def test_a_file_over_the_limit_is_refused_without_being_read() -> None:
    class Unread(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("it was read")

    with pytest.raises(Refused, match=r"batas 2 MB"):
        inspect(Unread(bytes(2 * 1024 * 1024 + 1)), "a.pdf", Limits(kinds.USUAL, 2 * 1024 * 1024))


def test_a_kind_that_is_not_wanted_here_is_refused_by_name() -> None:
    said = refusal(build.png_bytes(), "a.pdf", Limits(frozenset({"pdf", "mp4"}), 10**6))
    assert said.startswith("Isi berkas ini gambar PNG, padahal yang diterima di sini: PDF, video MP4.")


def test_a_video_may_be_as_long_as_allowed_and_not_a_second_longer() -> None:
    five = Limits(frozenset({"mp4"}), 10**6, max_seconds=300)
    assert look(build.mp4_bytes(300), "a.mp4", five).seconds == 300
    said = refusal(build.mp4_bytes(301), "a.mp4", five)
    assert said == "Video ini 5 menit 1 detik, sedangkan paling lama 5 menit. Potong videonya, lalu unggah lagi."


def test_a_video_in_the_long_form_and_in_fragments_is_measured() -> None:
    long = build.box(b"mvhd", b"\x01\0\0\0", b"\0" * 16, struct.pack(">IQ", 600, 600 * 7), b"\0" * 80)
    unknown = build.box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 1000, 0xFFFFFFFF), b"\0" * 80)
    extends = build.box(b"mvex", build.box(b"mehd", struct.pack(">II", 0, 9000)))
    track = build.box(b"trak", build.box(b"mdia", build.box(b"hdlr", struct.pack(">II", 0, 0), b"vide")))
    start, end = build.box(b"ftyp", b"iso5\0\0\2\0iso5"), struct.pack(">I4sQ", 1, b"mdat", 20) + b"1234"
    assert look(start + build.box(b"moov", long, track) + end, "a.mp4").seconds == 7
    assert look(start + build.box(b"moov", unknown, extends, track) + end, "a.mp4").seconds == 9


# -- bombs cost neither memory nor time -------------------------------------------------------------------------------


def test_a_pdf_bomb_is_refused_quickly_and_without_unpacking_it() -> None:
    bomb = build.pdf_bytes(objects=(build.stream(build.deflated_zeros(300 * 1024 * 1024), "/Filter /FlateDecode"),))
    assert len(bomb) < 3 * 1024 * 1024
    look(build.pdf_bytes())  # the readers are loaded
    tracemalloc.start()
    begun = time.monotonic()
    assert refusal(bomb) == pdf.HEAVY
    assert time.monotonic() - begun < pdf.MAX_SECONDS
    assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    tracemalloc.stop()


def test_a_content_stream_that_is_not_what_it_says_is_broken() -> None:
    assert refusal(build.pdf_bytes(objects=(build.stream(b"\0" * 500, "/Filter /FlateDecode"),))) == pdf.BROKEN


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = build.zip_bytes({**build.DOCX_PARTS, "word/media.bin": b"\0" * (40 * 1024 * 1024)})
    assert refusal(bomb, "a.docx") == office.HEAVY


def test_a_zip_bomb_that_hides_its_size_is_stopped_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_check_bounds", lambda members, size: None)
    monkeypatch.setattr(office, "MAX_BYTES", 5 * 1024 * 1024)
    assert (
        refusal(build.zip_bytes({**build.DOCX_PARTS, "word/media.bin": b"\0" * (9 * 1024 * 1024)}), "a.docx")
        == office.HEAVY
    )


def test_a_pdf_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_SECONDS", -1.0)
    assert refusal(build.pdf_bytes()) == pdf.HEAVY


def test_a_pdf_of_too_many_objects_or_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_OBJECTS", 5)
    assert refusal(build.pdf_bytes(pages=3)) == pdf.HEAVY
    monkeypatch.setattr(pdf, "MAX_OBJECTS", 500)
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    assert refusal(build.pdf_bytes(pages=3)) == pdf.TOO_MANY_PAGES


def test_object_streams_that_unpack_too_far_are_refused() -> None:
    packed = build.deflated_zeros(100 * 1024 * 1024)
    bomb = build.pdf_bytes(objects=(build.stream(packed, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),))
    assert look(bomb).pages == 1  # never needed, so never unpacked but for the count
    hidden = io.BytesIO()
    import pikepdf

    with pikepdf.open(io.BytesIO(build.pdf_bytes())) as made:
        made.Root["/Titip"] = made.make_indirect(pikepdf.String("A" * (70 * 1024 * 1024)))
        made.save(hidden, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    assert len(hidden.getvalue()) < 2 * 1024 * 1024
    assert refusal(hidden.getvalue()) in (pdf.BROKEN, pdf.HEAVY)


# -- what is refused is mended without losing a signature -------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        build.locked_pdf_bytes("", build.pdf_bytes(catalog="/Tanda 50 0 R", objects=(build.SIGNATURE,))),
        build.pdf_bytes(catalog=f"/OpenAction {SCRIPT}", objects=(build.SIGNATURE,)),
        build.pdf_bytes(objects=(build.SIGNATURE,))[:-200],
    ],
    ids=["restricted", "script", "cut off"],
)
def test_nobody_is_told_to_print_a_signed_document_anew(content: bytes) -> None:
    said = refusal(content)
    assert ("jangan dicetak ulang" in said, "Simpan sebagai PDF" in said) == (True, False)


def test_a_signed_document_without_faults_passes_unchanged() -> None:
    content = build.pdf_bytes(objects=(build.SIGNATURE,))
    assert look(content).sha256 == hashlib.sha256(content).hexdigest()
