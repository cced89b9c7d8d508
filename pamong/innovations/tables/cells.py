"""From a cell to a value of the profile: choices by name, dates in any form, places, affairs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pamong.innovations import coordinates, dates, rules
from pamong.innovations.models import Innovation
from pamong.innovations.states import Stage
from pamong.innovations.words import normal


class NotUnderstood(ValueError):
    """The cell cannot be taken; the message says what to write."""


_CHOICES: Mapping[str, Any] = {
    "initiator": Innovation.Initiator,
    "classification": Innovation.Classification,
    "kind": Innovation.Kind,
    "form": Innovation.Form,
}
_ALIASES = {
    "initiator": {
        "opd": "perangkat-daerah", "pd": "perangkat-daerah", "dprd": "anggota-dprd", "kdh": "kepala-daerah",
        "aparatur sipil negara": "asn", "pns": "asn", "warga": "masyarakat", "walikota": "kepala-daerah",
        "wali kota": "kepala-daerah", "bupati": "kepala-daerah", "gubernur": "kepala-daerah",
    },
    "classification": {"opd": "perangkat-daerah", "perangkat daerah": "perangkat-daerah", "desa": "desa-kelurahan",
                       "kelurahan": "desa-kelurahan", "desa kelurahan": "desa-kelurahan", "masyarakat": "masyarakat"},
    "kind": {"nondigital": "non-digital", "bukan digital": "non-digital", "manual": "non-digital", "teknologi": "digital"},
    "form": {
        "tata kelola": "tata-kelola", "tata kelola pemerintahan": "tata-kelola", "pelayanan publik": "pelayanan-publik",
        "pelayanan": "pelayanan-publik", "lainnya": "lainnya", "inovasi daerah lainnya": "lainnya",
        "inovasi daerah lainnya sesuai urusan yang menjadi kewenangan daerah": "lainnya",
    },
    "affair": {
        "pupr": "pekerjaan-umum", "pu": "pekerjaan-umum", "pekerjaan umum": "pekerjaan-umum", "dukcapil": "kependudukan",
        "adminduk": "kependudukan", "kependudukan": "kependudukan", "trantibum": "ketenteraman",
        "trantibumlinmas": "ketenteraman", "ketertiban umum": "ketenteraman", "perumahan": "perumahan-rakyat",
        "perkim": "perumahan-rakyat", "lh": "lingkungan-hidup", "kominfo": "kominfo", "pppa": "perempuan-anak",
        "pemberdayaan perempuan": "perempuan-anak", "kb": "keluarga-berencana", "dalduk kb": "keluarga-berencana",
        "ukm": "koperasi-ukm", "koperasi": "koperasi-ukm", "umkm": "koperasi-ukm", "pora": "pemuda-olahraga",
        "bappeda": "perencanaan", "bkd": "kepegawaian", "penelitian": "litbang", "esdm": "energi",
        "pmd": "pemberdayaan-desa", "investasi": "penanaman-modal", "kelautan": "kelautan-perikanan",
        "perikanan": "kelautan-perikanan", "perijinan": "penanaman-modal", "perizinan": "penanaman-modal",
    },
}  # fmt: skip


def understand(field: str, cell: Any) -> dict[str, Any]:
    """The profile fields a filled ``cell`` of column ``field`` gives. Raises ``NotUnderstood``."""
    column = {"coordinate": _place, "other_affairs": _affairs, "design": _design}.get(field)
    if column is not None:
        return column(str(cell).strip())
    if field in ("latitude", "longitude"):
        return {field: _degrees(cell)}
    if field in _CHOICES or field in rules.LISTS:
        return {field: choice(field, str(cell))}
    if field in ("since", "trial_on", "applied_on", "developed_on"):
        return {field: _day(cell)}
    return {field: _text(field, str(cell).strip())}


def _text(field: str, text: str) -> str:
    longest = Innovation._meta.get_field(field).max_length  # type: ignore[union-attr]
    if longest and len(text) > longest:
        raise NotUnderstood(f"Lebih panjang dari {longest} huruf. Ringkas.")
    return " ".join(text.split()) if field in ("name", "initiator_name") else text


def _day(cell: Any) -> date:
    try:
        return dates.parse(cell)
    except dates.NotADate as fault:
        raise NotUnderstood(str(fault)) from None


def _place(text: str) -> dict[str, Any]:
    try:
        latitude, longitude = coordinates.parse(text)
    except coordinates.NotAPlace as fault:
        raise NotUnderstood(str(fault)) from None
    return {"latitude": latitude, "longitude": longitude}


def _degrees(cell: Any) -> Decimal:
    match = re.fullmatch(r"[-−]?\d{1,3}([.,]\d+)?", str(cell).strip())
    if match is None:
        raise NotUnderstood("Tulis derajat desimal, misalnya -7.4706.")
    return Decimal(match[0].replace("−", "-").replace(",", ".")).quantize(Decimal("0.000001"))


def _design(text: str) -> dict[str, Any]:
    """A whole *rancang bangun* in one cell goes where before and after are told; it can be divided later."""
    return {"method": text}


def _affairs(text: str) -> dict[str, Any]:
    """Several affairs, by semicolons or lines; by commas only where no affair's own name has them."""
    found: list[str] = []
    for piece in filter(None, (part.strip() for part in re.split(r"[;\n|]", text))):
        try:
            found.append(choice("other_affairs", piece))
        except NotUnderstood:
            found += [choice("other_affairs", part) for part in piece.split(",") if part.strip()]
    return {"other_affairs": list(dict.fromkeys(found))}


def choice(field: str, text: str) -> str:
    """The code of the choice that ``text`` names: by code, name, the beginning of its name, or a usual short form."""
    wanted, known = normal(text), _names(field, rules.current().code)
    if wanted in known:
        return known[wanted]
    begins = {code for name, code in known.items() if len(wanted) > 3 and name.startswith(f"{wanted} ")}
    if len(begins) == 1:
        return begins.pop()
    near = get_close_matches(wanted, known, 1, 0.75)
    hint = f" Mungkin maksudnya “{_label(field, known[near[0]])}”?" if near else " Tulis seperti pada daftar pilihan."
    raise NotUnderstood(f"“{text[:60]}” tidak dikenal.{hint}")


@lru_cache(maxsize=16)
def _names(field: str, _edition: str) -> dict[str, str]:
    pairs = _CHOICES[field].choices if field in _CHOICES else rules.choices(field)
    names = {normal(str(label)): code for code, label in pairs} | {normal(code): code for code, _label in pairs}
    if field == "theme":
        names |= {normal(str(label).split(":")[0]): code for code, label in pairs}
    return names | _ALIASES.get("affair" if field == "other_affairs" else field, {})


def _label(field: str, code: str) -> str:
    return rules.label(field, code) if field in rules.LISTS else str(_CHOICES[field](code).label)


# -- stage ------------------------------------------------------------------------------------------------------------

_STAGES: tuple[tuple[Callable[[str], bool], Stage], ...] = (
    (lambda text: "uji" in text and "coba" in text, Stage.TRIAL),
    (lambda text: any(word in text for word in ("terap", "implementasi", "berjalan", "aktif")), Stage.IMPLEMENTED),
    (lambda text: any(word in text for word in ("inisiatif", "gagasan", "ide", "usul", "rencana")), Stage.IDEA),
)


def stage(text: str) -> Stage:
    """The stage that ``text`` names, in our words or the ministry's. Raises ``NotUnderstood``."""
    wanted = normal(text)
    for each in Stage:
        if wanted in (normal(str(each.label)), each.value):
            return each
    for fits, found in _STAGES:
        if fits(wanted):
            return found
    raise NotUnderstood(f"Tahapan “{text[:40]}” tidak dikenal. Tulis Inisiatif, Uji coba, atau Penerapan.")
