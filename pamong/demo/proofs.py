"""The papers that prove an innovation: what is made, which indicators each proves, from which level on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from pamong.accounts.models import User
from pamong.assessments.models import Entry
from pamong.demo.papers import Paper, pdf, picture
from pamong.evidence.actions import add_document
from pamong.evidence.models import Document
from pamong.innovations.models import Innovation

I = Document.Instrument  # noqa: E741
PEOPLE = {0: 0, 1: 6, 2: 14, 3: 32}
DECREE = {
    1: (I.SK_KDH, "Keputusan {head}"),
    2: (I.PERKADA, "Peraturan {head}"),
    3: (I.PERDA, "Peraturan Daerah {region}"),
}
HEAD = {"kota": "Wali Kota", "kabupaten": "Bupati", "provinsi": "Gubernur"}

Maker = Callable[[Entry, str, Mapping[str, int], int], Any]


@dataclass(frozen=True)
class Kit:
    """One paper: how it is made from the entry and the level, and the indicators it proves."""

    indicators: tuple[str, ...]
    instrument: str
    title: str
    make: Maker = field(repr=False)


_number = count(1)


def _sheet(
    kind: str,
    *paragraphs: str,
    header: tuple[str, ...] = (),
    rows: Callable[[Mapping[str, int]], list[list[str]]] | None = None,
    by_head: bool = False,
    marked: str = "",
) -> Maker:
    def make(entry: Entry, title: str, levels: Mapping[str, int], number: int) -> Any:
        region, name = entry.region, str(entry)
        place = region.name.split(" ", 1)[-1]
        head = HEAD[region.kind]
        issuer = f"{head} {place}" if by_head else entry.agency.name if entry.agency else region.name
        return pdf(
            Paper(
                kind=kind.format(head=head, region=region), title=title, issuer=issuer, region=f"Pemerintah {region}",
                number=f"000.9/{number:03d}/{entry.assessment.year - 1}", dated=_day(entry, number),
                paragraphs=[text.format(name=name, region=region, agency=entry.agency or region) for text in paragraphs],
                signer="Prasetyo Adinegara" if by_head else "Wening Astuti", signer_title=head if by_head else "Kepala",
                place=place, header=header, rows=rows(levels) if rows else (), marked=marked.format(name=name),
            )
        )  # fmt: skip

    return make


def _shot(*lines: str) -> Maker:
    def make(entry: Entry, title: str, levels: Mapping[str, int], number: int) -> Any:
        tint = (20 + number * 37 % 120, 70 + number * 17 % 80, 90 + number * 29 % 90)
        return picture(f"{entry}: {title}", [*lines, f"Tercatat {_day(entry, number):%d-%m-%Y}"], tint)

    return make


def _day(entry: Entry, number: int) -> date:
    return date(entry.assessment.year - 1, number * 7 % 12 + 1, number * 5 % 28 + 1)


def _team(levels: Mapping[str, int]) -> list[list[str]]:
    size = PEOPLE[levels.get("17", 0)]
    return [[str(at), f"Anggota {at}", "Ketua" if at == 1 else "Pelaksana"] for at in range(1, size + 1)]


def _years(levels: Mapping[str, int]) -> list[list[str]]:
    return [
        [f"T-{at}", "Kegiatan pengelolaan inovasi", f"Rp{25 + at * 5}.000.000"] for at in range(levels.get("18", 0))
    ]


KITS = (
    Kit(("17", "22", "23", "24"), I.SK_OPD, "Tim Pelaksana", _sheet(
        "Keputusan", "Menimbang bahwa inovasi {name} memerlukan tim pelaksana lintas perangkat daerah.",
        "Menetapkan tim pelaksana {name} dengan susunan dan peran sebagai berikut.", header=("No", "Nama", "Peran"), rows=_team)),
    Kit(("18", "21"), I.BUDGET, "Dokumen Anggaran dan RKPD", _sheet(
        "Petikan Dokumen", "Kegiatan pendukung {name} tercantum dalam dokumen perencanaan dan anggaran {agency}.",
        header=("Tahun", "Uraian", "Jumlah"), rows=_years, marked="Kegiatan pendukung {name}")),
    Kit(("19", "30", "27"), I.PICTURE, "Tampilan Layanan", _shot("Layanan dibuka setiap hari kerja", "Status permintaan terlihat warga", "Saluran informasi tersedia")),
    Kit(("25", "29"), I.PICTURE, "Sosialisasi dan Pengaduan", _shot("Spanduk inovasi pada kegiatan sosialisasi", "Aduan masuk dan selesai dicatat")),
    Kit(("20",), I.CERTIFICATE, "Bimbingan Teknis", _sheet(
        "Surat Undangan dan Daftar Hadir", "Mengundang pelaksana {name} pada bimbingan teknis.", "Daftar hadir dan sertifikat terlampir.")),
    Kit(("26", "28"), I.SOP, "Pedoman Teknis dan SOP", _sheet(
        "Prosedur Operasional Standar", "Pedoman ini mengatur langkah pelayanan {name}.", "Permintaan diselesaikan paling lama satu hari kerja.")),
    Kit(("32", "33", "34"), I.REPORT, "Laporan Penciptaan, Manfaat, dan Monev", _sheet(
        "Laporan", "{name} diciptakan melalui penjaringan ide, pemilihan ide, rancangan, dan uji coba selama empat bulan.",
        "Penerima manfaat tercatat menurut nama dan tanggal; pemantauan dilakukan setiap triwulan.")),
    Kit(("31",), I.AGREEMENT, "Perjanjian Replikasi", _sheet(
        "Perjanjian Kerja Sama", "Para pihak sepakat mereplikasi {name} di daerah lain dengan penyesuaian.")),
)  # fmt: skip


# Where an agency bound everything together: two papers prove all but the decree and the video.
BUNDLES = (
    Kit(
        ("17", "18", "20", "21", "22", "23", "24", "26", "28", "31", "32", "33", "34"), I.REPORT, "Bundel Data Dukung",
        _sheet("Bundel Data Dukung", "Memuat surat tugas, petikan anggaran, daftar hadir, prosedur, dan laporan {name}."),
    ),
    Kit(
        ("19", "25", "27", "29", "30"), I.PICTURE, "Foto Kegiatan dan Layanan",
        _shot("Kegiatan dan spanduk inovasi", "Saluran informasi dan pengaduan"),
    ),
)  # fmt: skip


def decree(entry: Entry, level: int, by: User, *, named: str = "", ends_on: date | None = None) -> Document:
    """The regulation that names the innovation, of the kind the level asks for.

    With ``named`` a wanting one, for the machine to find: a mere SK whatever the level, and under another name.
    """
    instrument, kind = DECREE[1 if named else level or 1]
    number = next(_number)
    make = _sheet(
        kind,
        "Menimbang bahwa untuk menjamin kepastian pelaksanaan inovasi daerah perlu ditetapkan inovasi dan pelaksananya.",
        "Mengingat Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah.",
        f"Menetapkan {named or '{name}'} sebagai inovasi daerah {{region}} dengan pelaksana {{agency}}.",
        by_head=True,
    )
    title = f"Penetapan Inovasi Daerah {named or entry}"
    return _add(entry, by, instrument, title, number, make(entry, title, {}, number), ends_on)


def minutes(innovation: Innovation, by: User, on: date) -> Document:
    """What the ad-hoc team found."""
    title = f"Berita Acara Pembahasan Usulan {innovation}"
    sheet = Paper(
        kind="Berita Acara", title=title, issuer=innovation.agency.name, region=innovation.region.name,
        number="000.9/41/BA/2026", dated=on, signer="Ketua tim ad hoc", signer_title="Ketua",
        paragraphs=(
            f"Tim membahas usulan {innovation} dan menyatakannya layak diteruskan kepada kepala daerah.",
            "Syarat: lama tunggu diukur sebelum dan sesudah uji coba.",
        ),
    )  # fmt: skip
    return add_document(
        region=innovation.region, agency=innovation.agency, by=by, instrument=I.REPORT, subject=title,
        number=sheet.number, dated=on, file=pdf(sheet),
    )  # fmt: skip


def paper(entry: Entry, kit: Kit, levels: Mapping[str, int], by: User) -> Document:
    """One paper of the kit for ``entry``."""
    number, title = next(_number), f"{kit.title} {entry}"
    return _add(entry, by, kit.instrument, title, number, kit.make(entry, title, levels, number))


def video(entry: Entry, by: User) -> Document:
    """The video as a link: the demonstration ships no film."""
    link = f"https://video.contoh.id/{entry.code.lower()}"
    return add_document(
        region=entry.region, agency=entry.agency, by=by, instrument=I.VIDEO, subject=f"Video {entry}", link=link
    )


def own(entry: Entry, by: User) -> Document:
    """The one summary that proves the region's own indicators."""
    number, title = next(_number), f"Ringkasan Data Makro {entry.region} {entry.assessment.year}"
    make = _sheet(
        "Ringkasan", "Angka resmi tahun lalu dan dua tahun lalu, dari BPS, BPK, dan perangkat daerah terkait."
    )
    return _add(entry, by, I.REPORT, title, number, make(entry, title, {}, number))


def _add(
    entry: Entry, by: User, instrument: str, subject: str, number: int, file: Any, ends_on: date | None = None
) -> Document:
    return add_document(
        region=entry.region, agency=entry.agency, by=by, instrument=instrument, subject=subject[:250], file=file,
        number=f"000.9/{number:03d}/{entry.assessment.year - 1}", dated=_day(entry, number), issuer=str(entry.agency or entry.region),
        valid_until=ends_on,
    )  # fmt: skip
