"""The words of the profile form: its sections, and for each field a label, help and an example.

What the edition of the year says comes first; what it leaves to us (the six parts, the criteria) is said here.
"""

from __future__ import annotations

from dataclasses import dataclass

from pamong.innovations import rules
from pamong.innovations.labels import unit_label
from pamong.innovations.models import Innovation


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the profile page."""

    key: str
    title: str
    lead: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """How one field is explained."""

    label: str
    help: str = ""
    example: str = ""


SECTIONS = (
    Section(
        "identitas",
        "Identitas",
        "Nama harus persis sama dengan yang tertulis dalam SK, Perkada, atau Perda.",
        (
            "name", "changed", "initiator", "initiator_name", "classification", "kind", "form", "theme", "programme",
            "affair", "other_affairs",
        ),
    ),
    Section(
        "waktu-tempat",
        "Waktu dan tempat",
        "Waktu penerapan menentukan tahun penilaian yang dapat diikuti.",
        ("since", "trial_on", "applied_on", "developed_on", "development", "coordinate"),
    ),
    Section(
        "rancang-bangun",
        "Rancang bangun dan pokok perubahan",
        "Enam bagian, bersama-sama sedikitnya {words} kata.",
        Innovation.DESIGN_PARTS,
    ),
    Section(
        "hasil",
        "Tujuan, manfaat, dan hasil",
        "Angka sebelum dan sesudah lebih meyakinkan daripada kata sifat.",
        ("purpose", "benefit", "result"),
    ),
    Section(
        "kriteria",
        "Lima kriteria inovasi daerah",
        "PP 38/2017 pasal 6: kelimanya harus terpenuhi. Beri alasan singkat untuk masing-masing.",
        Innovation.CRITERIA,
    ),
)  # fmt: skip

_EDITION_CODE = {"programme": "cluster"}
_CRITERION = dict(zip(Innovation.CRITERIA, range(5), strict=True))
_PART = dict(zip(Innovation.DESIGN_PARTS, range(6), strict=True))
_OWN = {
    "changed": About(
        "Apa yang berubah",
        "Satu dua kalimat: dahulu bagaimana, sekarang bagaimana.",
        "Dahulu pasien antre sejak subuh; sekarang mendapat jam layanan lewat SMS.",
    ),
    "since": About("Sejak", "Kapan perubahan ini mulai dikerjakan.", "1/6/2024"),
    "development": About(
        "Penjelasan pengembangan",
        "Isi atau jangkauan apa yang ditambah, dibandingkan dengan sebelumnya.",
        "Semula di 2 puskesmas, kini di 5 puskesmas dan melayani kunjungan rumah.",
    ),
    "coordinate": About(
        "Titik koordinat",
        "Lintang, bujur tempat inovasi dijalankan. Boleh menempel tautan Google Maps atau OpenStreetMap.",
        "-7.4706, 110.2178",
    ),
}
_EXAMPLES = {
    "legal_basis": "UU 25/2009 tentang Pelayanan Publik; Perwal Nomor … Tahun 2024 tentang …",
    "problem": "Makro: angka kematian ibu provinsi 98 per 100.000. Mikro: 4 dari 10 ibu hamil di Puskesmas X tidak terpantau (2023).",
    "strategic_issue": "Global: SDGs 3. Nasional: Asta Cita 4. Lokal: RPJMD misi ke-2.",
    "method": "Sebelum: pendaftaran di loket sejak pukul 05.00. Sesudah: jadwal diberikan sehari sebelumnya lewat kader.",
    "novelty": "Belum ada puskesmas lain di kota ini yang memakai kader sebagai pengatur jadwal.",
    "steps": "1. Kader mendata. 2. Bidan memeriksa risiko. 3. Jadwal dikirim. 4. Kunjungan dicatat.",
    "criterion_renewal": "Cara memberi jadwal lewat kader belum pernah ada di sini.",
    "criterion_benefit": "1.240 ibu hamil terpantau; waktu tunggu turun dari 90 menjadi 20 menit.",
    "criterion_no_burden": "Tidak ada biaya, syarat, atau larangan baru bagi masyarakat.",
    "criterion_authority": "Urusan kesehatan, kewenangan kota menurut UU 23/2014.",
    "criterion_replicable": "Puskesmas lain cukup melatih kader dua hari dan memakai formulir yang sama.",
}


def about(name: str) -> About:
    """Label, help and example of a field, this year's edition first."""
    if name in _CRITERION:
        criterion = rules.current().criteria[_CRITERION[name]]
        return About(criterion.label, criterion.help, _EXAMPLES[name])
    if name in _PART:
        part = rules.current().design.parts[_PART[name]]
        return About(part.label, part.help, _EXAMPLES[name])
    field = rules.fields().get(_EDITION_CODE.get(name, name))
    if name in _OWN or field is None:
        text = unit_label(name)
        return _OWN.get(name, About(text[:1].upper() + text[1:]))
    return About(field.label, field.help, _written(field.example) if field.type == "date" else field.example)


def _written(day: str) -> str:
    """The edition's ``2025-06-02`` as people write it: ``2/6/2025``."""
    year, month, number = day.split("-")
    return f"{int(number)}/{int(month)}/{year}"
