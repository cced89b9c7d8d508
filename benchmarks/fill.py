"""Fills a database with regions of a given size, past the actions: only the shape and number of rows matter here."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.models import Agency, Membership, Region
from pamong.assessments.models import Assessment, Claim, Entry, EntryScore, Proof, Verdict
from pamong.engine import edition as editions
from pamong.engine.index import maturity, rounded
from pamong.evidence.models import Document, Version
from pamong.innovations.models import Innovation

EDITION = "iid-2026"
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def region(code: str, name: str) -> Region:
    return Region.objects.create(
        code=code, slug=f"daerah-{code.replace('.', '-')}", name=name, kind="kota", is_active=True
    )


def assessment(region: Region) -> Assessment:
    today = timezone.localdate()
    return Assessment.objects.create(
        region=region, year=2026, edition_code=EDITION, edition_digest=editions.load(EDITION).digest, phase="open",
        opens_on=date(2026, 1, 1), internal_deadline=max(today, date(2026, 8, 15)), closes_on=max(today, date(2026, 8, 31)),
    )  # fmt: skip


@transaction.atomic
def small(innovations: int = 200, documents: int = 2, agencies: int = 20) -> tuple[Region, Assessment]:
    """One region: ``innovations`` × 20 indicators × ``documents``, an operator, a verifier, an administrator, every row judged or waiting."""
    rng = random.Random(7)
    place = region("33.71", "Kota Ukur")
    year = assessment(place)
    houses = [_agency(place, number) for number in range(agencies)]
    people = {role: _person(role, place, houses[0]) for role in (Role.REGION_ADMIN, Role.OPERATOR, Role.VERIFIER)}
    author = people[Role.REGION_ADMIN]
    edition = editions.load(EDITION)
    affairs = [affair.code for affair in edition.affairs]
    ideas = Innovation.objects.bulk_create(
        Innovation(
            region=place, agency=houses[number % agencies], name=f"Inovasi Ukur {number:04d}", stage="implemented",
            kind=rng.choice(["digital", "non-digital"]), affair=rng.choice(affairs), applied_on=date(2025, 3, 1),
            changed="Antrean dipangkas.", legal_basis="kata " * 60, problem="kata " * 60, method="kata " * 200,
            created_by=author,
        )
        for number in range(innovations)
    )  # fmt: skip
    entries = Entry.objects.bulk_create(
        Entry(
            region=place, assessment=year, innovation=idea, agency_id=idea.agency_id, affair=idea.affair,
            state="verifying" if number % 2 else "submitted", claimed=_levels(rng), verified="-" * 20,
            submitted_at=NOW, submitted_by=author, due_on=date(2026, 7, 15), verifier=people[Role.VERIFIER] if number % 3 else None,
        )
        for number, idea in enumerate(ideas)
    )  # fmt: skip
    codes = edition.innovation_codes
    claims = Claim.objects.bulk_create(
        (
            Claim(region=place, entry=entry, indicator=code, level=int(level), by=author)
            for entry in entries
            for code, level in zip(codes, entry.claimed, strict=True)
        ),
        batch_size=500,
    )
    papers = Document.objects.bulk_create(
        (
            Document(
                region=place,
                agency=houses[number % agencies],
                subject=f"Dokumen {number}",
                number=f"{number}/SK/2025",
                dated=date(2025, 2, 1),
                created_by=author,
            )
            for number in range(innovations * documents * 5)
        ),
        batch_size=500,
    )
    Version.objects.bulk_create(
        (
            Version(
                document=paper,
                region=place,
                number=1,
                sha256=f"{paper.pk:064x}",
                size=20_000,
                media_type="application/pdf",
                by=author,
            )
            for paper in papers
        ),
        batch_size=500,
    )
    Proof.objects.bulk_create(
        (
            Proof(region=place, claim=claim, document=papers[(number * documents + at) % len(papers)], by=author)
            for number, claim in enumerate(claims)
            for at in range(documents)
        ),
        batch_size=500,
    )
    Verdict.objects.bulk_create(
        (
            Verdict(
                region=place,
                entry_id=claim.entry_id,
                indicator=claim.indicator,
                level=claim.level,
                claimed_level=claim.level,
                claim_version=1,
                by=people[Role.VERIFIER],
            )
            for claim in claims
            if entries[0].pk <= claim.entry_id and int(claim.indicator) % 2 and claim.entry_id % 2
        ),
        batch_size=500,
    )
    _scores(entries)
    return place, year


@transaction.atomic
def ready(entries: int, regions: int = 1) -> list[int]:
    """Complete drafts spread evenly over ``regions``, each ready for its own region's one operator; returns their keys."""
    made = [_drafts(number, entries // regions) for number in range(regions)]
    return [key for keys in zip(*made, strict=True) for key in keys]


def _drafts(number: int, entries: int) -> list[int]:
    place = region(f"33.{71 + number}", f"Kota Ukur {number}")
    Region.objects.filter(pk=place.pk).update(endorsement_required=False)
    year, house = assessment(place), _agency(place, 0)
    author = _person(Role.OPERATOR, place, house, email=f"operator-{number}@ukur.test")
    edition = editions.load(EDITION)
    texts = dict.fromkeys((*Innovation.DESIGN_PARTS, *Innovation.CRITERIA), "kata " * 60)
    ideas = Innovation.objects.bulk_create(
        Innovation(
            region=place, agency=house, name=f"Inovasi {number}", stage="implemented", created_by=author, kind="digital",
            form="pelayanan-publik", initiator="perangkat-daerah", initiator_name="Dinas", classification="perangkat-daerah",
            theme=edition.themes[0].code, programme=edition.clusters[0].code, affair="kesehatan", latitude="-7.47",
            longitude="110.21", trial_on=date(2024, 11, 1), applied_on=date(2025, 2, 1), purpose="a", benefit="b", result="c",
            **texts,
        )
        for number in range(entries)
    )  # fmt: skip
    made = Entry.objects.bulk_create(
        Entry(region=place, assessment=year, innovation=idea, agency=house, claimed="2" * 20) for idea in ideas
    )
    EntryScore.objects.bulk_create(EntryScore(entry=entry, claimed=7400) for entry in made)
    paper = Document.objects.create(region=place, agency=house, subject="SK", created_by=author)
    Version.objects.create(
        document=paper, region=place, number=1, sha256="0" * 64, size=1, media_type="application/pdf", by=author
    )
    claims = Claim.objects.bulk_create(
        (
            Claim(region=place, entry=entry, indicator=code, level=2, by=author, basis="a" if code == "33" else "")
            for entry in made
            for code in edition.innovation_codes
        ),
        batch_size=500,
    )
    Proof.objects.bulk_create(
        (Proof(region=place, claim=claim, document=paper, by=author) for claim in claims), batch_size=500
    )
    return [entry.pk for entry in made]


def _levels(rng: random.Random) -> str:
    return "".join(rng.choice("0123") for _ in range(20))


def _agency(place: Region, number: int) -> Agency:
    made = Agency.objects.create(region=place, slug=f"dinas-{number}", name=f"Dinas {number}", path="")
    made.path = f"/{made.pk}/"
    made.save(update_fields=["path"])
    return made


def _person(role: Role, place: Region, house: Agency, email: str = "") -> User:
    who = User.objects.create_user(email or f"{role.value}@ukur.test", "kata-sandi-ukur", name=role.value)
    Membership.objects.create(
        person=who, role=role, region=place, agency=house if role is Role.OPERATOR else None, starts_on=date(2020, 1, 1)
    )
    return who


def _scores(entries: list[Entry]) -> None:
    edition = editions.load(EDITION)
    EntryScore.objects.bulk_create(
        EntryScore(
            entry=entry,
            claimed=int(
                rounded(
                    maturity(edition, dict(zip(edition.innovation_codes, map(int, entry.claimed), strict=True))).points
                    * 100,
                    0,
                )
            ),
        )
        for entry in entries
    )
