"""How innovations are put before people's eyes: plain values for templates, which only write them down."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from pamong.agencies.models import Region
from pamong.common.templatetags.pamong import badge, short_day
from pamong.common.templatetags.pamong import day as written_day
from pamong.evidence.inspection import kinds
from pamong.innovations import merge, rules, texts
from pamong.innovations.actions.attaching import MEGABYTE, limits
from pamong.innovations.labels import shown
from pamong.innovations.models import Attachment, Innovation
from pamong.innovations.queries import Row
from pamong.innovations.states import STEPS, TONE, Stage
from pamong.innovations.tables.plan import Outcome, Plan

_STAGE = {stage.value: str(stage.label) for stage in Stage}


class Line(NamedTuple):
    """One line of the list."""

    url: str
    name: str
    agency: str
    stage: SafeString
    applied: str
    kind: str
    affair: str
    next: str
    act: str


def lines(rows: Iterable[Row], base: str, writable: tuple[str, ...]) -> list[Line]:
    """``rows`` in words, their addresses beginning with ``base``; a label is looked up once, not for every line."""
    kinds_ = {code: str(label) for code, label in Innovation.Kind.choices}
    stages = {stage.value: badge(stage.value, stage.label, TONE[stage]) for stage in Stage}
    affairs = {code: rules.label("affair", code) for code in {row[6] for row in rows if row[6]}}
    return [
        Line(
            f"{base}{row[0]}/",
            row[1],
            row[3] or row[2],
            stages[row[4]],
            short_day(row[7]) if row[7] else "",
            kinds_.get(row[5], ""),
            affairs.get(row[6], ""),
            *(("profil", "Ubah") if row[8].startswith(writable) else ("riwayat", "Riwayat")),
        )
        for row in rows
    ]


SORTED = (("nama", "Nama"), ("instansi", "Perangkat daerah"), ("tahapan", "Tahapan"), ("penerapan", "Penerapan"))


# -- one innovation ---------------------------------------------------------------------------------------------------


class Fact(NamedTuple):
    """One field to read. ``long`` texts get a heading of their own."""

    label: str
    value: str
    long: bool


@dataclass(frozen=True, slots=True)
class FactSection:
    """A section of the profile to read, in facts; ``empty`` says that nothing has been written there."""

    key: str
    title: str
    facts: tuple[Fact, ...]

    @property
    def empty(self) -> bool:
        return not any(fact.value for fact in self.facts)


def sections(innovation: Innovation) -> list[FactSection]:
    """The whole profile in the order of the form."""
    return [
        FactSection(section.key, section.title, tuple(_fact(innovation, unit) for unit in section.fields))
        for section in texts.SECTIONS
    ]


def _fact(innovation: Innovation, unit: str) -> Fact:
    values = tuple(getattr(innovation, field) for field in merge.members(unit))
    column: Any = None if unit in merge.UNITS else Innovation._meta.get_field(unit)
    long = column is not None and column.get_internal_type() == "TextField"
    value = _day(values[0]) if isinstance(values[0], date) else shown(unit, values)
    return Fact(texts.about(unit).label, value, long)


def _day(day: date) -> str:
    return written_day(day)


def tabs(innovation: Innovation, region: Region) -> list[tuple[str, str, str]]:
    """The pages about one innovation; the yearly assessment is a floor above and may be absent."""
    args = [region.slug, innovation.code]
    made = [
        ("detail", "Ringkasan", reverse("innovations:detail", args=args)),
        ("history", "Riwayat", reverse("innovations:history", args=args)),
        ("attachments", "Lampiran", reverse("innovations:attachments", args=args)),
    ]
    with suppress(NoReverseMatch):
        made.append(("assessment", "Penilaian", reverse("assessments:innovation", args=args)))
    return made


class StepLink(NamedTuple):
    """A step this person may record now."""

    name: str
    button: str
    lead: str
    url: str


def step_links(names: Iterable[str], innovation: Innovation, region: Region) -> list[StepLink]:
    return [
        StepLink(
            name,
            STEPS[name].button,
            STEPS[name].lead,
            reverse("innovations:step", args=[region.slug, innovation.code, name]),
        )
        for name in names
    ]


def attachment_limits() -> str:
    """What may be attached, in one sentence for each kind."""
    told = []
    for slot in Attachment.Slot:
        allowed, most = limits(slot)
        told.append(f"{slot.label}: {kinds.labels(allowed or kinds.USUAL)}, paling besar {most // MEGABYTE} MB")
    return ". ".join(told) + "."


_LINE = (Stage.IDEA, Stage.PROPOSED, Stage.FEASIBLE, Stage.ADOPTED, Stage.TRIAL, Stage.IMPLEMENTED)


class StageMark(NamedTuple):
    """One stage on the line from idea to application."""

    label: str
    done: bool
    current: bool


def stage_line(innovation: Innovation, passed: frozenset[str]) -> list[StageMark]:
    """Where it stands on the way from idea to application, ``passed`` being the stages it was in; what came after
    application has a mark of its own."""
    stage = Stage(innovation.stage)
    line = _LINE if stage in _LINE else (*_LINE, stage)
    return [StageMark(str(each.label), each in passed and each != stage, each == stage) for each in line]


# -- export -----------------------------------------------------------------------------------------------------------

_EXPORTED = [unit for section in texts.SECTIONS for unit in section.fields]


def export_headers() -> list[str]:
    """Headings that the import recognises again."""
    return ["Kode", "Perangkat daerah", "Tahapan", "Nama inovasi", *(texts.about(unit).label for unit in _EXPORTED[1:])]


def exported(innovation: Innovation) -> list[Any]:
    """One innovation as a row of the workbook, every field of the profile."""
    values = [_cell(innovation, unit) for unit in _EXPORTED[1:]]
    return [innovation.code, innovation.agency.name, _STAGE[innovation.stage], innovation.name, *values]


def _cell(innovation: Innovation, unit: str) -> Any:
    values = tuple(getattr(innovation, field) for field in merge.members(unit))
    return values[0] if isinstance(values[0], date) else shown(unit, values)


def sample_row() -> list[Any]:
    """An example for the empty table: short, and clearly one to overwrite."""
    examples = {unit: texts.about(unit).example for unit in _EXPORTED[1:]}
    return ["", "Dinas Contoh", "Penerapan", "CONTOH (hapus baris ini)", *examples.values()]


# -- import -----------------------------------------------------------------------------------------------------------

_OUTCOMES = {
    Outcome.ERROR: ("Perlu diperbaiki", "bad"),
    Outcome.CHANGE: ("Memperbarui", "warn"),
    Outcome.NEW: ("Baru", "good"),
    Outcome.SAME: ("Sudah ada, sama", "neutral"),
}


class ImportLine(NamedTuple):
    """One row of the dry run."""

    number: int
    name: str
    label: str
    tone: str
    agency: str
    errors: tuple[str, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]


def import_lines(planned: Plan) -> list[ImportLine]:
    """What needs a person first: errors, then changes, new rows, and what is there already."""
    order = list(_OUTCOMES)
    rows = sorted(planned.rows, key=lambda row: (order.index(row.outcome), row.number))
    return [
        ImportLine(
            row.number, row.name, *_OUTCOMES[row.outcome], str(row.agency or ""), row.errors, row.changes, row.notes
        )
        for row in rows
    ]


class ImportCount(NamedTuple):
    """How many rows come to one outcome."""

    label: str
    tone: str
    number: int


def import_counts(planned: Plan) -> list[ImportCount]:
    return [ImportCount(label, tone, planned.count(outcome)) for outcome, (label, tone) in _OUTCOMES.items()]
