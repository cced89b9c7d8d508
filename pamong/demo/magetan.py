"""Kabupaten Magetan 2023: 32 reported, 16 proven, and what the other sixteen cost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django_scopes import scope

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import regions, structure
from pamong.agencies.models import Agency, Region
from pamong.assessments import packing
from pamong.assessments.actions import entering, ministry, submitting, verifying, year
from pamong.assessments.models import Assessment, Entry
from pamong.demo import proofs, stage
from pamong.demo.cast import Account, Cast
from pamong.engine import index
from pamong.engine.edition import Edition
from pamong.scoring.actions.closing import close
from pamong.scoring.models import PastFigure

AFFAIRS = (
    "perencanaan",
    "kesehatan",
    "pendidikan",
    "sosial",
    "pekerjaan-umum",
    "perumahan-rakyat",
    "ketenteraman",
    "lingkungan-hidup",
)
WEAK = ("16", "17", "32", "33", "35")


class Magetan:
    """The story, told in order."""

    def __init__(self, facts: Mapping[str, Any], region: Region, admin: User, cast: Cast) -> None:
        self.facts, self.region, self.admin, self.cast = facts, region, admin, cast
        self.figures = facts["figures"]

    def tell(self) -> list[Account]:
        with scope(region=self.region):
            # The article tells of no endorsement, and its year is over: the verifier's word is what is shown here.
            regions.set_rules(
                self.region,
                by=self.admin,
                endorsement_required=False,
                verification_days=14,
                notice=self.facts["region"]["notice"],
            )
            agencies = [
                structure.add(self.region, by=self.admin, name=name) for name in self.facts["agencies"]["names"]
            ]
            verifier = self.cast.person("verifikator", Role.VERIFIER, "Peneliti", region=self.region)
            PastFigure.objects.bulk_create(PastFigure(region=self.region, **row) for row in self.facts["past"])
            assessment = self.open_year()
            own = Entry.objects.get(assessment=assessment, kind=Entry.Kind.INSTITUTION)
            stage.claim_own(own, self.admin)
            submitting.submit(own, by=self.admin)
            stage.judge(own, {}, verifier)
            verifying.accept(own, by=verifier)
            own.refresh_from_db()
            self.report(
                assessment,
                agencies,
                verifier,
                self.proven_levels(assessment.edition, packing.levels_of(own, "verified")),
            )
            self.end(assessment)
        return self.cast.accounts

    def open_year(self) -> Assessment:
        """Reported within dates around today, because the calendar is enforced; dated 2023 when all is done."""
        today = timezone.localdate()
        made = year.prepare(
            region=self.region, by=self.admin, year=self.figures["year"], edition_code=self.figures["edition"],
            opens_on=today, internal_deadline=today, closes_on=today + timedelta(1),
        )  # fmt: skip
        return year.open_year(made, by=self.admin)

    def report(
        self, assessment: Assessment, agencies: list[Agency], verifier: User, proven: list[dict[str, int]]
    ) -> None:
        for number in range(self.figures["reported"]):
            agency = agencies[number % len(agencies)]
            operator = self.cast.operator(agency)
            facts = self.innovation(number, agency)
            innovation = stage.fill(stage.record(facts, agency, operator), facts, assessment, operator)
            entry = entering.enter(assessment, innovation, by=operator)
            if number < self.figures["accepted"]:
                self.proven(entry, proven[number], operator, verifier)
            else:
                self.unproven(entry, operator, verifier)

    def innovation(self, number: int, agency: Agency) -> dict[str, Any]:
        """Names after the article's own examples; told apart by agency."""
        themes = self.facts["innovations"]["themes"]
        theme = themes[number // len(self.facts["agencies"]["names"]) % len(themes)]
        return {
            "name": f"{theme} {agency.name}", "kind": "non-digital", "form": "tata-kelola",
            "affair": AFFAIRS[number % len(AFFAIRS)], "since": date(2021 + number % 2, number % 12 + 1, 10),
            "changed": f"{theme}: kebiasaan kantor diubah dan hasilnya dicatat setiap bulan.",
        }  # fmt: skip

    def proven(self, entry: Entry, levels: Mapping[str, int], operator: User, verifier: User) -> None:
        stage.claim(entry, levels, operator)
        stage.prove(entry, levels, operator, kits=proofs.BUNDLES)
        stage.hand_over(entry, operator, None)
        stage.judge(entry, {}, verifier)
        verifying.accept(entry, by=verifier)

    def unproven(self, entry: Entry, operator: User, verifier: User) -> None:
        """Claimed high with papers that do not hold: half of the year's work worth nothing."""
        levels = dict.fromkeys(entry.assessment.edition.innovation_codes, 2)
        stage.claim(entry, levels, operator)
        stage.prove(entry, {code: 2 for code in WEAK}, operator, kits=proofs.BUNDLES)
        stage.hand_over(entry, operator, None)
        stage.judge(entry, dict.fromkeys(WEAK, 0), verifier, only=WEAK, reason="Data dukung tidak memadai.")
        verifying.reject(entry, by=verifier, reason="Data dukung tidak memadai.")

    def proven_levels(self, edition: Edition, own: Mapping[str, int]) -> list[dict[str, int]]:
        """Levels for the accepted, lowered one by one until the index is the one the article tells."""
        count, accepted = self.figures["reported"], self.figures["accepted"]
        levels = [dict.fromkeys(edition.innovation_codes, 3) for _ in range(accepted)]
        fixed = Decimal(sum((line.points for line in index.institution(edition, own)), Decimal(0)))
        number = min(count, edition.count.cap) * edition.count.weight
        wanted = (Decimal(self.figures["index"]) * edition.declared.total / 100 - fixed - number) * count
        surplus = Decimal(accepted) * edition.maturity_maximum - wanted
        return _lowered(edition, levels, round(surplus))

    def end(self, assessment: Assessment) -> None:
        year.end_reporting(assessment, by=self.admin)
        figures = self.figures
        ministry.record_index(
            assessment,
            by=self.admin,
            index=Decimal(figures["index"]),
            rank=figures["rank"],
            rank_of=figures["rank_of"],
            source=figures["source"],
        )
        close(assessment, by=self.admin)
        Assessment.objects.filter(pk=assessment.pk).update(
            opens_on=date(2023, 5, 18), internal_deadline=date(2023, 7, 7), closes_on=date(2023, 7, 28)
        )


def _lowered(edition: Edition, levels: list[dict[str, int]], surplus: int) -> list[dict[str, int]]:
    """Take ``surplus`` points away, one level at a time, evenly; never a mandatory indicator to zero."""
    order = [(each, innovation) for each in reversed(edition.innovation) for innovation in levels] * 2
    for indicator, innovation in order:
        floor = 1 if indicator.mandatory else 0
        if indicator.weight <= surplus and innovation[indicator.code] > floor:
            innovation[indicator.code] -= 1
            surplus -= int(indicator.weight)
    return levels
