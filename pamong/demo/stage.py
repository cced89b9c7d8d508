"""What both stories do: fill profiles, claim with proofs, hand over, judge. Only through the product's own actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Agency
from pamong.agencies.queries.boundaries import outline
from pamong.assessments import answers
from pamong.assessments.actions import claiming, submitting, verifying
from pamong.assessments.actions.verifying import Seen
from pamong.assessments.models import Assessment, Claim, Entry
from pamong.demo import proofs, prose
from pamong.engine.boundaries import Shape, bounds, contains
from pamong.innovations import actions as innovations
from pamong.innovations.models import Innovation

# Typed values and chosen options for the region's own indicators; the edition's bands make the levels.
OWN = {
    "1": "visi-misi", "2a": "3", "2b": "3", "3": "4.5", "4": "4.75", "5a": "0.22", "5b": "4.81", "6": "12.5", "7": "9.4",
    "8": "wtp", "9": "b", "10a": "0.31", "10b": "5.6", "11a": "0.62", "11b": "82.4", "12": "insentif", "13a": "5",
    "13b": "baik", "14": "disepakati", "15": "fasilitasi",
}  # fmt: skip


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What is done within happens ``days`` days ago, by every clock the product reads: a year under way has a past."""
    now = timezone.now
    with patch.object(timezone, "now", lambda: now() - timedelta(days)):
        yield


def record(facts: Mapping[str, Any], agency: Agency, by: User) -> Innovation:
    """One innovation captured and its profile filled, as far as the facts go."""
    innovation = innovations.capture(
        region=agency.region, agency=agency, by=by, name=facts["name"], changed=facts["changed"],
        since=facts["since"], already_running=facts.get("stage") != "trial",
    )  # fmt: skip
    if facts.get("developed_on"):
        note = "Cakupan diperluas dan alur pelayanan diperbarui berdasarkan evaluasi tahun sebelumnya."
        innovation = innovations.take_step(innovation, "develop", by=by, on=facts["developed_on"], note=note)
    return innovation


def fill(innovation: Innovation, facts: Mapping[str, Any], assessment: Assessment, by: User) -> Innovation:
    """The full profile: texts from the facts, choices from the year's edition."""
    edition, region = assessment.edition, innovation.region
    since: date = facts["since"]
    mapped = outline(region)
    latitude, longitude = _somewhere(mapped.shape, innovation.pk) if mapped else (None, None)
    return innovations.edit(
        innovation, by=by, base_version=innovation.version,
        initiator=facts.get("initiator", "perangkat-daerah"), initiator_name=by.name, classification="perangkat-daerah",
        kind=facts["kind"], form=facts["form"], theme=edition.themes[len(innovation.name) % len(edition.themes)].code,
        programme=edition.clusters[-1].code if edition.clusters else "", affair=facts["affair"], other_affairs=[],
        latitude=latitude, longitude=longitude,
        trial_on=since.replace(day=1), **prose.profile(facts, innovation.agency.name, region.name),
    )  # fmt: skip


def _somewhere(shape: Shape, number: int) -> tuple[Decimal, Decimal]:
    """Latitude and longitude of a place within ``shape``; the places of many numbers are scattered evenly."""
    west, south, east, north = bounds(shape)
    tried = (
        (south + (north - south) * (step * 0.7549 % 1), west + (east - west) * (step * 0.5698 % 1))
        for step in count(number, 997)
    )
    latitude, longitude = next(place for place in tried if contains(shape, *place))
    return Decimal(f"{latitude:.5f}"), Decimal(f"{longitude:.5f}")


def claim(entry: Entry, levels: Mapping[str, int], by: User) -> None:
    """Claim ``levels``; nothing is proven yet."""
    edition = entry.assessment.edition
    for indicator in edition.innovation:
        level = levels.get(indicator.code, 0)
        basis = indicator.bases[0].code if indicator.bases and level else ""
        claiming.claim(entry, indicator.code, by=by, typed=answers.Typed(level=level, basis=basis), version=0)


def prove(
    entry: Entry, levels: Mapping[str, int], by: User, *, kits: Sequence[proofs.Kit] = proofs.KITS, **about: Any
) -> None:
    """Attach the decree (``about`` it: see ``proofs.decree``), the video and the papers of ``kits`` to the claims they prove."""
    if levels.get("16"):
        claiming.attach(entry, "16", proofs.decree(entry, levels["16"], by, **about), by=by)
    if levels.get("35"):
        claiming.attach(entry, "35", proofs.video(entry, by), by=by)
    for kit in kits:
        if wanted := [code for code in kit.indicators if levels.get(code)]:
            document = proofs.paper(entry, kit, levels, by)
            for code in wanted:
                claiming.attach(entry, code, document, by=by)


def claim_own(entry: Entry, by: User) -> None:
    """Answer the region's own indicators with one summary as proof."""
    document = proofs.own(entry, by)
    for indicator in entry.assessment.edition.institution:
        typed = (
            answers.Typed(basis=OWN[indicator.code])
            if indicator.options
            else answers.Typed(value=Decimal(OWN[indicator.code]))
        )
        made = claiming.claim(entry, indicator.code, by=by, typed=typed, version=0)
        if made.level:
            claiming.attach(entry, indicator.code, document, by=by)


def hand_over(entry: Entry, by: User, head: User | None) -> None:
    """Submit, and endorse where an agency's head must."""
    submitting.submit(entry, by=by)
    if head is not None:
        submitting.endorse(entry, by=head)


def judge(
    entry: Entry,
    levels: Mapping[str, int],
    by: User,
    *,
    only: Sequence[str] = (),
    most: int = 99,
    reason: str = "Bukti hanya memadai untuk tingkat ini.",
) -> None:
    """Verdicts for the first ``most`` claims, or those of ``only``: ``levels`` where given, else as claimed."""
    claims = Claim.objects.filter(entry=entry).order_by("indicator")
    for made in claims.filter(indicator__in=only) if only else claims[:most]:
        level = levels.get(made.indicator, made.level)
        why = reason if level != made.level else ""
        verifying.judge(entry, made.indicator, by=by, level=level, reason=why, seen=Seen(claim=made.version))
