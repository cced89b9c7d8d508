"""Where the annual assessment lives, under the region's address."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter

from pamong.assessments.views import entries, handing, indicators, pairing, years

app_name = "assessments"


class _Word:
    """A part of an address that is text in a fixed alphabet."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: object) -> str:
        return str(value)


class Year(_Word):
    """Four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)


class EntryCode(_Word):
    """A public code as ``common.codes`` makes it."""

    regex = "[0-9A-Z]{4,12}"


class IndicatorCode(_Word):
    """``16``, ``5a``."""

    regex = "[0-9]{1,2}[a-z]?"


register_converter(Year, "assessment_year")
register_converter(EntryCode, "entry_code")
register_converter(IndicatorCode, "indicator_code")

YEAR = "<assessment_year:year>/"
ENTRY = f"{YEAR}ikut/<entry_code:code>/"
INDICATOR = f"{ENTRY}indikator/<indicator_code:indicator>/"

urlpatterns: list[URLPattern] = [
    path("", years.listing, name="list"),
    path("ekspor/", years.export_years, name="export_years"),
    path("siapkan/", years.prepare, name="prepare"),
    path("dokumen/<entry_code:code>/ganti/", indicators.replace_document, name="replace_document"),
    path("inovasi/<entry_code:code>/", entries.history, name="innovation"),
    path(YEAR, years.year, name="year"),
    path(f"{YEAR}ekspor/", years.export, name="export"),
    path(f"{YEAR}tanggal/", years.reschedule, name="reschedule"),
    path(f"{YEAR}buka/", years.open_, name="open"),
    path(f"{YEAR}perpanjang/", years.extend, name="extend"),
    path(f"{YEAR}akhiri-pelaporan/", years.end_reporting, name="end_reporting"),
    path(f"{YEAR}buka-lagi/", years.reopen_reporting, name="reopen_reporting"),
    path(f"{YEAR}daerah/", entries.institution, name="institution"),
    path(f"{YEAR}ikut/", entries.enter, name="enter"),
    path(f"{YEAR}pasangkan/", pairing.pair, name="pair"),
    path(ENTRY, entries.entry, name="entry"),
    path(f"{ENTRY}ekspor/", entries.export, name="export_entry"),
    path(f"{ENTRY}profil/", entries.profile, name="profile"),
    path(f"{ENTRY}kelengkapan/", entries.check, name="completeness"),
    path(f"{ENTRY}batalkan/", entries.remove, name="remove"),
    path(f"{ENTRY}ajukan/", handing.submit, name="submit"),
    path(f"{ENTRY}ajukan-kembali/", handing.resubmit, name="resubmit"),
    path(f"{ENTRY}sahkan/", handing.endorse, name="endorse"),
    path(f"{ENTRY}kembalikan/", handing.decline, name="decline"),
    path(f"{ENTRY}tarik/", handing.withdraw, name="withdraw"),
    path(INDICATOR, indicators.indicator, name="indicator"),
    path(f"{INDICATOR}lepas/<int:proof>/", indicators.detach, name="detach"),
    path(f"{ENTRY}bukti/<int:proof>/", indicators.proof_file, name="proof_file"),
]
