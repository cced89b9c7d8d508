"""A nation made in bulk: the one place where rows are written without actions, because 30,000 would take hours."""

from __future__ import annotations

import random
from datetime import date

from django_scopes import scopes_disabled

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import Phase, State
from pamong.engine import edition as editions
from pamong.innovations.models import Innovation

EDITIONS = ("iid-2026", "iid-2023")


def packed(chance: random.Random) -> str:
    return "".join(chance.choice("-0123") for _ in range(20))


def nation(
    regions: int = 4, each: int = 15, *, year: int = 2026, seed: int = 1, user: User | None = None, first: int = 0
) -> list[Assessment]:
    """``regions`` regions with ``each`` innovations in random states, under two editions, some years closed."""
    chance = random.Random(seed)
    user = user or User.objects.create_user(f"bangsa{seed}@contoh.test", name="Ana Bangsa")
    with scopes_disabled():
        homes = Region.objects.bulk_create(_region(first + number) for number in range(regions))
        houses = Agency.objects.bulk_create(
            Agency(region=home, name="Dinas", slug="dinas", path=f"/{home.pk}/") for home in homes
        )
        years = Assessment.objects.bulk_create(_assessment(home, year, chance) for home in homes)
        works = Innovation.objects.bulk_create(
            Innovation(region=house.region, agency=house, name=f"Inovasi {number}", created_by=user)
            for house in houses
            for number in range(each)
        )
        pairs = [(home, years[at // each]) for at, home in enumerate(work.agency for work in works)]
        Entry.objects.bulk_create(
            [_entry(work, house, assessment, chance) for work, (house, assessment) in zip(works, pairs, strict=True)]
            + [_institution(assessment, chance) for assessment in years[1:]]
        )
    return years


def _region(number: int) -> Region:
    code = f"{number // 100 + 11}.{number % 100:02}"
    return Region(code=code, slug=f"daerah-{number}", name=f"Daerah {number}", kind="kota", is_active=True)


def _assessment(home: Region, year: int, chance: random.Random) -> Assessment:
    edition = editions.load(chance.choice(EDITIONS))
    return Assessment(
        region=home,
        year=year,
        edition_code=edition.code,
        edition_digest=edition.digest,
        phase=chance.choice([Phase.OPEN, Phase.VERIFYING, Phase.CLOSED]),
        opens_on=date(year, 1, 1),
        internal_deadline=date(year, 6, 1),
        closes_on=date(year, 7, 1),
    )


def _entry(work: Innovation, house: Agency, assessment: Assessment, chance: random.Random) -> Entry:
    return Entry(
        region_id=house.region_id,
        assessment=assessment,
        innovation=work,
        agency=house,
        affair=chance.choice([*assessment.edition.basic_affairs, "statistik", ""]),
        state=chance.choice(list(State)),
        claimed=packed(chance),
        verified=packed(chance),
    )


def _institution(assessment: Assessment, chance: random.Random) -> Entry:
    return Entry(
        region_id=assessment.region_id,
        assessment=assessment,
        kind=Entry.Kind.INSTITUTION,
        state=chance.choice(list(State)),
        claimed=packed(chance),
        verified=packed(chance),
    )
