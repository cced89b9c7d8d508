"""What an indicator accepts as evidence, in words for people and in media types for the machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pamong.common.permit import YES, Permit, no
from pamong.engine.edition import Edition, Evidence, EvidenceRequirement, Indicator, Level
from pamong.evidence.inspection.kinds import BY_MEDIA_TYPE, known
from pamong.evidence.models import Document, Version

MEGABYTE = 1024 * 1024


def evidence_of(indicator: Indicator, basis: str = "") -> Evidence:
    """What proves ``indicator``: that of the chosen basis, where there is one."""
    return next((each.evidence for each in indicator.bases if each.code == basis), indicator.evidence)


def limits(indicator: Indicator, edition: Edition) -> dict[str, Any]:
    """The kinds, size and length of the files accepted, as ``evidence.actions`` wants them: videos may be larger."""
    is_video = "mp4" in indicator.evidence.file_types
    return {
        "allowed": indicator.evidence.file_types,
        "max_bytes": (edition.files.video_mb if is_video else edition.files.evidence_mb) * MEGABYTE,
        "max_seconds": edition.files.video_minutes * 60 if is_video else None,
    }


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
    kind = BY_MEDIA_TYPE.get(version.media_type)
    if kind is None or kind.code not in known(indicator.evidence.file_types):
        return no(f"{wanted}; dokumen ini berjenis lain. Pilih atau unggah dokumen yang sesuai.")
    most = limits(indicator, edition)["max_bytes"]
    if version.size > most:
        return no(f"Berkas dokumen ini lebih dari {most // MEGABYTE} MB. Perkecil berkasnya, lalu ganti.")
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


# -- the rule in words --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scale:
    """Three levels in words: of the indicator, or of one of its alternative bases."""

    code: str
    label: str
    levels: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What an indicator asks for in one assessment year, with real years in the place of ``T-1``."""

    scales: tuple[Scale, ...]
    summary: str
    requirements: tuple[str, ...]
    years: str
    source: str


def rule(edition: Edition, indicator: Indicator, levels: tuple[Level, ...], year: int) -> Rule:
    """The rule of ``indicator`` for people; ``levels`` are those for the innovation's kind."""

    def texts(each: tuple[Level, ...]) -> tuple[str, ...]:
        return tuple(with_years(level.text, year) for level in each)

    scales = tuple(
        Scale(basis.code, basis.label, texts(basis.levels), with_years(basis.evidence.summary, year))
        for basis in indicator.bases
    ) or (Scale("", "", texts(levels), ""),)
    return Rule(
        scales=scales,
        summary=with_years(indicator.evidence.summary, year),
        requirements=tuple(with_years(_in_words(each), year) for each in indicator.evidence.requirements),
        years=years_in_words(indicator.evidence.calendar_years(year)),
        source=edition.cite(indicator.source).title,
    )


def with_years(text: str, year: int) -> str:
    """``T-1`` as ``2025``."""
    return re.sub(r"\bT-(\d)\b", lambda found: str(year - int(found[1])), text)


def _in_words(each: EvidenceRequirement) -> str:
    parts = [each.label]
    if each.minimum > 1:
        parts.append(f", sedikitnya {each.minimum}")
    if each.per:
        parts.append(f", satu untuk setiap {each.per}")
    if each.alternatives:
        parts.append(f" (salah satu: {'; '.join(each.alternatives)})")
    if each.from_level > 1:
        parts.append(f", mulai tingkat {each.from_level}")
    if each.when:
        parts.append(f", bila {each.when}")
    return "".join(parts)
