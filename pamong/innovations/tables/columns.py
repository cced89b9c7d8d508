"""Which column of the office's table means which field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from pamong.innovations import rules
from pamong.innovations.labels import unit_label
from pamong.innovations.texts import SECTIONS, about
from pamong.innovations.words import normal

IGNORE = ""
# Fields of the table that are not fields of the profile.
CODE, AGENCY, STAGE, DESIGN, LATITUDE, LONGITUDE = "code", "agency", "stage", "design", "latitude", "longitude"
_OWN = {
    CODE: ("Kode inovasi", ("kode", "kode inovasi", "kode pamong")),
    AGENCY: (
        "Perangkat daerah",
        (
            "opd", "perangkat daerah", "instansi", "skpd", "unit kerja", "dibuat oleh", "nama opd", "nama perangkat daerah",
            "opd pengampu", "pengampu", "opd pelaksana", "pelaksana", "perangkat daerah pembuat", "opd pembuat",
            "nama instansi", "unit", "perangkat daerah pengampu", "organisasi",
        ),
    ),
    STAGE: ("Tahapan", ("tahapan", "tahap", "tahapan inovasi", "status", "status inovasi")),
    DESIGN: (
        "Rancang bangun (satu kolom)",
        ("rancang bangun", "rancang bangun dan pokok perubahan", "rancang bangun inovasi", "rancang bangun inovasi daerah"),
    ),
    LATITUDE: ("Lintang", ("lintang", "latitude", "lat")),
    LONGITUDE: ("Bujur", ("bujur", "longitude", "long", "lon", "lng")),
}  # fmt: skip
_SYNONYMS = {
    "name": ("nama", "inovasi", "judul", "judul inovasi", "nama judul inovasi", "nama inovasi daerah"),
    "changed": ("deskripsi", "uraian", "ringkasan", "deskripsi singkat", "penjelasan", "pokok perubahan", "gambaran umum"),
    "since": ("sejak kapan", "mulai", "tahun mulai"),
    "initiator": ("inisiator", "inisiator inovasi", "inisiator inovasi daerah"),
    "initiator_name": ("inovator", "nama inovator", "penggagas", "nama penggagas"),
    "classification": ("klasifikasi",),
    "kind": ("jenis", "digital non digital", "digital nondigital"),
    "form": ("bentuk", "bentuk inovasi daerah"),
    "theme": ("tema", "tematik inovasi", "asta cita"),
    "programme": ("pkpn", "program prioritas", "klaster"),
    "affair": ("urusan", "urusan pemerintahan", "urusan inovasi", "urusan inovasi daerah", "bidang urusan", "urusan wajib"),
    "other_affairs": ("urusan lain", "urusan beririsan", "urusan pendukung"),
    "trial_on": ("tanggal uji coba", "tgl uji coba", "uji coba", "waktu uji coba inovasi daerah", "waktu ujicoba"),
    "applied_on": (
        "penerapan", "tanggal penerapan", "tgl penerapan", "waktu implementasi", "tanggal implementasi", "tgl implementasi",
        "implementasi", "waktu inovasi daerah diterapkan", "waktu diterapkan", "mulai diterapkan", "mulai penerapan",
    ),
    "developed_on": ("tanggal pengembangan", "tgl pengembangan", "waktu pengembangan", "pengembangan"),
    "development": ("penjelasan pengembangan", "uraian pengembangan"),
    "coordinate": ("koordinat", "lokasi", "titik lokasi", "lat long"),
    "purpose": ("tujuan",),
    "benefit": ("manfaat", "kemanfaatan", "manfaat yang diperoleh"),
    "result": ("hasil", "hasil inovasi", "output"),
    "problem": ("permasalahan", "masalah", "latar belakang"),
    "legal_basis": ("dasar hukum", "regulasi"),
    "novelty": ("keunggulan", "kebaruan", "kebaharuan"),
    "steps": ("cara kerja", "tahapan kerja", "langkah kerja"),
    "method": ("metode", "metode pembaruan", "metode pembaharuan"),
}  # fmt: skip
UNITS = tuple(unit for section in SECTIONS for unit in section.fields)


def labels() -> dict[str, str]:
    """Every field a column can mean, with its name for people, in the order of the choice."""
    return _labels(rules.current().code)


@cache
def _labels(_edition: str) -> dict[str, str]:
    own = {field: label for field, (label, _synonyms) in _OWN.items()}
    profile = {unit: about(unit).label for unit in UNITS}
    return {CODE: own[CODE], "name": profile["name"], AGENCY: own[AGENCY], STAGE: own[STAGE]} | profile | own


def _known() -> dict[str, str]:
    return _known_in(rules.current().code)


@cache
def _known_in(_edition: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for unit in UNITS:
        for text in (about(unit).label, unit_label(unit), *_SYNONYMS.get(unit, ())):
            known.setdefault(normal(text), unit)
    for field, (_label, synonyms) in _OWN.items():
        known.update(dict.fromkeys(synonyms, field))
    return known


def recognised(headers: Iterable[str]) -> int:
    """How many of ``headers`` are understood."""
    known = _known()
    return sum(normal(header) in known for header in headers)


def guess(headers: Sequence[str], remembered: Mapping[str, str]) -> list[str]:
    """The field of each column: as decided here before, else as the heading says, each field once; else ignored."""
    known, fields, taken = _known(), labels(), set[str]()
    columns = []
    for header in headers:
        field = remembered.get(normal(header)[:200], known.get(normal(header), IGNORE))
        field = field if field in fields and field not in taken else IGNORE
        taken.add(field)
        columns.append(field)
    return columns
