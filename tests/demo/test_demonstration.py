"""The demonstration: loaded once, true to its sources, made only through the product's own actions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from pamong.accounts.models import User
from pamong.accounts.roles import ROLES, Role
from pamong.agencies.actions.regions import bring
from pamong.agencies.models import Membership, Region
from pamong.assessments import packing
from pamong.assessments.models import Assessment, CannedReason, Entry, Verdict
from pamong.assessments.states import State
from pamong.audit.queries import faults
from pamong.common.permit import Refused
from pamong.dashboards import causes, queries
from pamong.demo import loading
from pamong.evidence.models import Arrival
from pamong.innovations.models import LifeEvent
from pamong.notifications.models import Message
from pamong.planning.models import Task
from pamong.ranking.models import Cluster, Publication, Run, Series
from pamong.scoring.models import PastFigure
from tests import build


def test_the_demonstration_tells_what_its_sources_tell(db: None) -> None:
    # The list of regions may be there already; ``--force-demo`` takes its regions, not two of a code.
    bring(
        [{"code": "33", "name": "Jawa Tengah", "kind": "provinsi"}, {"code": "33.71", "name": "Kota", "kind": "kota"}],
        by=None,
    )
    accounts = loading.load(force=True)
    assert loading.load() == []
    assert sorted(Region.objects.values_list("code", flat=True)) == ["33", "33.71", "35.20"]
    assert {seat.role for seat in Membership.objects.all()} == {role.value for role in Role}
    assert {account.role for account in accounts} == {str(info.label) for info in ROLES.values()}
    _magetan(Region.objects.get(code="35.20"))
    _magelang(Region.objects.get(code="33.71"))
    assert list(faults()) == []
    assert not Message.objects.exists()  # nothing of the story is mailed when the first worker starts


def _magetan(region: Region) -> None:
    """32 reported, 16 proven, index 43, rank 218 of 413; and what the other sixteen cost."""
    with scope(region=region):
        assessment = Assessment.objects.get(region=region)
        assert packing.faults(assessment) == []
        standing = queries.region_standing(assessment, queries.rows(queries.whole(assessment)))
        assert (standing.verified.reported, standing.verified.accepted) == (32, 16)
        assert standing.verified.index == Decimal("43.00")
        assert standing.returned is not None
        assert (standing.returned.index, standing.returned.rank, standing.returned.rank_of) == (Decimal(43), 218, 413)
        assert standing.cost is not None
        assert standing.cost.innovations == 16
        assert standing.cost.lost > 10
        assert (assessment.phase, assessment.closes_on.year) == ("closed", 2023)
    client = Client()
    client.force_login(User.objects.get(email="admin.magetan@contoh.id"))
    assert "16 dari 32 inovasi" in client.get("/kabupaten-magetan/").content.decode()


def _magelang(region: Region) -> None:
    """A year under way with an entry in every state, and the figures of the articles with their source."""
    with scope(region=region):
        running = Assessment.objects.get(region=region, year=2026)
        states = set(running.entries.filter(kind=Entry.Kind.INNOVATION).values_list("state", flat=True))
        assert states == set(State.values)
        past = dict(PastFigure.objects.filter(region=region).values_list("year", "reported"))
        assert {year: past[year] for year in (2020, 2021, 2022)} == {2020: 68, 2021: 69, 2022: 45}
        assert not PastFigure.objects.filter(source="").exists()
        assert packing.faults(running) == []
        _year_before(region)
        _ranks(region)
        tried = LifeEvent.objects.filter(innovation__name="Tertib Antre Puskesmas").order_by("pk")
        assert list(tried.values_list("step", flat=True)) == ["propose", "find_feasible", "adopt", "start_trial"]
        assert CannedReason.objects.count() == 3
        _past(running)
        assert sorted(Arrival.objects.values_list("state", flat=True)) == ["ready"] * 6 + ["refused"]


def _past(running: Assessment) -> None:
    """The year has a past: what waits has waited for days, proofs came in over weeks, tasks were done and one house is late."""
    sent = running.entries.filter(state=State.SUBMITTED, kind=Entry.Kind.INNOVATION).values_list(
        "submitted_at", flat=True
    )
    days = [(timezone.now() - at).days for at in sent]
    assert len(set(days)) > 2
    assert min(days) >= 2
    weeks = {
        at.isocalendar()[:2] for at in Verdict.objects.filter(entry__assessment=running).values_list("at", flat=True)
    }
    assert len(weeks) >= 3
    tasks = Task.objects.filter(plan__assessment=running)
    assert tasks.exclude(ended_at=None).count() == 3
    assert tasks.filter(ended_at=None, due_on__lt=timezone.localdate()).exists()


def _ranks(region: Region) -> None:
    """Results of all regions are invented and say so on every page; what was really published stays apart."""
    assert set(Series.objects.filter(invented=True).values_list("code", flat=True)) == {"contoh"}
    invented = Publication.objects.filter(series__invented=True)
    assert [(one.year, one.regions == one.results.count() > 500) for one in invented.order_by("year")] == [
        (2022, True), (2023, True), (2024, True), (2025, True),
    ]  # fmt: skip
    assert {cluster.code: cluster.members.count() for cluster in Cluster.objects.all()} == {
        "tertinggal": 62, "perbatasan": 17, "papua": 48,
    }  # fmt: skip
    done = {run.kind: run for run in Run.objects.filter(region=region)}
    assert {kind: run.state for kind, run in done.items()} == dict.fromkeys(
        ("robustness", "forecast", "composite"), "done"
    )
    client = Client()
    client.force_login(User.objects.get(email="admin@contoh.id"))
    home = f"/{region.slug}/peringkat/"
    tables = [f"{home}?tabel=contoh-2025&kelompok=papua", f"{home}riwayat/"]
    for address in [
        *tables,
        *(f"{home}hitung/{done[kind].code}/" for kind in ("robustness", "forecast")),
    ]:
        assert "<strong>Data contoh.</strong>" in client.get(address).content.decode(), address
    assert "Data contoh" not in client.get(home).content.decode()


def _year_before(region: Region) -> None:
    """A closed year, so that the running one can be compared with it: claim beside claim while it runs."""
    before = Assessment.objects.get(region=region, year=2025)
    assert (before.phase, before.closes_on.year, packing.faults(before)) == ("closed", 2025, [])
    admin = User.objects.get(email="admin@contoh.id")
    pair = causes.usual(causes.results(admin, region))
    assert pair is not None
    assert [(each.year, each.word) for each in pair] == [(2025, "klaim"), (2026, "klaim")]
    found = causes.explained(admin, *pair)
    assert found.before + sum(line.amount for line in found.lines) == found.after
    assert sum(bool(line.amount) for line in found.lines) >= 3


def test_a_database_with_others_work_is_left_alone(region: Region) -> None:
    person = build.person()
    with pytest.raises(Refused):
        loading.load()
    assert (list(User.objects.all()), list(Region.objects.all())) == ([person], [region])
    assert not Message.objects.exists()
