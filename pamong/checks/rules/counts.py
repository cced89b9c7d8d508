"""What can be counted decides a level by the edition's own bands; the count stands beside the claim with the passage."""

from __future__ import annotations

from collections.abc import Callable

from pamong.checks.rules import listing
from pamong.checks.rules.case import Case, Finding, Findings, Paper, found, weigh
from pamong.checks.rules.listing import Count
from pamong.checks.rules.measures import MEASURES, measured
from pamong.checks.rules.parts import events
from pamong.engine.checks import Counted, Counting
from pamong.reading.facts import Severity

UNITS = {
    Counted.PERSONS: "orang", Counted.AGENCIES: "perangkat daerah", Counted.ACTORS: "unsur aktor", Counted.FILES: "cara",
    Counted.EVENTS: "kegiatan", Counted.REGIONS: "daerah lain",
}  # fmt: skip
REMEDIES = {
    Counted.PERSONS: "Lampirkan daftar nama yang lengkap, atau turunkan klaim ke tingkat {level}.",
    Counted.AGENCIES: "Lampirkan surat yang menyebut semua perangkat daerah, atau turunkan klaim ke tingkat {level}.",
    Counted.ACTORS: "Lampirkan bukti keterlibatan unsur yang belum tampak, atau turunkan klaim ke tingkat {level}.",
    Counted.FILES: "Lampirkan satu gambar tersendiri untuk setiap cara, atau turunkan klaim ke tingkat {level}.",
    Counted.EVENTS: "Lampirkan surat, daftar hadir, dan sertifikat setiap kegiatan, atau turunkan klaim ke tingkat {level}.",
    Counted.REGIONS: "Lampirkan dokumen setiap daerah yang mereplikasi, atau turunkan klaim ke tingkat {level}.",
}


def counted(case: Case) -> Findings:
    """The count this indicator asks for, where it asks for one."""
    rule = case.asked.counting if case.asked else None
    if rule is None or (rule.basis and rule.basis != case.basis):
        return
    if rule.what is Counted.YEARS:
        yield from _years(case)
        return
    if rule.what in MEASURES:
        yield from _measures(case, rule)
        return
    if rule.what is Counted.ELEMENTS:
        yield from _elements(case, rule)
        return
    paper, count = _best(case, rule.what)
    if count.number:
        yield _against_claim(case, rule.what, paper, count)


def _best(case: Case, what: Counted) -> tuple[int, Count]:
    """The paper that shows most; for what is spread over papers, all of them together (paper 0)."""
    if what is Counted.FILES:
        return 0, _files(case)
    if what is Counted.EVENTS:
        return 0, events(case)
    counting = _counters(case)[what]
    if what in (Counted.ACTORS, Counted.REGIONS):
        return _together(case, counting)
    counts = [(paper.key, _as_sure(paper, counting(paper))) for paper in case.papers]
    return max(counts, key=lambda pair: pair[1].number, default=(0, listing.NOTHING))


def _counters(case: Case) -> dict[Counted, Callable[[Paper], Count]]:
    return {
        Counted.PERSONS: lambda paper: listing.persons(paper.pages),
        Counted.AGENCIES: lambda paper: listing.agencies(paper.pages, case.agencies),
        Counted.ACTORS: lambda paper: listing.actors(paper.pages),
        Counted.REGIONS: lambda paper: listing.regions(paper.pages, case.region),
    }


def _as_sure(paper: Paper, count: Count) -> Count:
    """A list read through a scan is never sure."""
    return (
        count if paper.is_legible else Count(count.number, count.page, count.passage, sure=False, things=count.things)
    )


def _together(case: Case, counting: Callable[[Paper], Count]) -> tuple[int, Count]:
    things: dict[str, tuple[int, int]] = {}
    for paper in case.papers:
        count = counting(paper)
        for thing in count.things:
            things.setdefault(thing, (paper.key, count.page))
    if not things:
        return 0, listing.NOTHING
    key, page = next(iter(things.values()))
    return key, Count(len(things), page, "; ".join(list(things)[: listing.SHOWN + 1]), sure=False)


def _files(case: Case) -> Count:
    """Different files; the same picture twice is one."""
    different = {paper.sha256 or paper.link or str(paper.key) for paper in case.papers}
    return Count(len(different), 0, "", sure=True)


def _against_claim(case: Case, what: Counted, paper: int, count: Count) -> Finding:
    level, unit = case.level_for(count.number), UNITS[what]
    about = {"paper": paper, "page": count.page, "passage": count.passage, "supports": level}
    seen = f"Terhitung {count.number} {unit}"
    if level >= case.level:
        return found(
            "count",
            Severity.INFORMS,
            f"{seen}: mendukung tingkat {level}.",
            case,
            asks=case.says(max(level, 1)),
            **about,
        )
    least = case.least_for(case.level)
    asked = case.asked
    severity = weigh(asked, sure=count.sure) if asked else Severity.WARNS
    return found(
        "count", severity, f"{seen}; tingkat {case.level} yang diklaim meminta sedikitnya {least}.", case,
        asks=case.says(case.level), remedy=REMEDIES[what].format(level=level), **about,
    )  # fmt: skip


# -- what a film shows ------------------------------------------------------------------------------------------------


def _elements(case: Case, rule: Counting) -> Findings:
    """The parts a film shows in writing, with the minute of each. What is only spoken is not seen, so it never blocks, and too few
    say nothing of the others."""
    films = [(paper.key, _parts_shown(paper, rule)) for paper in case.papers]
    key, seen = max(films, key=lambda pair: len(pair[1]), default=(0, {}))
    if not seen:
        return
    level = case.level_for(len(seen))
    passage = "; ".join(f"{name} ({second // 60}:{second % 60:02d})" for name, second in seen.items())
    about = {"paper": key, "passage": passage, "supports": level}
    told = f"Terbaca {len(seen)} dari {len(rule.elements)} unsur di layar video"
    if level >= case.level:
        yield found(
            "count", Severity.INFORMS, f"{told}: mendukung tingkat {level}.", case, asks=case.says(level), **about
        )
    elif len(seen) >= rule.needs:
        missing = ", ".join(each.name for each in rule.elements if each.name not in seen)
        remedy = (
            "Tonton videonya: unsur yang hanya diucapkan tidak terbaca mesin. Bila memang tidak ada, lengkapi videonya, atau turunkan "
            f"klaim ke tingkat {level}."
        )
        yield found(
            "count",
            Severity.WARNS,
            f"{told}; belum tampak: {missing}.",
            case,
            asks=case.says(case.level),
            remedy=remedy,
            **about,
        )


def _parts_shown(paper: Paper, rule: Counting) -> dict[str, int]:
    """Each part seen on the screen, and the second at which it was seen first."""
    film = paper.facts.video if paper.facts else None
    seen: dict[str, int] = {}
    for screen in film.shown if film else ():
        for each in rule.elements:
            if listing.stands_on(screen.text, each.any_of):
                seen.setdefault(each.name, screen.second)
    return seen


# -- days, months, shares ------------------------------------------------------------------------------------------------

SAID = {Counted.DAYS: "{} hari kalender", Counted.MONTHS: "{} bulan", Counted.PERCENT: "{}% pengaduan diselesaikan"}


def _measures(case: Case, rule: Counting) -> Findings:
    """What the papers say of time or share, that which claims least; a reading between the lines, so it never blocks."""
    read = [(paper, each) for paper in case.papers if case.takes(paper) and (each := measured(rule, paper.pages))]
    if not read:
        return
    worst = min if rule.what is Counted.PERCENT else max
    paper, told = worst(read, key=lambda pair: pair[1].value)
    level = case.level_of(told.value)
    said = SAID[rule.what].format(f"{told.value:.4g}".replace(".", ","))
    about = {"paper": paper.key, "page": told.page, "passage": told.passage, "supports": level}
    if level >= case.level:
        message = f"Terbaca {said}: mendukung tingkat {level}."
        yield found("measure", Severity.INFORMS, message, case, asks=case.says(max(level, 1)), **about)
        return
    message = f"Terbaca {said}; tingkat {case.level} yang diklaim meminta {_lowered(case.says(case.level))}."
    remedy = f"Periksa angkanya pada dokumen, lampirkan yang mendukung, atau turunkan klaim ke tingkat {level}."
    yield found("measure", Severity.WARNS, message, case, asks=case.says(case.level), remedy=remedy, **about)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


# -- years ------------------------------------------------------------------------------------------------------------


def _years(case: Case) -> Findings:
    """Budgets and plans: the years they are for, against the sets of years each level asks for."""
    seen: dict[int, tuple[int, int, str]] = {}
    for paper in case.papers:
        for year, (page, words) in listing.years(paper.pages)[0].items():
            seen.setdefault(year, (paper.key, page, words))
    wanted = {year: case.year - int(year.removeprefix("T-")) for year in ("T-0", "T-1", "T-2", "T-3")}
    here = {name for name, year in wanted.items() if year in seen}
    if not seen:
        return
    level = _level_of_years(case, here)
    first = seen[min((wanted[name] for name in here), default=min(seen))]
    shown = ", ".join(str(wanted[name]) for name in sorted(here, reverse=True)) or "tahun lain"
    about = {"paper": first[0], "page": first[1], "passage": first[2], "supports": level}
    if level >= case.level:
        message = f"Dokumen untuk tahun {shown}: mendukung tingkat {level}."
        yield found("years", Severity.INFORMS, message, case, asks=case.says(max(level, 1)), **about)
        return
    missing = _missing_years(case, here, wanted)
    severity = weigh(case.asked, sure=all(paper.is_legible for paper in case.papers)) if case.asked else Severity.WARNS
    yield found(
        "years", severity, f"Dokumen untuk tahun {shown}, belum cukup untuk tingkat {case.level}: kurang {missing}.", case,
        asks=case.says(case.level), remedy=f"Lampirkan dokumen tahun {missing}, atau turunkan klaim ke tingkat {level}.", **about,
    )  # fmt: skip


def _level_of_years(case: Case, here: set[str]) -> int:
    rules = case.asked.counting.years if case.asked and case.asked.counting else ()
    return max((each.level for each in rules if any(here >= set(wanted) for wanted in each.any_of)), default=0)


def _missing_years(case: Case, here: set[str], wanted: dict[str, int]) -> str:
    """The fewest years that would reach the level claimed."""
    rules = case.asked.counting.years if case.asked and case.asked.counting else ()
    ways = [set(way) - here for each in rules if each.level == case.level for way in each.any_of]
    fewest = min(ways, key=len, default=set())
    return ", ".join(str(wanted[name]) for name in sorted(fewest, reverse=True))
