"""May this innovation enter an assessment year? Each rule is looked at and answered in plain words.

Nothing is decided silently: every check gives a ``Finding``, also when all is well, so that a page can show the whole
list. The limits are the edition's; the caller supplies facts, never a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pamong.engine.model import Edition
from pamong.engine.words import count_words

REGULATION = "16"  # the indicator whose evidence must name the innovation


class Severity(StrEnum):
    """How a finding weighs: met, not known yet, worth a look, or in the way."""

    OK = "ok"
    UNKNOWN = "unknown"
    WARNING = "warning"
    BLOCKING = "blocking"


@dataclass(frozen=True)
class Candidate:
    """The facts about an innovation that the rules look at. ``None`` means not known.

    ``times_entered`` counts earlier assessment years; ``duplicate_of`` names innovations taken to be the same;
    ``criteria`` says for each criterion of PP 38/2017 article 6 whether it is met."""

    stage: str
    applied_on: date | None
    design: str
    levels: Mapping[str, int] = field(default_factory=dict)
    developed_on: date | None = None
    trial_on: date | None = None
    times_entered: int = 0
    named_in_regulation: bool | None = None
    duplicate_of: tuple[str, ...] = ()
    criteria: Mapping[str, bool | None] | None = None


@dataclass(frozen=True)
class Finding:
    """What one rule says: its code, how it weighs, what is the case, what to do about it, and the source of the rule."""

    code: str
    severity: Severity
    message: str
    remedy: str
    source: str

    @property
    def ok(self) -> bool:
        return self.severity is Severity.OK

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCKING


def findings(edition: Edition, candidate: Candidate) -> tuple[Finding, ...]:
    """What every rule of ``edition`` says about ``candidate``, always in the same order."""
    return tuple(check(edition, candidate) for check in CHECKS)


def may_enter(found: Iterable[Finding]) -> bool:
    """Whether nothing stands in the way. What is unknown or merely worth a look does not block."""
    return not any(finding.blocks for finding in found)


def in_window(edition: Edition, day: date | None) -> bool:
    """Whether ``day`` lies in the calendar years the edition admits."""
    first, last = edition.window_years
    return day is not None and first <= day.year <= last


def _stage(edition: Edition, candidate: Candidate) -> Finding:
    source = edition.window.source
    if candidate.stage in edition.window.stages:
        return Finding("stage", Severity.OK, "Tahapan inovasi dapat dinilai.", "", source)
    labels = {each.code: each.label for each in edition.stages}
    wanted = " atau ".join(labels[code] for code in edition.window.stages)
    message = f"Tahapan inovasi ini “{labels.get(candidate.stage, candidate.stage)}”; yang dinilai hanya {wanted}."
    return Finding("stage", Severity.BLOCKING, message, "Kirim setelah inovasi diterapkan.", source)


def _window(edition: Edition, candidate: Candidate) -> Finding:
    first, last = edition.window_years
    source, span = edition.window.source, f"1 Januari {first} sampai 31 Desember {last}"
    if candidate.applied_on is None:
        return Finding("window", Severity.BLOCKING, "Waktu penerapan belum diisi.", "Isi waktu penerapan.", source)
    if in_window(edition, candidate.applied_on):
        return Finding("window", Severity.OK, f"Waktu penerapan berada dalam {span}.", "", source)
    if candidate.applied_on.year > last:
        message = f"Inovasi baru diterapkan sesudah {last}; tahun {edition.year} menilai penerapan {span}."
        return Finding("window", Severity.BLOCKING, message, "Kirim pada tahun penilaian berikutnya.", source)
    if edition.window.development_counts and in_window(edition, candidate.developed_on):
        return Finding("window", Severity.OK, f"Inovasi dikembangkan dalam {span}.", "", source)
    remedy = "Bila inovasi pernah dikembangkan dalam rentang itu, isi tanggal dan penjelasan pengembangannya."
    return Finding("window", Severity.BLOCKING, f"Waktu penerapan lebih awal daripada {span}.", remedy, source)


def _trial(edition: Edition, candidate: Candidate) -> Finding:
    source = edition.trial.source
    if candidate.trial_on is None or candidate.applied_on is None:
        return Finding("trial", Severity.UNKNOWN, "Waktu uji coba belum diketahui.", "Isi waktu uji coba.", source)
    if candidate.trial_on > candidate.applied_on:
        message = "Waktu uji coba sesudah waktu penerapan."
        return Finding("trial", Severity.BLOCKING, message, "Perbaiki salah satu tanggalnya.", source)
    if _months(candidate.trial_on, candidate.applied_on) > edition.trial.max_months:
        message = f"Uji coba berlangsung lebih dari {edition.trial.max_months} bulan."
        return Finding("trial", Severity.WARNING, message, "Periksa tanggalnya, atau jelaskan alasannya.", source)
    return Finding("trial", Severity.OK, "Waktu uji coba wajar.", "", source)


def _months(start: date, end: date) -> int:
    """Months from ``start`` to ``end``, begun ones counted."""
    return (end.year - start.year) * 12 + end.month - start.month + (end.day > start.day)


def _entries(edition: Edition, candidate: Candidate) -> Finding:
    most, source = edition.window.max_entries, edition.window.source
    if candidate.times_entered < most:
        message = f"Sudah {candidate.times_entered} dari paling banyak {most} kali dinilai."
        return Finding("entries", Severity.OK, message, "", source)
    message = f"Sudah {candidate.times_entered} kali dinilai; paling banyak {most} kali."
    if edition.window.development_renews and in_window(edition, candidate.developed_on):
        remedy = "Siapkan bukti pengembangan; inovasi hanya diterima lagi bila pengembangannya nyata."
        return Finding("entries", Severity.WARNING, message, remedy, source)
    remedy = "Arsipkan, atau kembangkan inovasinya lalu isi tanggal pengembangan."
    return Finding("entries", Severity.BLOCKING, message, remedy, source)


def _mandatory(edition: Edition, candidate: Candidate) -> Finding:
    missing = [each for each in edition.innovation if each.mandatory and not candidate.levels.get(each.code)]
    if not missing:
        return Finding("mandatory", Severity.OK, "Semua indikator wajib terisi.", "", edition.innovation[0].source)
    names = "; ".join(f"{each.code} {each.name}" for each in missing)
    remedy = "Isi tingkat dan bukti dukungnya. Tanpa indikator wajib, inovasi dinilai tidak layak."
    return Finding("mandatory", Severity.BLOCKING, f"Indikator wajib belum terisi: {names}.", remedy, missing[0].source)


def _design(edition: Edition, candidate: Candidate) -> Finding:
    words, least, source = count_words(candidate.design), edition.design.min_words, edition.design.source
    if words >= least:
        return Finding("design", Severity.OK, f"Rancang bangun memuat {words} kata.", "", source)
    message = f"Rancang bangun baru memuat {words} dari sedikitnya {least} kata."
    parts = ", ".join(part.label.lower() for part in edition.design.parts)
    remedy = f"Tambahkan sedikitnya {least - words} kata, dan lengkapi bagian-bagiannya: {parts}."
    return Finding("design", Severity.BLOCKING, message, remedy, source)


def _regulation(edition: Edition, candidate: Candidate) -> Finding:
    source = edition.indicators[REGULATION].source
    if candidate.named_in_regulation:
        return Finding("regulation", Severity.OK, "Nama inovasi tercantum dalam regulasi.", "", source)
    if candidate.named_in_regulation is None:
        message = "Belum diketahui apakah nama inovasi tercantum dalam regulasi."
        return Finding("regulation", Severity.UNKNOWN, message, "Periksa halaman daftar inovasi pada regulasi.", source)
    message = "Nama inovasi tidak tercantum dalam regulasi."
    remedy = "Samakan namanya dengan regulasi, atau lampirkan SK atau Perkada yang memuat nama inovasi."
    return Finding("regulation", Severity.BLOCKING, message, remedy, source)


def _duplicates(edition: Edition, candidate: Candidate) -> Finding:
    if not candidate.duplicate_of:
        return Finding(
            "duplicates", Severity.OK, "Tidak ada inovasi lain dengan nama yang sama.", "", edition.window.source
        )
    message = f"Inovasi yang sama sudah ada: {', '.join(candidate.duplicate_of)}."
    remedy = "Gabungkan, atau jelaskan perbedaannya. Meniru inovasi lain dicatat sebagai replikasi."
    return Finding("duplicates", Severity.BLOCKING, message, remedy, edition.window.source)


def _criteria(edition: Edition, candidate: Candidate) -> Finding:
    source = edition.criteria_source
    answers = {each.code: (candidate.criteria or {}).get(each.code) for each in edition.criteria}
    labels = {each.code: each.label for each in edition.criteria}
    failed = [labels[code] for code, met in answers.items() if met is False]
    if failed:
        message = f"Kriteria belum terpenuhi: {'; '.join(failed)}."
        return Finding("criteria", Severity.BLOCKING, message, "Kelima kriteria harus terpenuhi.", source)
    if any(met is None for met in answers.values()):
        message = "Belum semua kriteria PP 38/2017 dijawab."
        return Finding("criteria", Severity.UNKNOWN, message, "Jawab kelima kriteria beserta alasannya.", source)
    return Finding("criteria", Severity.OK, "Kelima kriteria PP 38/2017 terpenuhi.", "", source)


CHECKS: tuple[Callable[[Edition, Candidate], Finding], ...] = (
    _stage,
    _window,
    _trial,
    _entries,
    _mandatory,
    _design,
    _regulation,
    _duplicates,
    _criteria,
)
