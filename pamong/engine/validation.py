"""Does an edition make sense? Sums, codes, levels, bands and references, checked one by one.

``validate`` returns every fault, each with the path of the data and the remedy; none means the edition can be used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Protocol

from pamong.engine.faults import Fault
from pamong.engine.formulas import FORMULAS
from pamong.engine.model import TOP_LEVEL, Direction, Edition, EvidenceRequirement, Indicator, Level, Measure

FIELD_TYPES = frozenset({"text", "longtext", "choice", "choices", "date", "boolean", "coordinate", "file", "reference"})
LISTS_WITH_CODES = (
    "sources",
    "bands",
    "variables",
    "institution",
    "innovation",
    "affairs",
    "themes",
    "clusters",
    "classifications",
    "stages",
    "initiators",
    "kinds",
    "forms",
    "criteria",
    "fields",
    "process",
)
REFERENCE_LISTS = frozenset(LISTS_WITH_CODES) - {"sources", "bands", "variables", "process", "fields"}


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


def validate(edition: Edition) -> tuple[Fault, ...]:
    """Every fault of ``edition``, in the order of the checks."""
    return tuple(fault for check in CHECKS for fault in check(edition))


def _codes(edition: Edition) -> Iterator[Fault]:
    """Codes are unique within their list; score lines across both lists."""
    for name in LISTS_WITH_CODES:
        yield from _repeated(name, getattr(edition, name))
    for at, indicator in enumerate(edition.innovation):
        if indicator.code in edition.institution_codes:
            yield Fault(f"innovation[{at}].code", f"kode {indicator.code!r} juga ada di institution.", "Ganti kodenya.")


def _repeated(name: str, items: Sequence[_Coded]) -> Iterator[Fault]:
    seen: set[str] = set()
    for at, item in enumerate(items):
        if item.code in seen:
            yield Fault(f"{name}[{at}].code", f"kode {item.code!r} dipakai dua kali.", "Ganti salah satunya.")
        seen.add(item.code)


def _sums(edition: Edition) -> Iterator[Fault]:
    """The weights add up to the totals the source prints."""
    found = {
        "institution": edition.institution_maximum,
        "maturity": edition.maturity_maximum,
        "count": edition.count_maximum,
    }
    for name, points in found.items():
        yield from _declared(edition, name, points)
    parts = (edition.declared.institution, edition.declared.maturity, edition.declared.count)
    yield from _declared(edition, "total", sum(parts))


def _declared(edition: Edition, name: str, found: Decimal | int) -> Iterator[Fault]:
    if found != (declared := getattr(edition.declared, name)):
        message = f"tertulis {declared}, tetapi jumlahnya {found}."
        yield Fault(f"declared.{name}", message, "Periksa bobot, atau perbaiki jumlah yang tertulis.")


def _weights(edition: Edition) -> Iterator[Fault]:
    """Weights are positive and fine enough to be printed without rounding."""
    step = Decimal(1).scaleb(-edition.rounding.score_decimals)
    for path, indicator in _indicators(edition):
        if indicator.weight <= 0 or indicator.weight % step:
            yield Fault(
                f"{path}.weight",
                f"bobot {indicator.weight} tidak dapat dipakai.",
                f"Isi bilangan positif dengan paling banyak {edition.rounding.score_decimals} desimal.",
            )
    if edition.count.weight < 0 or edition.count.weight % step:
        yield Fault("count.weight", "bobot tidak dapat dipakai.", "Isi bilangan yang tidak negatif.")


def _indicators(edition: Edition) -> Iterator[tuple[str, Indicator]]:
    for name in ("institution", "innovation"):
        for at, indicator in enumerate(getattr(edition, name)):
            yield f"{name}[{at}]", indicator


def _levels(edition: Edition) -> Iterator[Fault]:
    """Every scale has the levels 1, 2, 3, and limits that climb in the measure's direction."""
    for path, indicator in _indicators(edition):
        yield from _scale(path, indicator.levels, indicator.measure)
        for at, basis in enumerate(indicator.bases):
            yield from _scale(f"{path}.bases[{at}]", basis.levels, basis.measure)
        for at, variant in enumerate(indicator.variants):
            yield from _scale(f"{path}.variants[{at}]", variant.levels, None)
        yield from _options(path, indicator)


def _scale(path: str, levels: Sequence[Level], measure: Measure | None) -> Iterator[Fault]:
    found = [each.level for each in levels]
    if found != list(range(1, TOP_LEVEL + 1)):
        yield Fault(
            f"{path}.levels", f"tingkat yang ada {found}.", "Tulis tingkat 1, 2, 3, masing-masing sekali, berurutan."
        )
        return
    for at, level in enumerate(levels):
        if not level.text.strip():
            yield Fault(f"{path}.levels[{at}]", "teks kosong.", "Tulis arti tingkat ini.")
        if level.has_limit and measure is None:
            yield Fault(f"{path}.levels[{at}]", "ada batas angka tetapi tidak ada measure.", "Tambahkan measure.")
        if measure and at and not level.has_limit:
            yield Fault(f"{path}.levels[{at}]", "batas angka belum ada.", "Tulis at_least, above, at_most, atau below.")
    if measure:
        yield from _climb(path, levels, measure.direction)


def _climb(path: str, levels: Sequence[Level], direction: Direction) -> Iterator[Fault]:
    """The limit that opens a level is stricter than that of the level below."""
    for at, (lower, upper) in enumerate(pairwise(levels), start=1):
        low, high = _opening(lower, direction), _opening(upper, direction)
        if low is None or high is None:
            continue
        if not (high > low if direction is Direction.HIGHER else high < low):
            yield Fault(f"{path}.levels[{at}]", f"batas {high} tidak lebih berat daripada {low}.", "Urutkan batasnya.")


def _opening(level: Level, direction: Direction) -> Decimal | None:
    if direction is Direction.HIGHER:
        return level.at_least if level.at_least is not None else level.above
    return level.at_most if level.at_most is not None else level.below


def _options(path: str, indicator: Indicator) -> Iterator[Fault]:
    yield from _repeated(f"{path}.options", indicator.options)
    for at, option in enumerate(indicator.options):
        if not 0 <= option.level <= TOP_LEVEL:
            yield Fault(f"{path}.options[{at}]", f"tingkat {option.level} tidak ada.", "Isi 0, 1, 2, atau 3.")


def _evidence(edition: Edition) -> Iterator[Fault]:
    """Mandatory indicators say what proves them; years are written T-0, T-1, T-2."""
    for path, indicator in _indicators(edition):
        bases = [(f"{path}.bases[{at}]", basis.evidence) for at, basis in enumerate(indicator.bases)]
        for place, evidence in [(path, indicator.evidence), *bases]:
            if indicator.mandatory and not evidence.requirements:
                yield Fault(f"{place}.evidence.requirements", "indikator wajib tanpa bukti.", "Tulis buktinya.")
            for year in evidence.years:
                if not (year.startswith("T-") and year[2:].isdecimal()):
                    yield Fault(
                        f"{place}.evidence.years", f"tahun {year!r} tidak dikenal.", "Tulis T-0, T-1, atau T-2."
                    )
            yield from _requirements(f"{place}.evidence.requirements", evidence.requirements)


def _requirements(path: str, requirements: Sequence[EvidenceRequirement]) -> Iterator[Fault]:
    yield from _repeated(path, requirements)
    for at, each in enumerate(requirements):
        if each.minimum < 1 or not 1 <= each.from_level <= TOP_LEVEL:
            yield Fault(
                f"{path}[{at}]", "minimum atau from_level di luar batas.", "minimum ≥ 1; from_level 1 sampai 3."
            )


def _bands(edition: Edition) -> Iterator[Fault]:
    """Bands run from the best to the worst, touch each other, and cover 0 to 100."""
    step = Decimal(1).scaleb(-edition.rounding.index_decimals)
    ends = (edition.bands[0].upper, edition.bands[-1].lower) if edition.bands else (None, None)
    if ends != (Decimal(100), Decimal(0)):
        yield Fault("bands", f"predikat harus meliputi 100 sampai 0, bukan {ends[0]} sampai {ends[1]}.", "Lengkapi.")
    for at, (better, worse) in enumerate(pairwise(edition.bands), start=1):
        gap = better.lower - worse.upper
        if gap != step:
            kind = "bertumpang tindih dengan" if gap < step else "berjarak dari"
            yield Fault(
                f"bands[{at}]",
                f"predikat {worse.code} {kind} {better.code}.",
                f"Isi upper dengan {better.lower - step}.",
            )


def _affairs(edition: Edition) -> Iterator[Fault]:
    """The affairs rule names affairs that exist, and asks for no more of them than it counts."""
    for at, code in enumerate(edition.count.affairs):
        affair = edition.affairs_by_code.get(code)
        if affair is None or not affair.is_basic:
            yield Fault(f"count.affairs[{at}]", f"{code!r} bukan urusan pelayanan dasar.", "Pakai kode dari affairs.")
    if not 0 <= edition.count.affairs_minimum <= len(edition.count.affairs):
        yield Fault("count.affairs_minimum", "melebihi banyaknya urusan yang dihitung.", "Kecilkan angkanya.")


def _formula(edition: Edition) -> Iterator[Fault]:
    if edition.formula not in FORMULAS:
        yield Fault("formula", f"{edition.formula!r} tidak dikenal.", f"Yang ada: {', '.join(FORMULAS)}.")
    elif edition.formula == "region-1" and edition.count.affairs_minimum:
        yield Fault("count.affairs_minimum", "region-1 tidak mengenal syarat urusan.", "Pakai region-2, atau isi 0.")
    if edition.rounding.mode != "half-up":
        yield Fault("rounding.mode", f"{edition.rounding.mode!r} tidak dikenal.", 'Isi "half-up".')
    if edition.divisor.floor < 1:
        yield Fault("divisor.floor", "pembagi paling kecil harus sedikitnya 1.", "Isi 1 atau lebih.")


def _references(edition: Edition) -> Iterator[Fault]:
    """Sources, variables, stages, bands and lists that are named exist."""
    sources = {each.code for each in edition.sources}
    for path, cited in _cited(edition):
        if cited not in sources:
            yield Fault(path, f"sumber {cited!r} tidak ada di sources.", "Tambahkan sumbernya.")
    variables = {each.code for each in edition.variables}
    used = [(path, indicator.variable) for path, indicator in _indicators(edition)]
    for path, variable in (*used, ("count", edition.count.variable)):
        if variable not in variables:
            yield Fault(f"{path}.variable", f"{variable!r} tidak ada di variables.", "Perbaiki kodenya.")
    for stage in edition.window.stages:
        if stage not in {each.code for each in edition.stages}:
            yield Fault("window.stages", f"tahapan {stage!r} tidak ada di stages.", "Perbaiki kodenya.")
    if edition.banding.without_innovations not in {"", *(each.code for each in edition.bands)}:
        yield Fault("banding.without_innovations", "predikat tidak dikenal.", "Pakai kode dari bands, atau kosongkan.")


def _cited(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every table that names a source, with the source."""
    for name in ("declared", "divisor", "count", "banding", "rounding", "window", "trial", "files", "design"):
        yield f"{name}.source", getattr(edition, name).source
    for name in ("bands", "institution", "innovation", "fields", "process"):
        for at, each in enumerate(getattr(edition, name)):
            yield f"{name}[{at}].source", each.source
    yield "criteria_source", edition.criteria_source


def _fields(edition: Edition) -> Iterator[Fault]:
    """Profile fields have a known type, and choices name a list of the edition."""
    for at, each in enumerate(edition.fields):
        if each.type not in FIELD_TYPES:
            yield Fault(
                f"fields[{at}].type",
                f"jenis {each.type!r} tidak dikenal.",
                f"Yang ada: {', '.join(sorted(FIELD_TYPES))}.",
            )
        if (each.type in {"choice", "choices"}) != (each.options in REFERENCE_LISTS):
            yield Fault(
                f"fields[{at}].options", "pilihan tidak cocok dengan jenis isian.", "Sebut nama daftar pada edisi ini."
            )
        if each.min_words is not None and each.max_words is not None and each.min_words > each.max_words:
            yield Fault(f"fields[{at}]", "min_words melebihi max_words.", "Perbaiki batasnya.")


def _unverified(edition: Edition) -> Iterator[Fault]:
    """Every unverified entry points at something the edition has."""
    for at, each in enumerate(edition.unverified):
        if not _exists(edition, each.path.split(".")):
            yield Fault(f"unverified[{at}].path", f"{each.path!r} tidak menunjuk apa pun.", "Perbaiki jalurnya.")


def _exists(place: Any, parts: Iterable[str]) -> bool:
    """Whether the names and codes in ``parts`` lead somewhere from ``place``."""
    for part in parts:
        if isinstance(place, tuple):
            place = next((each for each in place if getattr(each, "code", None) == part), None)
        else:
            place = getattr(place, part, None)
        if place is None:
            return False
    return True


CHECKS = (
    _codes,
    _sums,
    _weights,
    _levels,
    _evidence,
    _bands,
    _affairs,
    _formula,
    _references,
    _fields,
    _unverified,
)
