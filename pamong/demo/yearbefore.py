"""Kota Magelang the year before: closed and sealed, so that the running year has something to be compared with.

Which innovations took part follows the rules' window; levels and verdicts are examples, as the region's notice says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pamong.assessments.actions import entering, submitting, verifying, year
from pamong.assessments.models import Assessment, Entry
from pamong.demo import proofs, stage
from pamong.scoring.actions.closing import close

if TYPE_CHECKING:
    from pamong.demo.magelang import Magelang

YEAR, EDITION = 2025, "iid-2025"
UNPROVEN = "Lakone"
WEAK = ("16", "17", "32", "33", "35")
PAPERS, PICTURES = proofs.BUNDLES
KITS = (  # this year's rules take indicator 29 as a paper, not as a picture
    replace(PAPERS, indicators=(*PAPERS.indicators, "29")),
    replace(PICTURES, indicators=tuple(code for code in PICTURES.indicators if code != "29")),
)


def tell(story: Magelang) -> None:
    """Report, verify and close the year before, within dates around today because the calendar is enforced; then date it."""
    assessment = _open(story)
    own = Entry.objects.get(assessment=assessment, kind=Entry.Kind.INSTITUTION)
    stage.claim_own(own, story.admin)
    submitting.submit(own, by=story.admin)
    stage.judge(own, {"12": 1}, story.verifier)
    verifying.accept(own, by=story.verifier)
    for facts in _took_part(story.facts["innovation"]):
        _play(story, facts, assessment)
    year.end_reporting(assessment, by=story.admin)
    close(assessment, by=story.admin)
    Assessment.objects.filter(pk=assessment.pk).update(
        opens_on=date(YEAR, 5, 5), internal_deadline=date(YEAR, 7, 4), closes_on=date(YEAR, 7, 31)
    )


def _open(story: Magelang) -> Assessment:
    today = timezone.localdate()
    made = year.prepare(
        region=story.region, by=story.admin, year=YEAR, edition_code=EDITION,
        opens_on=today, internal_deadline=today, closes_on=today + timedelta(1),
    )  # fmt: skip
    return year.open_year(made, by=story.admin)


def _took_part(every: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """What began or was developed in the two years before, and is still reported today."""
    for facts in every:
        began: date = facts.get("developed_on", facts["since"])
        if facts["state"] != "none" and YEAR - 2 <= began.year < YEAR:
            yield facts


def _play(story: Magelang, facts: Mapping[str, Any], assessment: Assessment) -> None:
    agency = story.agencies[facts["agency"]]
    operator = story.cast.operator(agency)
    entry = entering.enter(assessment, story.known(facts, assessment), by=operator)
    levels = story.levels(max(facts["strength"] - 1, 1), facts["name"], assessment)
    stage.claim(entry, levels, operator)
    stage.prove(entry, levels, operator, kits=KITS)
    stage.hand_over(entry, operator, story.cast.head(agency))
    by = story.second if entry.agency_id != story.agencies["setda"].pk else story.verifier
    if facts["name"] == UNPROVEN:
        stage.judge(entry, dict.fromkeys(WEAK, 0), by, only=WEAK, reason="Data dukung tidak memadai.")
        verifying.reject(entry, by=by, reason="Data dukung tidak memadai.")
    else:
        stage.judge(entry, {"33": 1}, by)
        verifying.accept(entry, by=by)
