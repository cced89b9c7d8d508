"""Evidence as regions really write it, made by code, each piece with what is true of it: for measuring the rules.

Wording varies: letterheads, *menimbang/mengingat/menetapkan*, annex tables with and without brackets, rows read cell by cell,
functions instead of names, lists of duties beside lists of people. ``samples(seed)`` is the same for the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

NAMES = (
    "SIPPUT", "Pak Waris", "DataGO (Data Kota Magelang Open)", "Kampung Organik", "Gemakpitasi", "SIAMOR (Siaga Among Raga)",
    "Si Bulan", "Inobel Stem", "Lapak Tani Digital", "SAPA WARGA 24 Jam", "Gerobak Baca Keliling", "e-Retribusi Pasar",
    "Rumah Singgah Terpadu", "Jemput Bola Adminduk", "SMART-PJU", "Bank Sampah Berseri", "Posyandu Plus", "LENTERA Desa",
)  # fmt: skip
OTHERS = (
    "Sistem Informasi Aset",
    "Pojok Konsultasi Pajak",
    "Sekolah Lapang Iklim",
    "Layanan Antar Obat",
    "Taman Lalu Lintas",
)
PLACES = (("KOTA", "MAGELANG", "WALI KOTA"), ("KABUPATEN", "MAGETAN", "BUPATI"), ("KOTA", "SALATIGA", "WALIKOTA"),
          ("KABUPATEN", "WONOSOBO", "BUPATI"), ("PROVINSI", "JAWA TENGAH", "GUBERNUR"))  # fmt: skip
UNITS = (
    "Dinas Kesehatan", "Dinas Perhubungan", "Dinas Sosial", "Dinas Lingkungan Hidup", "Dinas Komunikasi dan Informatika",
    "Badan Perencanaan Pembangunan Daerah", "Dinas Kependudukan dan Pencatatan Sipil", "Inspektorat Daerah",
    "Dinas Pendidikan dan Kebudayaan", "Badan Keuangan dan Aset Daerah", "Sekretariat Daerah", "Kecamatan Magelang Utara",
)  # fmt: skip
GIVEN = (
    "Siti",
    "Budi",
    "Endah",
    "Prasetyo",
    "Wening",
    "Rini",
    "Agus",
    "Dewi",
    "Hendra",
    "Yuli",
    "Tri",
    "Sri",
    "Bambang",
    "Nur",
)
FAMILY = (
    "Rahayu",
    "Santoso",
    "Astuti",
    "Adinegara",
    "Kusuma",
    "Wibowo",
    "Lestari",
    "Hidayat",
    "Setiawan",
    "Pratiwi",
    "Utomo",
)
TITLES = ("", "", ", S.Kom", ", M.Si", ", S.E., M.M.", ", A.Md.", ", S.K.M.", ", S.STP")
DUTIES = ("Menyusun rencana kerja tim;", "Melaksanakan kegiatan inovasi;", "Menyiapkan bahan evaluasi;", "Melaporkan hasil kepada kepala dinas;",
          "Mengoordinasikan pelaksanaan lintas perangkat daerah;", "Membuat dokumentasi kegiatan.")  # fmt: skip
LAWS = ("Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;", "Peraturan Pemerintah Nomor 38 Tahun 2017 tentang Inovasi Daerah;",
        "Peraturan Menteri Dalam Negeri Nomor 104 Tahun 2018 tentang Penilaian dan Pemberian Penghargaan Inovasi Daerah;")  # fmt: skip
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ACTOR_LINES = {
    "akademisi": ("Universitas Tidar", "Politeknik Negeri Semarang", "dosen Fakultas Teknik"),
    "dunia usaha": ("PT Sumber Terang", "pelaku usaha setempat", "Koperasi Maju Bersama"),
    "masyarakat": ("Karang Taruna Tunas Muda", "Kelompok Tani Subur", "komunitas sepeda"),
    "pemerintah": ("Dinas Perhubungan", "Pemerintah Kecamatan", "Badan Perencanaan"),
    "media": ("Radio Magelang FM", "wartawan harian setempat", "media daring"),
}


PEOPLE = tuple(f"{given} {family}" for given in GIVEN for family in FAMILY)


@dataclass(frozen=True)
class Writ:
    """One document as text: pages (of a film: what its screen says, one after another), what was typed about it, what a good
    reader would read in its heading."""

    # Lines; those that begin with a bar are rows of a table, their cells apart by bars; those that begin with == are highlighted.
    pages: tuple[str, ...]
    instrument: str
    dated: date | None
    reads: str = ""  # the instrument its heading says; that of ``instrument`` if empty
    typed: date | None = None  # the date a person typed, if it is another than the paper's


@dataclass(frozen=True)
class Sample:
    """A claim with its papers, and which check is right to object; ``expected`` for counts."""

    check: str
    wrong: bool
    indicator: str
    level: int
    innovation: str
    writs: tuple[Writ, ...]
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """What one hand calls things: innovations, agencies, places (kind, name, title of the head), people, laws."""

    names: tuple[str, ...]
    others: tuple[str, ...]
    places: tuple[tuple[str, str, str], ...]
    units: tuple[str, ...]
    people: tuple[str, ...]
    laws: tuple[str, ...]


class Chance(random.Random):
    """Chance, and the words of one hand."""

    words: Words


def samples(seed: int = 7, each: int = 40, words: Words | None = None) -> list[Sample]:
    """``each`` samples for every check, about half of them wrong in that one way."""
    chance = Chance(seed)
    chance.words = words or OWN
    return [make(chance, number % 2 == 1) for make in MAKERS for number in range(each)]


# -- how documents are written ------------------------------------------------------------------------------------------


def _day(chance: Chance, first: int = 2024, last: int = 2025) -> date:
    return date(first, 1, 2) + timedelta(days=chance.randrange((last - first + 1) * 365 - 3))


def _long(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def person(chance: Chance) -> str:
    return f"{chance.choice(chance.words.people)}{chance.choice(TITLES)}"


def decree(
    chance: Chance,
    *,
    kind: str,
    day: date,
    said: list[str],
    annex: list[str] | None = None,
    signed: str = "head",
) -> Writ:
    """A decree or regulation of ``kind``, ``said`` under *menetapkan*, signed by the head, for the head, or by another."""
    form, place, head = chance.choice(chance.words.places)
    unit = chance.choice(chance.words.units[:5])
    title = {
        "perda": f"PERATURAN DAERAH {form} {place}", "perkada": f"PERATURAN {head} {place}",
        "sk-kdh": f"KEPUTUSAN {head} {place}", "sk-opd": f"KEPUTUSAN KEPALA {unit.upper()} {form} {place}",
        "surat-tugas": "SURAT PERINTAH TUGAS",
    }[kind]  # fmt: skip
    number = (
        f"NOMOR {chance.randrange(1, 400)} TAHUN {day.year}"
        if chance.random() < 0.6
        else f"NOMOR : 000.9/{chance.randrange(900)}/{day.year}"
    )
    body = [
        chance.choice((f"PEMERINTAH {form} {place}", f"{head} {place}")), title, number, "TENTANG",
        chance.choice(("INOVASI DAERAH", "TIM PELAKSANA INOVASI", "PENETAPAN INOVASI DAERAH")), "DENGAN RAHMAT TUHAN YANG MAHA ESA",
        "Menimbang : a. bahwa untuk meningkatkan pelayanan publik perlu dilakukan inovasi;", "b. bahwa berdasarkan pertimbangan tersebut perlu ditetapkan keputusan;",
        "Mengingat :", *(f"{at}. {law}" for at, law in enumerate(chance.words.laws[: chance.randrange(2, 4)], 1)),
        "MEMUTUSKAN:", "Menetapkan :", *said,
        f"Ditetapkan di {place.title()}", f"pada tanggal {_long(day)}", *_signature(chance, signed, head, place, unit),
    ]  # fmt: skip
    pages = ["\n".join(body)]
    if annex:
        pages.append("\n".join(["LAMPIRAN", title, number, *annex]))
    return Writ(tuple(pages), kind, day)


def _signature(chance: Chance, signed: str, head: str, place: str, unit: str) -> list[str]:
    who = person(chance).upper()
    if signed == "head":
        return [chance.choice((f"{head} {place},", f"Pj. {head} {place},")), "", "ttd", "", who]
    if signed == "for-head":
        return [
            chance.choice((f"a.n. {head} {place}", f"a.n {head} {place}", f"ATAS NAMA {head} {place}")),
            f"KEPALA {unit.upper()},",
            "",
            who,
        ]
    return [f"KEPALA {unit.upper()},", "", "ttd", "", who, "NIP 19790412 200501 1 007"]


def people(chance: Chance, number: int) -> list[str]:
    """A list of ``number`` people, in one of the ways lists are written and read back."""
    way = chance.randrange(4)
    names = [person(chance) for _ in range(number)]
    roles = ["Ketua", "Sekretaris", *(["Anggota"] * number)]
    if way == 0:
        return [
            "NO NAMA PERAN",
            *(f"{at} {name} {role}" for at, (name, role) in enumerate(zip(names, roles, strict=False), 1)),
        ]
    if way == 1:
        return [
            "|NO|NAMA|NIP|KEDUDUKAN DALAM TIM",
            *(
                f"|{at}.|{name}|{_nip(chance)}|{role}"
                for at, (name, role) in enumerate(zip(names, roles, strict=False), 1)
            ),
        ]
    if way == 2:
        return ["SUSUNAN TIM PELAKSANA", *(f"{at}. {name}" for at, name in enumerate(names, 1))]
    head = min(2, number - 1)
    first, rest = names[:head], names[head:]
    groups = ["Pengarah:", *(f"{at}. {name}" for at, name in enumerate(first, 1))] if head >= 2 else []
    rest = rest if groups else names
    return [
        *groups,
        "Anggota:",
        *(f"{at}) {name}, {chance.choice(('staf', 'analis', 'pranata komputer'))}" for at, name in enumerate(rest, 1)),
    ]


def _nip(chance: Chance) -> str:
    return f"19{chance.randrange(60, 99)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d} 20{chance.randrange(5, 20):02d}{chance.randrange(1, 13):02d} {chance.randrange(1, 3)} {chance.randrange(1, 999):03d}"


def duties(chance: Chance) -> list[str]:
    return [
        "Tim sebagaimana dimaksud bertugas:",
        *(f"{at}. {duty}" for at, duty in enumerate(chance.sample(DUTIES, 4), 1)),
    ]


def slip(chance: Chance, name: str) -> str:
    """The name as another hand or a scanner writes it."""
    kind = chance.randrange(5)
    if kind == 0:
        return name.upper()
    if kind == 1:
        return name.replace(" ", "  ").replace("-", " - ")
    if kind == 2:
        return name.replace("o", "0").replace("I", "l")
    if kind == 3 and len(name) >= 10:
        at = chance.randrange(2, len(name) - 2)
        return name[:at] + name[at + 1 :]
    return f"“{name.lower()}”"


# -- one maker for each check -------------------------------------------------------------------------------------------


def named(chance: Chance, wrong: bool) -> Sample:
    name = chance.choice(chance.words.names)
    other = chance.choice([*chance.words.others, *(each for each in chance.words.names if each != name)])
    written = other if wrong else chance.choice((name, name.split(" (")[0], slip(chance, name)))
    said = [
        f"KESATU : Menetapkan {written} sebagai inovasi daerah.",
        "KEDUA : Keputusan ini mulai berlaku pada tanggal ditetapkan.",
    ]
    kind = chance.choice(("perda", "perkada", "sk-kdh"))
    annex = [f"{at}. {each}" for at, each in enumerate(chance.sample(chance.words.others, 3), 1)]
    return Sample("name", wrong, "16", 1, name, (decree(chance, kind=kind, day=_day(chance), said=said, annex=annex),))


def instrument(chance: Chance, wrong: bool) -> Sample:
    name = chance.choice(chance.words.names)
    level = chance.choice((2, 3)) if wrong else chance.choice((1, 2, 3))
    right = {1: ("sk-kdh", "perkada", "perda"), 2: ("perkada", "perda"), 3: ("perda",)}[level]
    low = {2: ("sk-kdh",), 3: ("sk-kdh", "perkada")}.get(level, ())
    kind = chance.choice(low if wrong else right)
    made = decree(chance, kind=kind, day=_day(chance), said=[f"KESATU : {name} ditetapkan sebagai inovasi daerah."])
    # Recorded as what is claimed: the fault is found by reading, not by believing.
    recorded = {2: "perkada", 3: "perda"}.get(level, kind) if wrong else kind
    return Sample("instrument", wrong, "16", level, name, (Writ(made.pages, recorded, made.dated, reads=kind),))


def signer(chance: Chance, wrong: bool) -> Sample:
    name = chance.choice(chance.words.names)
    made = decree(chance, kind="sk-opd", day=_day(chance), said=[f"KESATU : {name} ditetapkan sebagai inovasi daerah."],
                  signed="other" if wrong else "for-head")  # fmt: skip
    return Sample("signer", wrong, "16", 1, name, (made,))


def dated(chance: Chance, wrong: bool) -> Sample:
    day = _day(chance, *(chance.choice(((2019, 2021), (2021, 2023))) if wrong else (2024, 2025)))
    name = chance.choice(chance.words.names)
    made = decree(chance, kind=chance.choice(("sk-opd", "surat-tugas")), day=day, said=[f"Menugaskan pelaksana {name}:"],
                  annex=people(chance, 8), signed="other")  # fmt: skip
    return Sample("dated", wrong, "17", 1, name, (made,))


def persons(chance: Chance, wrong: bool) -> Sample:
    level = chance.choice((2, 3))
    least = {2: 11, 3: 31}[level]
    number = chance.randrange(2, least) if wrong else chance.randrange(least, least + 12)
    name = chance.choice(chance.words.names)
    said = [f"KESATU : Membentuk tim pelaksana {name}.", *(duties(chance) if chance.random() < 0.5 else [])]
    made = decree(chance, kind="sk-opd", day=_day(chance), said=said, annex=people(chance, number), signed="other")
    return Sample("count-persons", wrong, "17", level, name, (made,), {"number": number})


def network(chance: Chance, wrong: bool) -> Sample:
    level = chance.choice((2, 3))
    least = {2: 3, 3: 5}[level]
    number = chance.randrange(1, least) if wrong else chance.randrange(least, least + 4)
    units = chance.sample(chance.words.units, number)
    name = chance.choice(chance.words.names)
    said = [
        f"KESATU : Perangkat daerah berikut bekerja sama menjalankan {name}:",
        *(f"{at}. {unit};" for at, unit in enumerate(units, 1)),
    ]
    form, place, head = chance.words.places[0]
    day = _day(chance)
    pages = "\n".join(
        [
            "SURAT PENUGASAN",
            f"PEMERINTAH {form} {place}",
            *said,
            f"{place.title()}, {_long(day)}",
            f"{head} {place},",
            "ttd",
        ]
    )
    return Sample("count-agencies", wrong, "24", level, name, (Writ((pages,), "surat-tugas", day),), {"number": number})


def involved(chance: Chance, wrong: bool) -> Sample:
    level = chance.choice((2, 3))
    least = {2: 4, 3: 5}[level]
    number = chance.randrange(2, least) if wrong else least
    kinds = chance.sample(sorted(ACTOR_LINES), number)
    lines = [f"{at}. {chance.choice(ACTOR_LINES[kind])}" for at, kind in enumerate(kinds, 1)]
    name = chance.choice(chance.words.names)
    pages = "\n".join(["PERJANJIAN KERJA SAMA", f"tentang pelaksanaan inovasi {name}", "Pihak yang terlibat dalam pelaksanaan adalah sebagai berikut.",
                       "Para pihak sepakat menjalankan peran masing-masing selama dua tahun.", *lines])  # fmt: skip
    return Sample("count-actors", wrong, "22", level, name, (Writ((pages,), "pks", _day(chance)),), {"number": number})


def budget(chance: Chance, wrong: bool) -> Sample:
    level = chance.choice((2, 3))
    right = {2: [(2026, 2025), (2025, 2024)], 3: [(2026, 2025, 2024)]}[level]
    short = {2: [(2026,), (2025,), (2024,)], 3: [(2026, 2025), (2025, 2024), (2026, 2024)]}[level]
    years = chance.choice(short if wrong else right)
    name = chance.choice(chance.words.names)
    writs = tuple(_budget_page(chance, name, year) for year in years)
    return Sample("years", wrong, "18", level, name, writs, {"years": years})


def unsigned(chance: Chance, wrong: bool) -> Sample:
    """A procedure, with who approved it or without."""
    name, day = chance.choice(chance.words.names), _day(chance, 2025, 2025)
    form, place, _ = chance.choice(chance.words.places)
    unit = chance.choice(chance.words.units[:5])
    lines = [
        "STANDAR OPERASIONAL PROSEDUR", f"PEMERINTAH {form} {place}", f"NOMOR SOP : {chance.randrange(900)}/SOP/2025", f"NAMA SOP : Layanan {name}",
        "|No|Kegiatan|Pelaksana", "|1|Menerima permintaan warga dan mencatatnya|Petugas loket", "|2|Memeriksa kelengkapan berkas|Verifikator",
        "|3|Menyerahkan hasil layanan kepada warga|Petugas loket",
    ]  # fmt: skip
    block = [
        f"Ditetapkan di {place.title()}",
        f"pada tanggal {_long(day)}",
        f"KEPALA {unit.upper()},",
        "",
        person(chance).upper(),
    ]
    return Sample(
        "signed", wrong, "28", 1, name, (Writ(("\n".join([*lines, *([] if wrong else block)]),), "sop", day),)
    )


def mistyped(chance: Chance, wrong: bool) -> Sample:
    """A letter whose date was typed as it stands in it, or as another day of the same years."""
    name, day = chance.choice(chance.words.names), _day(chance)
    made = decree(
        chance,
        kind=chance.choice(("sk-opd", "surat-tugas")),
        day=day,
        said=[f"Menugaskan pelaksana {name}:"],
        annex=people(chance, 8),
        signed="other",
    )
    another = date(2024, 1, 2) + (day - date(2024, 1, 2) + timedelta(days=chance.randrange(1, 600))) % timedelta(
        days=720
    )
    typed = another if wrong and another != day else None
    return Sample("typed", typed is not None, "17", 1, name, (replace(made, typed=typed),))


def unmarked(chance: Chance, wrong: bool) -> Sample:
    """The page of a budget or a plan, on which nobody marked the item."""
    name, year = chance.choice(chance.words.names), chance.choice((2025, 2024))
    return Sample(
        "marked", wrong, chance.choice(("18", "21")), 1, name, (_budget_page(chance, name, year, is_marked=not wrong),)
    )


def _budget_page(chance: Chance, name: str, year: int, *, is_marked: bool = True) -> Writ:
    said = chance.choice(
        (f"TAHUN ANGGARAN {year}", f"Tahun Anggaran : {year}", f"TA. {year}", f"DPA SKPD Tahun {year}")
    )
    lines = [
        "DOKUMEN PELAKSANAAN ANGGARAN", "SATUAN KERJA PERANGKAT DAERAH", said, "Peraturan Daerah Nomor 5 Tahun 2019 tentang Pengelolaan Keuangan Daerah",
        f"{'==' if is_marked else ''}Kegiatan : Pengelolaan inovasi {name}", "Belanja bahan cetak  Rp12.500.000", "Belanja jasa narasumber  Rp8.000.000", "Jumlah  Rp20.500.000",
    ]  # fmt: skip
    return Writ(("\n".join(lines),), "anggaran", date(year, 1, 5))


def training(chance: Chance, wrong: bool) -> Sample:
    name = chance.choice(chance.words.names)
    day = _day(chance)
    parts = {
        "undangan": f"PEMERINTAH KOTA MAGELANG\nMagelang, {_long(day)}\nNomor : 005/{chance.randrange(900)}\nHal : Undangan\nKepada Yth. peserta\nDengan hormat, mengundang Saudara pada bimbingan teknis {name}.",
        "daftar-hadir": "\n".join(["DAFTAR HADIR", f"Bimbingan Teknis {name}", f"Hari/tanggal : {_long(day)}", "No Nama Instansi Tanda tangan", *people(chance, 12)]),
        "sertifikat": f"SERTIFIKAT\nNomor : 800/{chance.randrange(900)}\ndiberikan kepada\n{person(chance)}\natas keikutsertaannya sebagai peserta pada bimbingan teknis {name} yang diselenggarakan {_long(day)}",
    }  # fmt: skip
    if wrong:
        parts.pop(chance.choice(sorted(parts)))
    writs = tuple(Writ((text,), kind, day) for kind, text in parts.items())
    return Sample("part", wrong, "20", 1, name, writs)


def accepted(chance: Chance, wrong: bool) -> Sample:
    name = chance.choice(chance.words.names)
    if wrong:
        text = "\n".join(
            [
                "LAPORAN PELAKSANAAN KEGIATAN",
                f"INOVASI {name}",
                "BAB I PENDAHULUAN",
                "Laporan ini disusun sebagai pertanggungjawaban pelaksanaan kegiatan selama satu tahun anggaran.",
            ]
        )
        writ = Writ((text,), "laporan", _day(chance))
    else:
        writ = decree(
            chance,
            kind=chance.choice(("sk-opd", "surat-tugas")),
            day=_day(chance),
            said=[f"Menugaskan pelaksana {name}:"],
            annex=people(chance, 6),
            signed="other",
        )
    return Sample("accepted", wrong, "17", 1, name, (writ,))


def film(chance: Chance, wrong: bool) -> Sample:
    seconds = chance.uniform(301, 900) if wrong else chance.uniform(40, 300)
    return Sample(
        "length", wrong, "35", 3, chance.choice(chance.words.names), (Writ((), "video", None),), {"seconds": seconds}
    )


CARDS = {
    "latar belakang": ("LATAR BELAKANG", "Latar Belakang Masalah", "1. Latar belakang"),
    "penjaringan ide": ("PENJARINGAN IDE", "Menjaring ide dari warga", "Penjaringan gagasan"),
    "pemilihan ide": ("PEMILIHAN IDE", "Ide terpilih", "3. Pemilihan ide"),
    "manfaat": ("MANFAAT", "Manfaat inovasi", "4. Manfaat"),
    "dampak": ("DAMPAK", "Dampak bagi warga", "5. Dampak"),
}


def screen(chance: Chance, wrong: bool) -> Sample:
    """A film with headings on its screen: all the parts claimed, or one or two too few; or a film that mostly speaks."""
    name, speaks = chance.choice(chance.words.names), not wrong and chance.random() < 0.3
    level = 3 if wrong else chance.choice((2, 3))
    number = (
        chance.choice((3, 4))
        if wrong
        else chance.choice((0, 1, 2))
        if speaks
        else 5
        if level == 3
        else chance.choice((3, 4))
    )
    chosen = chance.sample(sorted(CARDS), number)
    cards = [name, *(chance.choice(CARDS[part]) for part in CARDS if part in chosen), "Terima kasih"]
    return Sample(
        "count-elements", wrong, "35", level, name, (Writ(tuple(cards), "video", None),), {"seconds": 10.0 * len(cards)}
    )


def pictures(chance: Chance, wrong: bool) -> Sample:
    level = chance.choice((2, 3))
    number = chance.randrange(1, level) if wrong else level + chance.randrange(0, 2)
    writs = tuple(Writ((), "gambar", _day(chance)) for _ in range(number))
    again = writs if wrong and chance.random() < 0.5 else ()
    return Sample(
        "count-files",
        wrong,
        "27",
        level,
        chance.choice(chance.words.names),
        (*writs, *again[: level - number]),
        {"different": number},
    )


NUMERALS = {
    1: "satu",
    2: "dua",
    3: "tiga",
    4: "empat",
    5: "lima",
    6: "enam",
    7: "tujuh",
    8: "delapan",
    9: "sembilan",
    10: "sepuluh",
}


def _long_time(chance: Chance, number: int, unit: str) -> str:
    """A span as offices write it; some of them say more than one reading of it."""
    words = NUMERALS.get(number)
    ways = [f"{number} {unit}"] + ([f"{number} ({words}) {unit}", f"{words} {unit}"] if words else [])
    return chance.choice(ways)


def service(chance: Chance, wrong: bool) -> Sample:
    """An SOP: how long the service takes, among the times of its steps and how long files are kept."""
    level, name, day = chance.choice((2, 3)), chance.choice(chance.words.names), _day(chance, 2025, 2025)
    days = chance.randrange(6, 15) if wrong else {2: chance.randrange(2, 6), 3: 1}[level]
    if wrong and level == 3:
        days = chance.randrange(2, 10)
    said = chance.choice(
        ("Waktu penyelesaian", "Jangka waktu penyelesaian", "Jangka waktu", "Total waktu", "Waktu pelayanan")
    )
    steps = [
        "|No|Kegiatan|Pelaksana|Waktu", "|1|Menerima berkas|Petugas loket|5 menit", "|2|Memeriksa kelengkapan|Verifikator|30 menit",
        "|3|Menyerahkan hasil|Petugas loket|5 menit",
    ]  # fmt: skip
    lines = [
        "STANDAR OPERASIONAL PROSEDUR", f"NOMOR SOP : {chance.randrange(900)}/SOP/2025", f"NAMA SOP : Layanan {name}",
        "Pencatatan dan pendataan : arsip disimpan paling lama 5 tahun", *steps,
        f"{said}{chance.choice((' : ', ' ', ': '))}{_long_time(chance, days, 'hari')}",
        "Ditetapkan di Contoh", f"pada tanggal {_long(day)}", "KEPALA DINAS,", person(chance).upper(),
    ]  # fmt: skip
    return Sample("measure-days", wrong, "28", level, name, (Writ(("\n".join(lines),), "sop", day),))


def making(chance: Chance, wrong: bool) -> Sample:
    """A report of how the innovation was made, beside how long it has been running."""
    level, name = chance.choice((2, 3)), chance.choice(chance.words.names)
    right, long = {2: (range(5, 9), range(9, 19)), 3: (range(1, 5), range(5, 13))}[level]
    months = chance.choice(long if wrong else right)
    said = chance.choice(
        ("Lama penciptaan inovasi", "Waktu penciptaan", f"{name} diciptakan dalam", f"{name} dibangun dalam")
    )
    lines = [
        "LAPORAN PENCIPTAAN INOVASI", name.upper(), "BAB I LATAR BELAKANG", f"Sejak diterapkan {name} telah berjalan selama 2 tahun.",
        "BAB II TAHAPAN", "1. Penjaringan ide", "2. Uji coba di tiga lokasi", "3. Penerapan", f"{said} {_long_time(chance, months, 'bulan')}.",
    ]  # fmt: skip
    return Sample("measure-months", wrong, "32", level, name, (Writ(("\n".join(lines),), "laporan", _day(chance)),))


def complaints(chance: Chance, wrong: bool) -> Sample:
    """A recapitulation: how many complaints came and were settled, sometimes with the share, sometimes without."""
    level, name = chance.choice((2, 3)), chance.choice(chance.words.names)
    came = chance.randrange(40, 200)
    low, high = {(2, False): (55, 90), (3, False): (92, 100), (2, True): (10, 48), (3, True): (52, 89)}[level, wrong]
    done = round(came * chance.uniform(low, high) / 100)
    share = f"{done / came * 100:.1f}".replace(".", ",")
    counts = [f"Jumlah pengaduan masuk : {came}", f"Jumlah pengaduan diselesaikan : {done}"]
    ratio = chance.choice((f"Rasio penyelesaian : {share}%", f"Rasio penyelesaian = {done} / {came} x 100% = {share}%"))
    told = chance.choice(([*counts, ratio], counts, [ratio]))
    lines = ["REKAPITULASI PENGADUAN", f"Layanan {name}", "Tahun 2025", *told, "Kanal : loket, telepon, media sosial"]
    return Sample("measure-share", wrong, "29", level, name, (Writ(("\n".join(lines),), "gambar", _day(chance)),))


def research(chance: Chance, wrong: bool) -> Sample:
    """A report of one's own monitoring claimed as that of others."""
    level, name = 3 if wrong else chance.choice((1, 3)), chance.choice(chance.words.names)
    kind = (
        "LAPORAN MONITORING DAN EVALUASI"
        if wrong or level == 1
        else chance.choice(("LAPORAN PENELITIAN", "KAJIAN INDEPENDEN"))
    )
    lines = [
        kind,
        name.upper(),
        "BAB I PENDAHULUAN",
        "Laporan ini disusun untuk mengetahui manfaat inovasi bagi masyarakat.",
        "BAB II HASIL",
    ]
    return Sample("phrase", wrong, "34", level, name, (Writ(("\n".join(lines),), "laporan", _day(chance)),))


def expired(chance: Chance, wrong: bool) -> Sample:
    """A letter whose validity, as a person typed it, ended before the years that count."""
    name, day = chance.choice(chance.words.names), _day(chance)
    made = decree(
        chance,
        kind="surat-tugas",
        day=day,
        said=[f"Menugaskan pelaksana {name}:"],
        annex=people(chance, 8),
        signed="other",
    )
    until = (
        date(chance.choice((2021, 2022, 2023)), 12, 31)
        if wrong
        else chance.choice((None, date(2026, 12, 31), date(2024, 6, 30)))
    )
    return Sample("validity", wrong, "17", 1, name, (made,), {"valid_until": until})


def shared(chance: Chance, wrong: bool) -> Sample:
    """A report of one innovation brought forward for another too."""
    name, *others = chance.sample(chance.words.names, 3)
    lines = [
        "LAPORAN PENCIPTAAN INOVASI",
        name.upper(),
        "BAB I LATAR BELAKANG",
        "Inovasi ini lahir dari keluhan warga.",
    ]
    uses = (
        [("32", others[0], False)] if wrong else chance.choice(([], [("34", name, True)], [("33", others[1], False)]))
    )
    return Sample("shared", wrong, "32", 1, name, (Writ(("\n".join(lines),), "laporan", _day(chance)),), {"uses": uses})


def apart(chance: Chance, wrong: bool) -> Sample:
    """One decree for the regulation and for the story of how the innovation was made."""
    name = chance.choice(chance.words.names)
    made = decree(
        chance, kind="perda", day=_day(chance, 2024, 2025), said=[f"KESATU : Menetapkan {name} sebagai inovasi daerah."]
    )
    return Sample(
        "apart", wrong, "16", 3, name, (made,), {"uses": [("32" if wrong else chance.choice(("17", "24")), name, True)]}
    )


MAKERS: tuple[Callable[[Chance, bool], Sample], ...] = (
    named, instrument, signer, dated, persons, network, involved, budget, training, accepted, film, pictures, service,
    making, complaints, research, expired, shared, apart, unmarked, screen, unsigned, mistyped,
)  # fmt: skip


OWN = Words(NAMES, OTHERS, PLACES, UNITS, PEOPLE, LAWS)
