"""What a run computes: the question as asked, in; which data it read, and the answer, out. No clock, no writing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pamong.agencies.models import Region
from pamong.assessments.models import Assessment
from pamong.engine import forecast as forecasts
from pamong.engine import robustness
from pamong.engine.composite.output import Simulated, as_data
from pamong.engine.composite.scores import score
from pamong.engine.composite.simulation import simulate
from pamong.engine.composite.spec_input import read_spec
from pamong.engine.composite.table import read_table
from pamong.engine.strict_json import InputRefused
from pamong.ranking import doubts, nationwide, queries
from pamong.ranking.models import Publication, Run
from pamong.ranking.states import Kind

PARTS = 10
Tick = Callable[[int], None]  # told how many of ``PARTS`` are done; raises when the run was cancelled


class CannotCompute(Exception):
    """The question has no answer with the data there is; says why, in Indonesian."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``data`` says which data and rules were read; ``result`` is what came of it."""

    data: dict[str, Any]
    result: dict[str, Any]


def compute(run: Run, tick: Tick) -> Answer:
    """The answer to ``run``. Raises ``CannotCompute``."""
    return _COMPUTE[Kind(run.kind)](run.region, run.asked, tick)


def _robustness(region: Region, asked: dict[str, Any], tick: Tick) -> Answer:
    import numpy as np

    assessment = Assessment.objects.get(region=region, year=asked["year"])
    publication, group, peers = _peers(region, asked)
    chances = doubts.Chances(asked["lowered"] / 100, asked["rejected"] / 100, asked["margin"])
    year = doubts.year_of(assessment, chances)
    drawn = []
    for part in range(PARTS):
        size = asked["draws"] // PARTS
        noise = asked["noise"] / 100
        drawn.append(
            robustness.drawn_indices(year.field, year.events, draws=size, seed=asked["seed"], noise=noise, part=part)
        )
        tick(part + 1)
    indices = np.concatenate(drawn)
    low, median, high = np.percentile(indices[:, 0], robustness.PERCENTILES).tolist()
    labels = {band.code: band.label for band in assessment.edition.bands}
    shares = robustness.band_shares(assessment.edition, indices)[0]
    return Answer(
        data={
            **_described(publication, group, len(peers)),
            "edition": assessment.edition_code,
            "edition_digest": assessment.edition_digest,
            "year_digest": year.digest,
            "unjudged": year.lowered,
            "undecided": year.rejected,
            "edges": year.edges,
        },
        result={
            "rank": asdict(robustness.among(peers, indices[:, 0])),
            "of": len(peers) + 1,
            "index": {"p5": low, "median": median, "p95": high},
            "bands": [{"label": labels[code], "percent": round(share * 100, 2)} for code, share in shares.items()],
        },
    )


def _forecast(region: Region, asked: dict[str, Any], tick: Tick) -> Answer:
    series = {each.code: each for each in queries.every_series()}[asked["series"]]
    group = queries.group_of(asked["group"])
    history = queries.values_by_year(series, group)
    try:
        found = forecasts.forecast(
            history, region.code, asked["planned"], draws=asked["draws"], seed=asked["seed"], wished=asked["wished"],
            watch=_by_parts(tick, 2 * asked["draws"]),
        )  # fmt: skip
    except forecasts.TooLittleHistory:
        raise CannotCompute(
            "Riwayatnya terlalu sedikit: perlu paling sedikit dua tahun hasil dalam seri ini, dengan sedikitnya "
            f"{forecasts.FEWEST} daerah yang sama pada keduanya. Mintalah administrator situs mengimpornya."
        ) from None
    tick(PARTS)
    years = {str(year): len(values) for year, values in history.items()}
    content = repr(sorted((year, sorted(values.items())) for year, values in history.items()))
    told = asdict(found) | {"of": found.peers + 1, "next": max(history) + 1, "past": _past(region, history)}
    told["reached_percent"] = None if found.reached is None else found.reached * 100
    if found.backtest:
        told["backtest"]["covered_percent"] = found.backtest.covered * 100
    return Answer(
        data={
            "series": series.name,
            "invented": series.invented,
            "group": group.label,
            "years": years,
            "data_digest": hashlib.sha256(content.encode()).hexdigest(),
        },
        result=told,
    )


def _past(region: Region, history: Mapping[int, Mapping[str, float]]) -> list[list[Any]]:
    """Year, value, rank and number of the regions, for every year the region stands in."""
    return [
        [year, values[region.code], 1 + sum(value > values[region.code] for value in values.values()), len(values)]
        for year, values in sorted(history.items())
        if region.code in values
    ]


def _composite(region: Region, asked: dict[str, Any], tick: Tick) -> Answer:
    rules, rows = asked["spec"].encode(), asked["table"].encode()
    digests = {"spec": hashlib.sha256(rules).hexdigest(), "data": hashlib.sha256(rows).hexdigest()}
    try:
        spec = read_spec(rules)
        table = read_table(rows, spec.id, spec.columns)
        found = simulate(
            spec,
            table,
            draws=asked["draws"],
            seed=asked["seed"],
            noise=asked["noise"] / 100,
            watch=_by_parts(tick, asked["draws"]),
        )
        result = as_data(
            spec, score(spec, table), digests, Simulated(asked["draws"], asked["seed"], asked["noise"] / 100, found)
        )
    except InputRefused as refused:
        raise CannotCompute("; ".join(refused.faults[:5])) from None
    result["rows"].sort(key=lambda row: (row["rank"] is None, row["rank"]))
    for row in result["rows"]:  # only what the page and its workbook show is kept
        del row["ranks"], row["indicators"]
    return Answer(data={"rows": len(table.ids), **digests}, result=result)


def _nation(region: Region, asked: dict[str, Any], tick: Tick) -> Answer:
    chances = doubts.Chances(asked["lowered"] / 100, asked["rejected"] / 100, asked["margin"])
    regions = nationwide.regions_of(asked["province"])
    try:
        data, result = nationwide.distribution(
            regions, asked["year"], chances, draws=asked["draws"], seed=asked["seed"], noise=asked["noise"] / 100,
            tick=lambda done, of: tick(done * PARTS // of),
        )  # fmt: skip
    except LookupError:
        raise CannotCompute(
            f"Belum ada daerah yang melaporkan apa pun untuk {asked['year']} dalam pemasangan ini. Pilih tahun lain."
        ) from None
    return Answer(data, result)


def _by_parts(tick: Tick, draws: int) -> Callable[[int], None]:
    """Tells ``tick`` whenever another part of ``draws`` is done."""
    told = 0

    def watch(done: int) -> None:
        nonlocal told
        if (part := done * PARTS // draws) > told:
            told = part
            tick(part)

    return watch


def _peers(region: Region, asked: dict[str, Any]) -> tuple[Publication, queries.Group, list[float]]:
    """The published values of the others, in the table asked for."""
    publication = queries.publications().filter(pk=asked["publication"]).first()
    if publication is None:
        raise CannotCompute("Tabel pembandingnya tidak ada lagi. Pilih tabel lain.")
    group = queries.group_of(asked["group"])
    peers = [float(row.value) for row in queries.table(publication, group) if row.code != region.code]
    if not peers:
        raise CannotCompute(
            "Tabel pembandingnya tidak memuat daerah lain dari kelompok ini. Pilih tabel atau kelompok lain."
        )
    return publication, group, peers


def _described(publication: Publication, group: queries.Group, peers: int) -> dict[str, Any]:
    return {
        "table": str(publication),
        "invented": publication.series.invented,
        "group": group.label,
        "peers": peers,
        "whole": queries.is_whole(publication),
        "table_digest": publication.digest,
        "source": publication.source,
    }


_COMPUTE: dict[Kind, Callable[[Region, dict[str, Any], Tick], Answer]] = {
    Kind.ROBUSTNESS: _robustness,
    Kind.FORECAST: _forecast,
    Kind.COMPOSITE: _composite,
    Kind.NATION: _nation,
}
