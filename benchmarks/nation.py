"""A nation to measure with: every region of a CSV, thousands of innovations × 20 indicators, spread as published totals are.

    PAMONG_HOME=/tmp/nation python -m benchmarks.nation REGIONS.csv [--innovations 36742] [--seed 2026] [--year 2026] [--force]

The CSV has the columns of ``pamong import-regions``; ``-`` in its place makes 552 regions by number. The database (PAMONG_HOME or DATABASE_URL) must be empty, or --force be
given; ``pamong serve`` with the same settings shows it. Everything in it is invented. The same seed gives the same nation.

What it is fitted to (published for 2022 to 2025; the ministry publishes no figures of single indicators):

* 531 of the regions report, 36,742 innovations in all, 69 a region, few regions with many;
* a mean index of 49.43; about a tenth of the regions above 65, a fifth below 40;
* health a fifth, education an eighth of the affairs; one in twenty innovations rejected, one in ten not decided yet.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

REPORTING = 531 / 552
INNOVATIONS, SEED, YEAR = 36_742, 2026, 2026
MEAN_INDEX = "49.43"
PASSWORD = "kata-sandi-ukur"
# Of a region's strength, an innovation's own quality and an indicator's luck, in levels; and how strong the nation is.
STRENGTH, QUALITY, LUCK = 0.58, 0.45, 0.9
LEVEL, OWN_LEVEL = 1.88, 1.97
SPREAD_OF_COUNT = 0.75  # of the logarithm of a region's innovations
STATES = (("accepted", 85), ("rejected", 5), ("verifying", 5), ("submitted", 5))
JUDGED = {"accepted": 1.0, "rejected": 1.0, "verifying": 0.5, "submitted": 0.0}
AFFAIRS = {
    "kesehatan": 220,
    "pendidikan": 115,
    "sosial": 50,
    "pekerjaan-umum": 40,
    "ketenteraman": 40,
    "perumahan-rakyat": 25,
}
OTHER_AFFAIR = 16


def rows_of(path: str) -> list[dict[str, Any]]:
    """The regions of the CSV, or as many faults as it has, by the product's own reader."""
    from pamong.agencies.management.commands.import_regions import read

    with open(path, newline="", encoding="utf-8-sig") as lines:
        return read(lines)


def invented(regions: int) -> list[dict[str, Any]]:
    """Regions by number, where no list is at hand."""
    return [
        {"code": f"{11 + number // 60}.{1 + number % 60:02}", "name": f"Kabupaten {number}", "kind": "kabupaten", "province_code": str(11 + number // 60)}
        for number in range(regions)
    ]  # fmt: skip


def fill(
    rows: Sequence[dict[str, Any]],
    innovations: int = INNOVATIONS,
    *,
    seed: int = SEED,
    year: int = YEAR,
    claims: bool = True,
) -> None:
    """Write the nation, past the actions, in one transaction; with ``claims`` also a row and a proof for every indicator."""
    from django.db import transaction
    from django_scopes import scopes_disabled

    with scopes_disabled(), transaction.atomic():
        _Nation(random.Random(seed), year).write(rows, innovations)
        if claims:
            _answer()


class _Nation:
    """One nation, drawn from ``dice`` in a fixed order."""

    def __init__(self, dice: random.Random, year: int) -> None:
        from pamong.accounts.models import User
        from pamong.engine import edition as editions

        self.dice, self.year = dice, year
        self.edition = editions.load("iid-2026")
        codes = [affair.code for affair in self.edition.affairs]
        self.affairs, self.chances = codes, [AFFAIRS.get(code, OTHER_AFFAIR) for code in codes]
        self.author = User.objects.create_user("nasional@ukur.test", PASSWORD, name="Pembaca Nasional")

    def write(self, rows: Sequence[dict[str, Any]], innovations: int) -> None:
        from pamong.accounts.roles import Role
        from pamong.agencies.models import Agency, Membership, Region
        from pamong.assessments.models import Assessment, Entry

        Membership.objects.create(person=self.author, role=Role.NATION_READER, starts_on=date(2020, 1, 1))
        regions = Region.objects.bulk_create(
            [Region(slug=f"daerah-{row['code'].replace('.', '-')}", is_active=True, **row) for row in rows],
            batch_size=500,
        )
        homes = sorted(self.dice.sample(range(len(regions)), round(len(regions) * REPORTING)))
        counts = self._counts(len(homes), innovations)
        strengths = [self.dice.gauss(0, STRENGTH) for _ in homes]
        years = Assessment.objects.bulk_create([self._year(regions[home]) for home in homes], batch_size=500)
        houses = Agency.objects.bulk_create(
            [Agency(region=regions[home], slug=f"dinas-{n}", name=f"Dinas {n}", path="") for home, count in zip(homes, counts, strict=True) for n in range(1 + count // 8)],
            batch_size=500,
        )  # fmt: skip
        for house in houses:
            house.path = f"/{house.pk}/"
        Agency.objects.bulk_update(houses, ["path"], batch_size=500)
        Entry.objects.bulk_create(
            [self._own(year, s) for year, s in zip(years, strengths, strict=True)], batch_size=500
        )
        self._innovations(years, counts, strengths, houses)

    def _counts(self, regions: int, innovations: int) -> list[int]:
        """How many innovations each region has: at least one, ``innovations`` in all."""
        shares = [self.dice.lognormvariate(0, SPREAD_OF_COUNT) for _ in range(regions)]
        total = sum(shares)
        counts = [max(1, int(share / total * innovations)) for share in shares]
        for at in self.dice.choices(range(regions), k=max(0, innovations - sum(counts))):
            counts[at] += 1
        while sum(counts) > innovations:
            counts[counts.index(max(counts))] -= 1
        return counts

    def _year(self, region: Any) -> Any:
        from pamong.assessments.models import Assessment

        return Assessment(
            region=region, year=self.year, edition_code=self.edition.code, edition_digest=self.edition.digest, phase="verifying",
            opens_on=date(self.year, 5, 1), internal_deadline=date(self.year, 7, 1), closes_on=date(self.year, 7, 31),
        )  # fmt: skip

    def _own(self, year: Any, strength: float) -> Any:
        from pamong.assessments.models import Entry

        claimed, verified = self._levels(OWN_LEVEL + strength, len(self.edition.institution), judged=1.0)
        return Entry(
            region_id=year.region_id,
            assessment=year,
            kind="institution",
            state="accepted",
            claimed=claimed,
            verified=verified,
        )

    def _innovations(
        self, years: Sequence[Any], counts: Sequence[int], strengths: Sequence[float], houses: Sequence[Any]
    ) -> None:
        from pamong.assessments.models import Entry
        from pamong.innovations.models import Innovation

        own: dict[int, list[Any]] = {}
        for house in houses:
            own.setdefault(house.region_id, []).append(house)
        ideas, entries = [], []
        for year, count, strength in zip(years, counts, strengths, strict=True):
            for number in range(count):
                house = self.dice.choice(own[year.region_id])
                affair = self.dice.choices(self.affairs, self.chances)[0]
                idea = Innovation(
                    region_id=year.region_id, agency=house, name=f"Inovasi {number + 1}", stage="implemented", affair=affair,
                    kind=self.dice.choice(("digital", "non-digital")), applied_on=date(self.year - 1, 2, 1), created_by=self.author,
                )  # fmt: skip
                ideas.append(idea)
                entries.append(self._entry(year, idea, house, affair, strength))
        Innovation.objects.bulk_create(ideas, batch_size=500)
        for entry in entries:
            entry.innovation_id = entry.innovation.pk
        Entry.objects.bulk_create(entries, batch_size=500)

    def _entry(self, year: Any, idea: Any, house: Any, affair: str, strength: float) -> Any:
        from pamong.assessments.models import Entry

        state = self.dice.choices([name for name, _ in STATES], [weight for _, weight in STATES])[0]
        quality = LEVEL + strength + self.dice.gauss(0, QUALITY) - (1 if state == "rejected" else 0)
        claimed, verified = self._levels(quality, len(self.edition.innovation), JUDGED[state])
        return Entry(
            region_id=year.region_id, assessment=year, innovation=idea, agency=house, affair=affair, state=state,
            claimed=claimed, verified=verified,
        )  # fmt: skip

    def _levels(self, quality: float, indicators: int, judged: float) -> tuple[str, str]:
        """Levels claimed and found: what is found is never above the claim, and a quarter of the claims are a level too high."""
        claimed, verified = [], []
        for _ in range(indicators):
            level = min(3, max(0, int(quality + self.dice.gauss(0, LUCK) + 0.5)))
            claimed.append(str(min(3, level + (self.dice.random() < 0.25))))
            verified.append(str(level) if self.dice.random() < judged else "-")
        return "".join(claimed), "".join(verified)


def _answer() -> None:
    """For every indicator of every innovation its claim, with one proof: over a million rows, which the database writes itself."""
    from django.db import connection

    from pamong.accounts.models import User
    from pamong.agencies.models import Agency
    from pamong.engine import edition as editions
    from pamong.evidence.models import Document, Version

    author = User.objects.get(email="nasional@ukur.test")
    first: dict[int, Any] = {}
    for house in Agency.objects.order_by("pk"):
        first.setdefault(house.region_id, house)
    papers = Document.objects.bulk_create(
        [Document(region_id=home, agency=house, subject="SK", created_by=author) for home, house in first.items()],
        batch_size=500,
    )
    Version.objects.bulk_create(
        [Version(document=paper, region_id=paper.region_id, number=1, sha256="0" * 64, size=1, media_type="application/pdf", by=author) for paper in papers],
        batch_size=500,
    )  # fmt: skip
    codes = ", ".join(f"('{code}', {at})" for at, code in enumerate(editions.load("iid-2026").innovation_codes, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO assessments_claim (region_id, entry_id, indicator, level, basis, note, version, at, by_id) "
            "SELECT entry.region_id, entry.id, codes.column1, CAST(substr(entry.claimed, codes.column2, 1) AS integer), '', '', 1, "
            f"CURRENT_TIMESTAMP, {author.pk} FROM assessments_entry AS entry, (VALUES {codes}) AS codes WHERE entry.kind = 'innovation'"
        )
        cursor.execute(
            "INSERT INTO assessments_proof (region_id, claim_id, document_id, passage, at, by_id) "
            "SELECT claim.region_id, claim.id, paper.id, '', CURRENT_TIMESTAMP, claim.by_id "
            "FROM assessments_claim AS claim JOIN evidence_document AS paper ON paper.region_id = claim.region_id"
        )


def published(years: Sequence[int], *, seed: int = SEED) -> Iterator[tuple[int, bytes]]:
    """For each of ``years`` a CSV of results as one would publish them: last year's indices of the nation, moving a little."""
    from django_scopes import scopes_disabled

    from pamong.scoring.models import IndexScore

    dice = random.Random(seed)
    with scopes_disabled():
        found = IndexScore.objects.order_by("assessment__region__code").values_list(
            "assessment__region__code", "assessment__region__name", "verified"
        )
        values = [(code, name, hundredths / 100) for code, name, hundredths in found]
    for year in years:
        lines = [(code, name, f"{min(100, max(0, value)):.2f}") for code, name, value in values]
        yield year, ("kode,nama,nilai\n" + "\n".join(map(_csv, lines))).encode()
        values = [(code, name, value + dice.gauss(1.5, 4)) for code, name, value in values]


def _csv(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def told(year: int) -> str:
    """What came of it, beside what was published."""
    from pamong.assessments.models import Assessment, Entry
    from pamong.scoring.actions.refreshing import refresh_nation
    from pamong.scoring.models import IndexScore

    refresh_nation(year)
    indices = [each / 100 for each in IndexScore.objects.values_list("verified", flat=True)]
    counts: dict[int, int] = {}
    for pk in Entry._base_manager.filter(kind="innovation").values_list("assessment_id", flat=True):
        counts[pk] = counts.get(pk, 0) + 1
    high, low = (sum(test(each) for each in indices) / len(indices) for test in (lambda v: v > 65, lambda v: v <= 40))
    return (
        f"{Assessment._base_manager.count()} regions report {sum(counts.values()):,} innovations, {min(counts.values())} to {max(counts.values())}, "
        f"median {statistics.median(counts.values()):.0f}; mean index {statistics.mean(indices):.2f} (published: {MEAN_INDEX}), "
        f"{min(indices):.2f} to {max(indices):.2f}, above 65: {high:.0%}, up to 40: {low:.0%}"
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("regions", help="CSV of the regions; - for 552 by number")
    options.add_argument("--innovations", type=int, default=INNOVATIONS)
    options.add_argument("--seed", type=int, default=SEED)
    options.add_argument("--year", type=int, default=YEAR)
    options.add_argument("--force", action="store_true", help="also into a database that holds regions or people")
    chosen = options.parse_args()
    if not {"PAMONG_HOME", "DATABASE_URL"} & set(os.environ):
        sys.exit("Say where: PAMONG_HOME=… (SQLite) or DATABASE_URL=….")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pamong.config.settings")
    import django

    django.setup()
    from django.core.management import CommandError, call_command

    from pamong.accounts.models import User
    from pamong.agencies.models import Region

    call_command("migrate", verbosity=0)
    if not chosen.force and (User.objects.exists() or Region.objects.exists()):
        sys.exit("The database is not empty: choose another, or --force. Nothing was written.")
    begun = time.perf_counter()
    try:
        rows = invented(552) if chosen.regions == "-" else rows_of(chosen.regions)
    except (OSError, CommandError) as fault:
        sys.exit(f"{chosen.regions}: {fault}")
    fill(rows, chosen.innovations, seed=chosen.seed, year=chosen.year)
    print(f"{len(rows)} regions, {chosen.innovations:,} innovations written in {time.perf_counter() - begun:.1f} s")
    print(told(chosen.year))
    print(f"Sign in as nasional@ukur.test, {PASSWORD}")


if __name__ == "__main__":
    main()
