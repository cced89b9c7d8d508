"""What an indicator accepts as evidence, in words for people and in media types for the machine."""

from __future__ import annotations

from datetime import date

from pamong.common.permit import YES, Permit, no
from pamong.engine.edition import Edition, Evidence, Indicator
from pamong.evidence.models import Document, Version

MEDIA_TYPES = {
    "pdf": ("application/pdf",),
    "jpg": ("image/jpeg",),
    "png": ("image/png",),
    "mp4": ("video/mp4",),
}
MEGABYTE = 1024 * 1024


def evidence_of(indicator: Indicator, basis: str = "") -> Evidence:
    """What proves ``indicator``: that of the chosen basis, where there is one."""
    return next((each.evidence for each in indicator.bases if each.code == basis), indicator.evidence)


def allowed_types(indicator: Indicator) -> tuple[str, ...]:
    """The media types of the files accepted."""
    return tuple(media for kind in indicator.evidence.file_types for media in MEDIA_TYPES.get(kind, ()))


def max_bytes(indicator: Indicator, edition: Edition) -> int:
    """The largest file accepted: videos may be larger."""
    limit = edition.files.video_mb if "mp4" in indicator.evidence.file_types else edition.files.evidence_mb
    return limit * MEGABYTE


def types_in_words(indicator: Indicator) -> str:
    """``PDF, JPG atau tautan``."""
    words = [kind.upper() for kind in indicator.evidence.file_types]
    if indicator.evidence.link_allowed:
        words.append("tautan")
    return " atau ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def accepts(indicator: Indicator, edition: Edition, version: Version | None) -> Permit:
    """Whether the file or link fits the indicator, by what it is and how large it is."""
    if version is None:
        return no("Dokumen ini belum mempunyai berkas atau tautan. Lengkapi dahulu.")
    wanted = f"Indikator {indicator.code} menerima {types_in_words(indicator)}"
    if version.link:
        return YES if indicator.evidence.link_allowed else no(f"{wanted}; dokumen ini berupa tautan. Unggah berkasnya.")
    if version.media_type not in allowed_types(indicator):
        return no(f"{wanted}; dokumen ini berjenis lain. Pilih atau unggah dokumen yang sesuai.")
    if version.size > max_bytes(indicator, edition):
        limit = max_bytes(indicator, edition) // MEGABYTE
        return no(f"Berkas dokumen ini lebih dari {limit} MB. Perkecil berkasnya, lalu ganti.")
    return YES


def doubts(evidence: Evidence, year: int, document: Document) -> tuple[str, ...]:
    """What a verifier may stumble over: the date outside the years asked for, or a validity that ended."""
    found = []
    years = evidence.calendar_years(year)
    if document.dated and years and document.dated.year not in years:
        found.append(f"Tanggal dokumen {document.dated.year}, padahal yang diminta {years_in_words(years)}.")
    if document.valid_until and document.valid_until < date(min(years, default=year), 1, 1):
        found.append(f"Masa berlaku berakhir {document.valid_until.year}.")
    return tuple(found)


def years_in_words(years: tuple[int, ...]) -> str:
    """``2024–2026``, or the years one by one where they do not follow each other."""
    ordered = sorted(years)
    if not ordered:
        return ""
    if len(ordered) > 1 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{ordered[0]}–{ordered[-1]}"
    return ", ".join(str(year) for year in ordered)
