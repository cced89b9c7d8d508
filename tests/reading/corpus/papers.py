"""One paper: what stands on it, set by typst, and what may happen to it on the way: scanned, signed, altered, spoilt."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random
from typing import Any

from tests.reading.corpus.words import Wording, written


@dataclass
class Paper:
    """A paper and the truth about it."""

    instrument: str
    number: str = ""
    dated: date | None = None
    subject: str = ""
    signer: str = ""
    innovation: str = ""
    pages: list[str] = field(default_factory=list)  # typst markup, one page each


class Desk:
    """Where papers of one half of wordings are written, all from one seed."""

    def __init__(self, words: Wording, random: Random) -> None:
        self.words, self.random = words, random

    def one(self, choices: tuple[Any, ...]) -> Any:
        return self.random.choice(choices)

    def day(self) -> date:
        return date(self.random.choice((2023, 2024, 2025)), self.random.randint(1, 12), self.random.randint(1, 28))

    # -- decrees ------------------------------------------------------------------------------------------------------

    def decree(
        self, instrument: str = "", *, number: str | None = None, day_text: str | None = None, title: str = ""
    ) -> Paper:
        """``number`` and ``day_text`` replace what would stand there (dots, for a draft); ``title`` goes before the head."""
        instrument = instrument or self.one(("perda", "perkada", "sk-kdh", "sk-kdh", "sk-opd", "sk-opd"))
        head, region, seat = self.one(self.words.regions)
        office, chief = self.one(self.words.offices)
        name, day, signer = self.one(self.words.innovations), self.day(), self.one(self.words.names)
        shape = self.one(self.words.rule_numbers if instrument in ("perda", "perkada") else self.words.decree_numbers)
        real = shape.format(n=self.random.randint(1, 899), y=day.year)
        subject = self.one(self.words.subjects).format(name=name.upper(), office=office)
        what, who = {
            "perda": (f"PERATURAN DAERAH {self._area(head)} {region}", f"{head} {region}"),
            "perkada": (f"PERATURAN {head} {region}", f"{head} {region}"),
            "sk-kdh": (f"KEPUTUSAN {head} {region}", f"{head} {region}"),
            "sk-opd": (f"{self.one(('', 'SURAT '))}KEPUTUSAN {chief}", chief),
        }[instrument]
        paper = Paper(instrument, _plain(real), day, subject, signer, name)
        top = (
            self._letterhead(region, office, head)
            if instrument == "sk-opd"
            else f"#align(center)[*{head} {region}* \\ PROVINSI JAWA]"
        )
        said = number if number is not None else real
        sign = self.one((": ", " ", " : ")) if ":" not in said else " "
        shown = written(day, self.random) if day_text is None else day_text
        hand = self.one(("#v(1cm)", "ttd \\ ", "Ditandatangani secara elektronik oleh: \\ "))
        first = f"""{title}{top}
#align(center)[{what} \\ NOMOR{sign}{_safe(said)} \\ TENTANG \\ {_safe(subject)}]
#align(center)[{self.one(self.words.grace)} \\ {who},]
{self._considering(name)}"""
        last = f"""{self._deciding(name, subject)}
#align(right)[#block(width: 55%)[#align(left)[{self._placed(seat, shown)} \\ {who}, \\ {hand} {_safe(signer)}]]]"""
        paper.pages = [first, last] if self.random.random() < 0.6 else [first + last]
        if self.random.random() < 0.4:
            paper.pages.append(self._annex(what, said, shown, subject))
        return paper

    def _area(self, head: str) -> str:
        return {"BUPATI": "KABUPATEN", "GUBERNUR": "PROVINSI"}.get(head, "KOTA")

    def _letterhead(self, region: str, office: str, head: str) -> str:
        return f"#align(center)[PEMERINTAH {self._area(head)} {region} \\ *{office}* \\ #text(size: 8pt)[Jalan Pahlawan Nomor {self.random.randint(1, 99)} Telepon (0293) 36{self.random.randint(1000, 9999)}]]\n#line(length: 100%)"

    def _considering(self, name: str) -> str:
        because = " \\ ".join(
            f"{letter}. {_safe(text.format(name=name))}" for letter, text in zip("abc", self.words.because, strict=True)
        )
        laws = " \\ ".join(f"{number}. {law}" for number, law in enumerate(self.random.sample(self.words.laws, 3), 1))
        return f"#grid(columns: (2.6cm, 0.5cm, 1fr), row-gutter: 8pt, [Menimbang], [:], [{because}], [Mengingat], [:], [{laws}])\n"

    def _deciding(self, name: str, subject: str) -> str:
        orders = "".join(
            f"[{nth}], [:], [{_safe(text.format(name=name))}],"
            for nth, text in zip(("KESATU", "KEDUA", "KETIGA", "KEEMPAT"), self.words.orders, strict=True)
        )
        return f"#align(center)[MEMUTUSKAN:]\n#grid(columns: (2.6cm, 0.5cm, 1fr), row-gutter: 8pt, [Menetapkan], [:], [{_safe(subject)}.], {orders})\n#v(6pt)\n"

    def _placed(self, seat: str, day: str) -> str:
        return self.one(self.words.placed).format(seat=seat, day=day, SEAT=seat.upper(), DAY=day.upper())

    def _annex(self, what: str, number: str, day: str, subject: str) -> str:
        rows = "".join(
            f"[{n}], [{_safe(self.one(self.words.names))}], [{self.one(('Ketua', 'Sekretaris', 'Anggota'))}],"
            for n in range(1, self.random.randint(4, 12))
        )
        return f"LAMPIRAN {what} \\ NOMOR {_safe(number)} \\ TANGGAL {day} \\ TENTANG {_safe(subject)}\n#table(columns: (auto, 1fr, auto), [NO], [NAMA], [KEDUDUKAN], {rows})"

    # -- letters, lists, reports --------------------------------------------------------------------------------------

    def invitation(self) -> Paper:
        head, region, seat = self.one(self.words.regions)
        office, chief = self.one(self.words.offices)
        day, signer = self.day(), self.one(self.words.names)
        number = self.one(self.words.letter_numbers).format(n=self.random.randint(1, 899), y=day.year)
        activity = self.one(self.words.activities).format(name=self.one(self.words.innovations))
        matter = f"Undangan {activity}"
        body = f"""{self._letterhead(region, office, head)}
#align(right)[{seat}, {written(day, self.random)}]
#grid(columns: (2.2cm, 1fr), row-gutter: 5pt, [Nomor], [: {_safe(number)}], [Sifat], [: Penting], [Lampiran], [: -], [{self.one(("Hal", "Perihal"))}], [: {_safe(matter)}])
Kepada \\ Yth. Kepala Puskesmas se-{region.title()} \\ di Tempat \\
Mengharap kehadiran Saudara pada kegiatan tersebut, hari Senin pukul 09.00 WIB di aula.
#align(right)[#block(width: 55%)[#align(left)[{chief}, #v(1cm) {_safe(signer)} \\ NIP 19{self.random.randint(700101, 901231)}200501 1 001]]]"""
        return Paper("undangan", number, day, matter, signer, "", [body])

    def assignment(self) -> Paper:
        head, region, seat = self.one(self.words.regions)
        office, chief = self.one(self.words.offices)
        day, signer = self.day(), self.one(self.words.names)
        number = self.one(self.words.letter_numbers).format(n=self.random.randint(1, 899), y=day.year)
        activity = self.one(self.words.activities).format(name=self.one(self.words.innovations))
        body = f"""{self._letterhead(region, office, head)}
#align(center)[*{self.one(self.words.assignments)}* \\ NOMOR : {_safe(number)}]
#grid(columns: (2.2cm, 0.5cm, 1fr), row-gutter: 6pt, [Dasar], [:], [Peraturan Pemerintah Nomor 38 Tahun 2017], [], [], [], [Kepada], [:], [Nama-nama terlampir], [Untuk], [:], [Melaksanakan {_safe(activity)}])
#align(right)[#block(width: 55%)[#align(left)[Dikeluarkan di {seat} \\ pada tanggal {written(day, self.random)} \\ {chief}, #v(1cm) {_safe(signer)} \\ NIP 19{self.random.randint(700101, 901231)}200501 1 001]]]"""
        return Paper("surat-tugas", number, day, f"Melaksanakan {activity}", signer, "", [body])

    def agreement(self) -> Paper:
        head, region, _seat = self.one(self.words.regions)
        day = self.day()
        numbers = [f"{self.random.randint(1, 99)}/PKS/{day.year}", f"{self.random.randint(1, 99)}/UN/{day.year}"]
        name = self.one(self.words.innovations)
        subject = f"PENGEMBANGAN {name.upper()}"
        body = f"""#align(center)[*{self.one(self.words.agreements)}* \\ ANTARA \\ PEMERINTAH {self._area(head)} {region} \\ DENGAN \\ UNIVERSITAS NUSANTARA \\ TENTANG \\ {subject} \\ NOMOR : {_safe(numbers[0])} \\ NOMOR : {_safe(numbers[1])}]
Pada hari ini, kami yang bertanda tangan di bawah ini sepakat mengadakan kerja sama dengan ketentuan sebagai berikut. Pasal 1 Maksud dan tujuan. Pasal 2 Ruang lingkup.
#grid(columns: (1fr, 1fr), [PIHAK KESATU, #v(1cm) {_safe(self.one(self.words.names))}], [PIHAK KEDUA, #v(1cm) {_safe(self.one(self.words.names))}])"""
        return Paper("pks", numbers[0], None, subject, "", name, [body])

    def attendance(self) -> Paper:
        day = self.day()
        activity = self.one(self.words.activities).format(name=self.one(self.words.innovations))
        rows = "".join(
            f"[{n}], [{_safe(self.one(self.words.names))}], [{n}. .......],"
            for n in range(1, self.random.randint(6, 20))
        )
        body = f"""#align(center)[*{self.one(self.words.attendance)}*]
Kegiatan : {_safe(activity)} \\ Hari/Tanggal : {self.one(("Senin", "Rabu", "Kamis"))}, {written(day, self.random)} \\ Tempat : Aula
#table(columns: (auto, 1fr, 4cm), [NO], [NAMA], [TANDA TANGAN], {rows})"""
        return Paper("daftar-hadir", "", day, activity, "", "", [body])

    def report(self) -> Paper:
        name = self.one(self.words.innovations)
        title = self.one(self.words.reports).format(name=name.upper())
        office, _ = self.one(self.words.offices)
        cover = f"#v(5cm)\n#align(center)[#text(size: 18pt)[*{_safe(title)}*] #v(4cm) {office} \\ TAHUN 2024]"
        chapters = [
            f"= BAB {n} {part}\n{self._prose(name, 220)}"
            for n, part in (("I", "PENDAHULUAN"), ("II", "PELAKSANAAN"), ("III", "HASIL"))
        ]
        return Paper("laporan", "", None, title, "", name, [cover, *chapters])

    def sop(self) -> Paper:
        office, chief = self.one(self.words.offices)
        day, signer, name = self.day(), self.one(self.words.names), self.one(self.words.innovations)
        number = f"SOP/{self.random.randint(1, 99)}/{day.year}"
        body = f"""#align(center)[*{self.one(self.words.sops)}* \\ {office}]
#table(columns: (5cm, 1fr), [Nomor SOP], [: {number}], [Tanggal Pembuatan], [: {written(day, self.random)}], [Disahkan oleh], [{chief}, #v(1cm) {_safe(signer)} \\ NIP 19{self.random.randint(700101, 901231)}200501 1 001], [Nama SOP], [: Pelayanan {_safe(name)}])
{self._prose(name, 90)}"""
        return Paper("sop", number, day, f"Pelayanan {name}", signer, name, [body])

    def manual(self) -> Paper:
        name = self.one(self.words.innovations)
        title = self.one(self.words.manuals).format(name=name.upper())
        return Paper(
            "pedoman",
            "",
            None,
            title,
            "",
            name,
            [f"#v(4cm)\n#align(center)[#text(size: 20pt)[*{_safe(title)}*]]", self._prose(name, 200)],
        )

    def budget(self) -> Paper:
        title = self.one(self.words.budgets)
        rows = "".join(
            f"[5.1.02.{n:02d}], [Belanja {self.one(('Makan Minum', 'Alat Tulis', 'Perjalanan', 'Jasa'))}], [Rp{self.random.randint(1, 90)}.000.000],"
            for n in range(1, 9)
        )
        return Paper(
            "anggaran",
            "",
            None,
            title,
            "",
            "",
            [
                f"#align(center)[*{title}* \\ PEMERINTAH DAERAH \\ TAHUN ANGGARAN 2024]\n#table(columns: (auto, 1fr, auto), [KODE], [URAIAN], [JUMLAH], {rows})"
            ],
        )

    def _prose(self, name: str, words: int) -> str:
        pool = (*self.words.because, *self.words.orders, *self.words.laws)
        text: list[str] = []
        while len(text) < words:
            number = self.random.randint(2, 9999)
            text += f"{self.one(pool).format(name=name)} Tercatat {number} warga di wilayah {self.one(self.words.regions)[2]} pada triwulan {self.random.randint(1, 4)}.".split()
        return _safe(" ".join(text[:words]))


def _safe(text: str) -> str:
    """As typst takes it for plain words."""
    for mark in "\\*_#$[]<>@`~":
        text = text.replace(mark, "\\" + mark)
    return text.replace("//", "/\\/")


def _plain(number: str) -> str:
    return " ".join(number.split())


# -- from a paper to bytes --------------------------------------------------------------------------------------------


def pdf(paper: Paper, *, size: float = 11, font: str = "Libertinus Serif", graphics: str = "") -> bytes:
    """Born digital."""
    import typst

    body = "\n#pagebreak()\n".join(paper.pages)
    return bytes(
        typst.compile(
            f'#set document(date: none)\n#set page(paper: "a4", margin: 2.3cm)\n#set text(size: {size}pt, font: "{font}")\n{graphics}{body}'.encode()
        )
    )


def scanned(
    content: bytes,
    random: Random,
    *,
    dpi: int = 150,
    skew: float = 1.0,
    noise: float = 8.0,
    turn: int = 0,
    quality: int = 70,
    blank_after: bool = False,
) -> bytes:
    """Printed and scanned: grey, a little askew, grainy, as JPEG in a PDF. ``dpi`` of the scan, ``turn`` in degrees."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(content)
    pictures = []
    for page in document:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        image = image.rotate(random.uniform(-skew, skew), fillcolor=250, resample=Image.Resampling.BICUBIC)
        pictures.append(image)
        if blank_after:
            pictures.append(Image.new("L", image.size, 250))
    grain = np.random.default_rng(random.randrange(2**32))
    noisy = [
        Image.fromarray(
            np.clip(
                np.asarray(one, dtype=np.float32) + grain.normal(0, noise, (one.height, one.width)) - 6, 0, 255
            ).astype(np.uint8)
        )
        for one in pictures
    ]
    turned = [one.rotate(turn, expand=True) for one in noisy]
    out = io.BytesIO()
    turned[0].save(out, "PDF", save_all=True, append_images=turned[1:], resolution=dpi, quality=quality)
    return out.getvalue()


def photo(random: Random, size: tuple[int, int] = (1280, 960)) -> Any:
    """Something like a photograph: soft shapes of many tones, edges and grain, each seed another scene."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFilter

    grain = np.random.default_rng(random.randrange(2**32))
    coarse = Image.fromarray(grain.integers(40, 220, (6, 8, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(coarse)
    for _ in range(40):
        x, y = random.randrange(size[0]), random.randrange(size[1])
        w, h = random.randrange(30, 260), random.randrange(30, 260)
        colour = tuple(random.randrange(256) for _ in range(3))
        (draw.ellipse if random.random() < 0.5 else draw.rectangle)((x, y, x + w, y + h), fill=colour)
    soft = coarse.filter(ImageFilter.GaussianBlur(2))
    return Image.fromarray(
        np.clip(np.asarray(soft, dtype=np.float32) + grain.normal(0, 5, (size[1], size[0], 1)), 0, 255).astype(np.uint8)
    )


def picture_bytes(image: Any, form: str = "JPEG", **save: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **({"quality": 85} if form == "JPEG" else {}) | save)
    return out.getvalue()


def screenshot(random: Random, lines: list[str], size: tuple[int, int] = (1080, 720)) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], 80), fill=tuple(random.randrange(160) for _ in range(3)))
    for at, line in enumerate(lines):
        draw.text((40, 110 + at * 60), line, fill=(20, 20, 20), font=ImageFont.load_default(28))
    return image


def video(seconds: float, *, width: int = 640, height: int = 360, sound: bool = True) -> bytes:
    """An MP4 of so many seconds: two frames a second of changing grey, and a hum."""
    import av
    import numpy as np

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as film:
        picture = film.add_stream("mpeg4", rate=2)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        hum = film.add_stream("aac", rate=8000) if sound else None
        if hum is not None:
            hum.layout = "mono"
        for number in range(int(seconds * 2)):
            frame = av.VideoFrame.from_ndarray(
                np.full((height, width, 3), number * 5 % 250, dtype=np.uint8), format="rgb24"
            )
            film.mux(picture.encode(frame))
        film.mux(picture.encode())
        if hum is not None:
            quiet = av.AudioFrame.from_ndarray(np.zeros((1, 8000), dtype=np.int16), format="s16", layout="mono")
            quiet.sample_rate = 8000
            for number in range(int(seconds)):
                quiet.pts = number * 8000
                film.mux(hum.encode(quiet))
            film.mux(hum.encode())
    return out.getvalue()


def film(random: Random, cards: tuple[str, ...], *, size: tuple[int, int] = (640, 360)) -> bytes:
    """A film that shows each of ``cards`` for four seconds, on a plain ground or across a picture, and six of a picture after it."""
    import av
    import numpy as np
    from PIL import ImageDraw

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as made:
        picture = made.add_stream("mpeg4", rate=2)
        picture.width, picture.height, picture.pix_fmt = *size, "yuv420p"
        for card in cards:
            scene = photo(random, size)
            said = scene.copy()
            draw = ImageDraw.Draw(said)
            top, (ground, ink) = random.choice((0, size[1] - 110)), random.choice(GROUNDS)
            draw.rectangle((0, top, *((size[0], size[1]) if not top else (size[0], top + 70))), fill=ground)
            draw.text((40, top + 14), card, fill=ink, font=_letters(34))
            for still, frames in ((said, 8), (scene, 12)):
                for _ in range(frames):
                    frame = av.VideoFrame.from_ndarray(np.asarray(still), format="rgb24")
                    made.mux(picture.encode(frame))
        made.mux(picture.encode())
    return out.getvalue()


GROUNDS = (
    ((16, 24, 90), "white"), ((0, 90, 60), "white"), ((120, 10, 30), (255, 230, 90)), ((30, 30, 30), (120, 220, 255)),
    ("white", (20, 20, 20)), ((250, 220, 60), (20, 20, 90)), ("white", (160, 20, 30)),
)  # fmt: skip


def _letters(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.load_default(size)


def qr_graphics(address: str) -> str:
    """typst markup that draws a QR code at the foot of the first page."""
    import segno

    rows = [[bool(dot) for dot in row] for row in segno.make(address, error="m", micro=False).matrix_iter(border=4)]
    dots = "".join(
        f"place(dx: {x}*1.1pt, dy: {y}*1.1pt, rect(width: 1.12pt, height: 1.12pt, fill: black))\n"
        for y, row in enumerate(rows)
        for x, dot in enumerate(row)
        if dot
    )
    return f"#place(bottom + left, box(width: {len(rows) * 1.1}pt, height: {len(rows) * 1.1}pt, {{\n{dots}}}))\n"


# -- electronic signatures --------------------------------------------------------------------------------------------


AUTHORITY = "Balai Sertifikasi Uji"


@cache
def authority(name: str) -> tuple[bytes, bytes, bytes, bytes]:
    """A test authority and its one signer: root certificate, root key, signer's certificate, signer's key (all PEM)."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    def named(common: str) -> Any:
        return x509.Name(
            [x509.NameAttribute(NameOID.COMMON_NAME, common), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Kota Uji")]
        )

    def pem(key: Any) -> bytes:
        return key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    from datetime import UTC, datetime

    start, end = datetime(2022, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def certificate(subject: Any, public: Any, is_root: bool) -> Any:
        made = x509.CertificateBuilder().subject_name(subject).issuer_name(named(name)).public_key(public)
        made = made.serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(end)
        made = made.add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        usage = x509.KeyUsage(not is_root, not is_root, False, False, False, is_root, is_root, False, False)
        return made.add_extension(usage, critical=True).sign(root_key, hashes.SHA256())

    root = certificate(named(name), root_key.public_key(), True)
    signer = certificate(named("BUDI SANTOSO"), key.public_key(), False)
    return (
        root.public_bytes(serialization.Encoding.PEM),
        pem(root_key),
        signer.public_bytes(serialization.Encoding.PEM),
        pem(key),
    )


def signed(content: bytes, name: str = AUTHORITY) -> bytes:
    """Signed as BSrE does: an invisible PAdES signature over the whole file."""
    import tempfile
    from pathlib import Path

    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    _, _, certificate, key = authority(name)
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / one for one in ("cert.pem", "key.pem")]
        for place, data in zip(places, (certificate, key), strict=True):
            place.write_bytes(data)
        signer = signers.SimpleSigner.load(str(places[1]), str(places[0]))
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    about = signers.PdfSignatureMetadata(field_name="TTE", subfilter=SigSeedSubFilter.PADES, reason="Naskah dinas")
    return signers.sign_pdf(writer, about, signer=signer).getvalue()


def altered(content: bytes) -> bytes:
    """One byte of what was signed is another now."""
    at = content.index(b"/ProcSet") if b"/ProcSet" in content else content.index(b"/MediaBox") + 12
    place = next(n for n in range(at, len(content)) if chr(content[n]).isdigit())
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def written_over(content: bytes) -> bytes:
    """Opened after signing, a page added, saved on: an increment no signature allows."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = writer.add_object(generic.StreamObject(stream_data=b"BT ET 0 0 100 100 re f"))
    writer.insert_page(PageObject(contents=stream, media_box=(0, 0, 595, 842)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
