"""What to send, and what if: computed from the year, never changing it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from pamong.assessments.models import Assessment, Entry
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.planning.actions import supposing as acts
from pamong.planning.models import Chance, Scenario
from pamong.planning.queries import portfolio, scenarios
from pamong.planning.queries.ground import ground
from pamong.planning.supposing import Added, Changes, as_data, from_data, supposed
from tests.assessments import build as reports
from tests.build import People
from tests.planning import build
from tests.verification import build as verification

Login = Callable[[object], Client]
ROOT = "/kota-contoh/rencana/"
FULL = {str(code): 3 for code in range(16, 36)}


def test_what_is_decided_is_certain_and_what_is_not_follows_the_regions_history(people: People) -> None:
    verification.accepted(people)
    draft = reports.entry(people)
    assessment = draft.assessment
    found = {row.item.code: row for row in portfolio.choice(ground(assessment)).rows}
    assert found[draft.code].percent == portfolio.USUAL
    for _ in range(4):
        verification.rejected(people)
    seen = portfolio.history(people.region)
    assert (seen.decided, seen.accepted, seen.percent) == (5, 1, 29)
    found = {row.item.code: row.percent for row in portfolio.choice(ground(assessment)).rows}
    assert sorted(found.values()) == [0, 0, 0, 0, 29, 100]


def test_a_chance_is_set_and_given_back_and_never_of_another_year(people: People) -> None:
    draft = reports.entry(people)
    acts.set_chances(draft.assessment, {draft.pk: 40, 999_999: 10}, by=people.region_admin)
    (row,) = portfolio.choice(ground(draft.assessment)).rows
    assert (row.percent, row.is_set, Chance.objects.count()) == (40, True, 1)
    acts.set_chances(draft.assessment, {draft.pk: None}, by=people.region_admin)
    assert not Chance.objects.exists()
    with pytest.raises(Refused, match="administrator daerah"):
        acts.set_chances(draft.assessment, {draft.pk: 40}, by=people.operator)
    assert not Chance.objects.exists()


def test_what_the_rules_do_not_admit_is_not_sent(people: People) -> None:
    from datetime import date

    old = reports.entry(people, levels=FULL, applied_on=date(2019, 2, 1), trial_on=date(2018, 12, 1))
    (row,) = portfolio.choice(ground(old.assessment)).rows
    assert row.advice == "tidak memenuhi syarat"
    assert "lebih awal" in row.barred


def test_supposing_changes_levels_decisions_rules_and_number_and_nothing_in_the_year(people: People) -> None:
    assessment = build.year(people, 2)
    found = ground(assessment)
    first, second = (code for code in found.items if code)
    before = list(Entry.objects.values_list("pk", "state", "claimed", "verified"))
    changes = Changes(
        edition="iid-2027", levels={(first, "16"): 3, ("", "12"): 2}, everywhere={"35": 3}, states={second: "rejected"},
        added=(Added(20, "sosial", 3),),
    )  # fmt: skip
    assert from_data(as_data(changes)) == changes
    made = supposed(found, changes)
    score = made.score()
    assert (made.edition.code, score.reported, score.accepted, score.divisor) == ("iid-2027", 22, 21, 22)
    assert made.by_code[first].levels["16"] == made.by_code[first].levels["35"] == 3
    assert made.institution["12"] == 2
    assert list(Entry.objects.values_list("pk", "state", "claimed", "verified")) == before


def test_what_is_held_back_neither_counts_nor_divides(people: People) -> None:
    assessment = build.year(people, 2)
    found = ground(assessment)
    code = next(code for code in found.items if code)
    assert supposed(found, Changes(states={code: "held"})).score().reported == 1


def test_a_scenario_is_its_makers_alone_until_shared_and_changed_by_nobody_else(people: People) -> None:
    made = acts.suppose(build.year(people, 1), "Coba", Changes(edition="iid-2027"), by=people.region_admin)
    assert list(scenarios.visible_to(people.region_head, people.region)) == []
    acts.share(made, by=people.region_admin, shared=True)
    assert list(scenarios.visible_to(people.region_head, people.region)) == [made]
    for by in (people.operator, people.neighbour, people.stranger, people.citizen):
        assert list(scenarios.visible_to(by, people.region)) == []
    with pytest.raises(Refused, match="milik orang lain"):
        acts.change(made, by=people.region_head, name="Lain", changes=Changes())
    with pytest.raises(Refused, match="milik orang lain"):
        acts.discard(made, by=people.region_head)
    with pytest.raises(Refused, match="pembaca seluruh daerah"):
        acts.suppose(made.assessment, "Coba", Changes(), by=people.operator)
    assert Scenario.objects.get().name == "Coba"
    assert Event.objects.filter(act__startswith="scenario.").count() == 2


def test_the_portfolio_page_advises_and_takes_chances(people: People, login: Login) -> None:
    assessment = build.year(people, 2)
    entry = assessment.entries.filter(kind="innovation").first()
    client = login(people.region_admin)
    assert "Pilihan terbaik" in client.get(f"{ROOT}kiriman/").content.decode()
    assert client.post(f"{ROOT}kiriman/", {f"c{entry.pk}": "55"}).status_code == 302
    assert Chance.objects.get().percent == 55
    assert client.post(f"{ROOT}kiriman/", {f"c{entry.pk}": "155"}).status_code == 422
    assert login(people.region_head).post(f"{ROOT}kiriman/", {f"c{entry.pk}": "1"}).status_code == 409
    assert Chance.objects.get().percent == 55


def test_a_what_if_is_made_changed_compared_shared_and_thrown_away(people: People, login: Login) -> None:
    assessment = build.year(people, 2)
    entry = assessment.entries.filter(kind="innovation").first()
    client = login(people.region_admin)
    sent = {"name": "Aturan 2027", "edition": "iid-2027", "number": "3", "affair": "sosial", "level": "2"}
    where = client.post(f"{ROOT}andai/baru/", sent)["Location"]
    made = Scenario.objects.get()
    assert where == f"{ROOT}andai/{made.code}/"
    page = client.get(where).content.decode()
    index = supposed(ground(assessment), from_data(made.changes)).score().index
    assert str(index).replace(".", ",") in page
    assert client.post(f"{where}tingkat/{entry.code}/", {"l16": "3"}).status_code == 302
    assert client.post(f"{where}tingkat/daerah/", {"l12": "1"}).status_code == 302
    assert client.post(where, {**sent, "name": "Lain", f"s{entry.code}": "rejected"}).status_code == 302
    changes = from_data(Scenario.objects.get().changes)
    assert changes.levels == {(entry.code, "16"): 3, ("", "12"): 1}
    assert changes.states == {entry.code: "rejected"}
    assert client.post(where, {**sent, "name": ""}).status_code == 422
    assert client.post(where, {**sent, "everywhere": "16"}).status_code == 422
    assert "Lain" in client.get(f"{ROOT}andai/banding/?s={made.code}").content.decode()
    assert client.get(f"{ROOT}andai/banding/?s=ZZZZ").status_code == 404
    client.post(f"{where}bagikan/", {"bagikan": "1"})
    assert login(people.region_head).get(where).status_code == 200
    assert login(people.region_head).post(f"{where}buang/").status_code == 409
    assert login(people.region_head).get(f"{ROOT}andai/baru/?dari={made.code}").status_code == 200
    login(people.region_admin).post(f"{where}buang/")
    assert not Scenario.objects.exists()


def test_side_by_side_starts_from_the_year_as_it_is(people: People) -> None:
    assessment = build.year(people, 1)
    made = acts.suppose(assessment, "Coba", Changes(everywhere={"35": 3}), by=people.region_admin)
    found = ground(Assessment.objects.get(pk=assessment.pk))
    lines = {line.label: line.values for line in scenarios.compared(scenarios.columns(found, [made]))}
    assert lines["Indeks"][0] == found.situation.score().index
    assert lines["Selisih dari sekarang"] == (Decimal(0), lines["Indeks"][1] - lines["Indeks"][0])
