"""What a snapshot says, made readable: figures as numbers, codes as names."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pamong.assessments.models import Entry
from pamong.engine.index import MEAN_LINE
from pamong.scoring.models import Snapshot


@dataclass(frozen=True, slots=True)
class SealedLine:
    """One addend of the sealed total."""

    code: str
    label: str
    level: int | None
    weight: Decimal | None
    points: Decimal
    is_part: bool


@dataclass(frozen=True, slots=True)
class SealedInnovation:
    """One innovation of a sealed index, with the levels it was sealed with."""

    code: str
    name: str
    status: str
    affair: str
    maturity: Decimal
    levels: str


def sealed_lines(snapshot: Snapshot) -> list[SealedLine]:
    return [
        SealedLine(
            line["code"],
            line["label"],
            line["level"],
            None if line["weight"] is None else Decimal(line["weight"]),
            Decimal(line["points"]),
            line["level"] is None or line["code"] == MEAN_LINE,
        )
        for line in snapshot.result["lines"]
    ]


def sealed_innovations(snapshot: Snapshot) -> list[SealedInnovation]:
    """The innovations, highest maturity first, under the names they bear now. One query."""
    names = dict(
        Entry.objects.filter(assessment=snapshot.assessment, kind=Entry.Kind.INNOVATION).values_list(
            "code", "innovation__name"
        )
    )
    edition = snapshot.assessment.edition
    given = {each["code"]: each for each in snapshot.inputs["innovations"]}
    found = [
        SealedInnovation(
            code := each["code"],
            names.get(code, code),
            given[code]["status"],
            edition.affairs_by_code[given[code]["affair"]].label,
            Decimal(each["maturity"]),
            " ".join(f"{key}:{level}" for key, level in given[code]["levels"].items() if level),
        )
        for each in snapshot.result["innovations"]
    ]
    return sorted(found, key=lambda each: (-each.maturity, each.name))
