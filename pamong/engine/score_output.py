"""Writing a regional score: as plain data for JSON, and as a table for people. Contract: docs/reference/score.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from pamong.engine.index import Line, MaturityScore, RegionScore, distance_to_next_band
from pamong.engine.model import Edition

_WIDTH = 44


def as_data(edition: Edition, result: RegionScore) -> dict[str, Any]:
    """The score as JSON data: scores are decimal strings, counts are integers."""
    return {
        "edition": result.edition,
        "digest": result.digest,
        "institution": plain(result.institution),
        "maturity": plain(result.maturity),
        "count": plain(result.count),
        "total": plain(result.total),
        "index": str(result.index),
        "band": result.band.code,
        "reported": result.reported,
        "accepted": result.accepted,
        "divisor": result.divisor,
        "affairs": result.affairs,
        "innovations": [_innovation(each) for each in result.innovations],
        "lines": [_line(each) for each in result.lines],
        "unverified": [{"path": each.path, "note": each.note} for each in edition.unverified],
    }


def plain(value: Decimal) -> str:
    """A number without exponent and without trailing zeros: ``7.6``, ``100``."""
    return format(value.normalize(), "f")


def _innovation(matured: MaturityScore) -> dict[str, Any]:
    return {
        "code": matured.code,
        "maturity": plain(matured.points),
        "lines": [_line(each) for each in matured.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "code": line.code,
        "label": line.label,
        "level": line.level,
        "weight": None if line.weight is None else plain(line.weight),
        "points": plain(line.points),
        "source": line.source,
    }


def as_table(edition: Edition, result: RegionScore) -> str:
    """The score as text for people, in Indonesian, with decimal commas."""
    return "\n".join(
        [*_head(edition, result), "", *_rows(result), "", *_innovation_rows(result.innovations), *_notes(edition)]
    )


def _head(edition: Edition, result: RegionScore) -> Iterator[str]:
    yield f"{edition.title} ({edition.code}, segel {result.digest[:12]})"
    yield f"Indeks {str(result.index).replace('.', ',')}: {result.band.label}"
    if (distance := distance_to_next_band(edition, result)) is not None:
        yield f"Kurang {_comma(distance.index_points)} lagi untuk {distance.band.label}"
    yield (
        f"Dilaporkan {result.reported}, diterima {result.accepted}, pembagi {result.divisor}, "
        f"urusan pelayanan dasar {result.affairs} dari {len(edition.count.affairs)}"
    )


def _rows(result: RegionScore) -> Iterator[str]:
    for line in result.lines:
        yield _row(line.code, line.label, "-" if line.level is None else str(line.level), line.points, line.maximum)
    yield _row("", "Jumlah", "", result.total, sum((part.maximum for part in result.parts), Decimal(0)))


def _row(code: str, label: str, level: str, points: Decimal, maximum: Decimal) -> str:
    short = label if len(label) <= _WIDTH else f"{label[: _WIDTH - 1]}…"
    return f"{code:<11}{short:<{_WIDTH + 2}}{level:>2}{_comma(points):>12} / {_comma(maximum)}"


def _innovation_rows(innovations: Sequence[MaturityScore]) -> Iterator[str]:
    for each in innovations:
        yield f"{each.code}: kematangan {_comma(each.points)}{'' if each.accepted else ' (ditolak)'}"


def _notes(edition: Edition) -> Iterator[str]:
    if edition.unverified:
        yield ""
        yield "Belum pasti pada edisi ini:"
    for each in edition.unverified:
        yield f"- {each.path}: {each.note}"


def _comma(value: Decimal) -> str:
    return plain(value).replace(".", ",")
