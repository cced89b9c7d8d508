"""The dry run: every row held against what is recorded, answered in plain Indonesian. The same plan is then carried out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pamong.agencies.models import Agency
from pamong.innovations import checks, merge, queries
from pamong.innovations.labels import shown
from pamong.innovations.models import Innovation
from pamong.innovations.states import Stage
from pamong.innovations.tables import cells, columns
from pamong.innovations.tables.known import Known
from pamong.innovations.words import normal


class Outcome(StrEnum):
    """What a row comes to."""

    NEW = "new"
    CHANGE = "change"
    SAME = "same"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row: what will happen, and in words. ``values`` are profile fields to write; ``applied`` asks for the step."""

    number: int
    name: str
    outcome: Outcome
    errors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    agency: Agency | None = None
    innovation: Innovation | None = None
    applied: bool = False

    @property
    def good(self) -> bool:
        return self.outcome is not Outcome.ERROR


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows, and a digest by which the plan carried out is known to be the plan that was read."""

    rows: tuple[RowPlan, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def good(self) -> int:
        """How many rows would be written."""
        return self.count(Outcome.NEW) + self.count(Outcome.CHANGE)

    @property
    def faulty(self) -> int:
        return self.count(Outcome.ERROR)

    @property
    def digest(self) -> str:
        said = "\x1f".join(f"{row.number}|{row.outcome}|{row.name}|{row.changes}|{row.errors}" for row in self.rows)
        return hashlib.sha256(said.encode()).hexdigest()[:20]


def plan(rows: Iterable[Sequence[Any]], fields: Sequence[str], known: Known) -> Plan:
    """What taking over ``rows`` (each led by its number in the file) would do, ``fields`` naming the columns."""
    planned = [_row(_Cells(int(row[0]), dict(_filled(row[1:], fields))), known) for row in rows]
    return Plan(tuple(_without_repeats(planned)))


def _filled(row: Sequence[Any], fields: Sequence[str]) -> Iterator[tuple[str, Any]]:
    return (
        (name, cell) for name, cell in zip(fields, row, strict=False) if name and str(cell).strip() not in ("", "-")
    )


@dataclass(frozen=True, slots=True)
class _Cells:
    number: int
    filled: dict[str, Any]

    def text(self, name: str) -> str:
        return " ".join(str(self.filled.get(name, "")).split())


def _row(row: _Cells, known: Known) -> RowPlan:
    values, errors = _values(row)
    stage, stage_errors = _stage(row)
    innovation, name_errors = _find(row, values, known)
    agency, agency_errors, notes = _agency(row, innovation, known)
    errors += [*stage_errors, *name_errors, *agency_errors]
    name = values.get("name") or (innovation.name if innovation else "") or "(tanpa nama)"
    draft = RowPlan(row.number, name, Outcome.ERROR, tuple(errors), tuple(notes), (), values, agency, innovation)
    if errors:
        return draft
    return _changed(draft, innovation, stage) if innovation is not None else _new(draft, stage)


# -- reading one row --------------------------------------------------------------------------------------------------

_NOT_PROFILE = (columns.CODE, columns.AGENCY, columns.STAGE)


def _values(row: _Cells) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    errors = []
    for name, cell in row.filled.items():
        if name in _NOT_PROFILE:
            continue
        try:
            # A whole design in one column never takes the place of the part given by itself.
            values = (
                cells.understand(name, cell) | values
                if name == columns.DESIGN
                else values | cells.understand(name, cell)
            )
        except cells.NotUnderstood as fault:
            errors.append(f"{columns.labels()[name]}: {fault}")
    return values, errors


def _stage(row: _Cells) -> tuple[Stage | None, list[str]]:
    if not row.text(columns.STAGE):
        return None, []
    try:
        return cells.stage(row.text(columns.STAGE)), []
    except cells.NotUnderstood as fault:
        return None, [str(fault)]


def _find(row: _Cells, values: Mapping[str, Any], known: Known) -> tuple[Innovation | None, list[str]]:
    """The recorded innovation the row speaks of: by code if given, else by name whatever the capitals."""
    name = str(values.get("name", ""))
    by_name = next((each for each in known.innovations if each.name.lower() == name.lower()), None) if name else None
    if code := row.text(columns.CODE).upper():
        found = next((each for each in known.innovations if each.code == code), None)
        if found is None or found.agency_id not in known.writable:
            return None, [
                f"Kode {code[:20]} tidak dikenal di antara inovasi Anda. Kosongkan kodenya bila inovasi ini baru."
            ]
        if by_name is not None and by_name.pk != found.pk:
            return None, [f"Nama “{name}” sudah dipakai inovasi lain. Bedakan namanya."]
        return found, []
    if not name:
        return None, ["Nama inovasi kosong. Isi namanya, atau hapus baris ini."]
    if by_name is not None and by_name.agency_id not in known.writable:
        return None, [
            "Nama ini sudah dipakai inovasi perangkat daerah lain. Bedakan namanya, atau hubungi Bappeda/Brida."
        ]
    return by_name, []


def _agency(row: _Cells, innovation: Innovation | None, known: Known) -> tuple[Agency | None, list[str], list[str]]:
    """The agency a row names, what is wrong with it, and what is worth a note."""
    text = row.text(columns.AGENCY)
    found = _agency_named(text, known)
    if innovation is not None:
        moved = text and (found is None or found.pk != innovation.agency_id)
        note = f"Perangkat daerah tetap {innovation.agency}; impor tidak memindahkan inovasi."
        return innovation.agency, [], [note] if moved else []
    if not text:
        only = known.only_agency
        return only, [] if only else ["Perangkat daerah kosong. Isi nama atau singkatannya."], []
    if found is None:
        return None, [f"Perangkat daerah “{text[:80]}” tidak dikenal. Tulis nama atau singkatan seperti di Pamong."], []
    if found.pk not in known.writable:
        return None, [f"Anda tidak mengelola inovasi {found}. Hapus baris ini, atau minta operatornya mengimpor."], []
    if found.closed_on is not None:
        return None, [f"{found} sudah tidak ada. Tulis perangkat daerah yang melanjutkan tugasnya."], []
    return found, [], []


def _agency_named(text: str, known: Known) -> Agency | None:
    wanted = normal(text)
    without_region = normal(text.lower().replace(known.region_name.lower(), " ")) if known.region_name else wanted
    return known.agencies.get(wanted) or known.agencies.get(without_region)


# -- deciding ---------------------------------------------------------------------------------------------------------


def _new(row: RowPlan, stage: Stage | None) -> RowPlan:
    values, notes = dict(row.values), list(row.notes)
    applied = stage is Stage.IMPLEMENTED or (stage is None and values.get("applied_on") is not None)
    if applied and values.get("applied_on") is None:
        values["applied_on"] = values.get("since")
    if applied and values.get("applied_on") is None:
        return replace(row, errors=("Tahapan “Penerapan” memerlukan waktu penerapan. Isi tanggal atau bulannya.",))
    if not applied:
        notes += _left_out(values)
    if stage not in (None, Stage.IDEA, Stage.IMPLEMENTED):
        notes.append(f"Dicatat sebagai gagasan; catat langkahnya sampai “{stage.label}” di halaman inovasi.")
    if faults := checks.profile_faults(values):
        return replace(row, errors=tuple(faults.values()))
    return replace(row, outcome=Outcome.NEW, values=values, notes=tuple(notes), applied=applied)


def _left_out(values: dict[str, Any]) -> list[str]:
    """Dates that belong to an application that has not been recorded."""
    dropped = [name for name in ("applied_on", "developed_on", "development") if values.pop(name, None)]
    return ["Waktu penerapan dan pengembangan tidak diambil karena tahapannya belum penerapan."] if dropped else []


def _changed(row: RowPlan, innovation: Innovation, stage: Stage | None) -> RowPlan:
    values, notes = dict(row.values), list(row.notes)
    running = checks.is_applied(innovation)
    wants = stage is Stage.IMPLEMENTED or (stage is None and values.get("applied_on") is not None)
    applied = not running and wants and innovation.stage == Stage.IDEA and values.get("applied_on") is not None
    if not running and not applied:
        notes += _left_out(values)
    if stage is not None and not applied and _stage_differs(innovation, stage):
        notes.append(
            f"Tahapan tetap “{Stage(innovation.stage).label}”; tahapan diubah lewat langkah di halaman inovasi."
        )
    stored = queries.profile_of(innovation)
    values = {name: value for name, value in values.items() if stored[name] != value}
    if faults := checks.profile_faults(stored | values):
        return replace(row, errors=tuple(faults.values()))
    told = [f"Tahapan menjadi {Stage.IMPLEMENTED.label}"] if applied else []
    told += list(_told(stored, values))
    outcome = Outcome.CHANGE if told else Outcome.SAME
    return replace(row, outcome=outcome, values=values, notes=tuple(notes), changes=tuple(told), applied=applied)


def _stage_differs(innovation: Innovation, stage: Stage) -> bool:
    return innovation.stage != stage and not (stage is Stage.IMPLEMENTED and checks.is_applied(innovation))


def _told(stored: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    """Each change as *label: before → after*, shortened."""
    for unit in dict.fromkeys(merge.unit_of(name) for name in values):
        members = merge.members(unit)
        before = _short(unit, tuple(stored[name] for name in members))
        after = _short(unit, tuple(values.get(name, stored[name]) for name in members))
        yield f"{columns.labels().get(unit, unit)}: {before or '(kosong)'} → {after}"


def _short(unit: str, values: tuple[Any, ...]) -> str:
    text = values[0].strftime("%d/%m/%Y") if isinstance(values[0], date) else shown(unit, values)
    text = " ".join(text.split())
    return f"{text[:60]}…" if len(text) > 61 else text


def _without_repeats(rows: Iterable[RowPlan]) -> Iterator[RowPlan]:
    """The second row about the same innovation is an error: which of the two holds is for a person to say."""
    first: dict[str, int] = {}
    for row in rows:
        keys = [row.name.lower(), *([row.innovation.code] if row.innovation else [])]
        earlier = next((first[key] for key in keys if key in first), None)
        if row.good and earlier is not None:
            yield replace(
                row,
                outcome=Outcome.ERROR,
                errors=(f"Inovasi yang sama sudah ada pada baris {earlier}. Hapus salah satunya.",),
            )
            continue
        if row.good:
            first.update(dict.fromkeys(keys, row.number))
        yield row
