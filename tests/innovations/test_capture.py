from datetime import date

import pytest
from django.test import Client

from pamong.agencies.models import Agency
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.innovations import actions
from pamong.innovations.models import Draft, Innovation, LifeEvent
from pamong.innovations.states import Stage
from tests.build import People
from tests.innovations import build

URL = "/kota-contoh/inovasi/catat/"


def captured(people: People, **fields: object) -> Innovation:
    given = {
        "region": people.region,
        "agency": people.agency,
        "by": people.operator,
        "name": "SIPPUT",
        "changed": "Dahulu antre, sekarang dijadwalkan.",
        "since": date(2025, 6, 1),
        "already_running": True,
    }
    return actions.capture(**given | fields)  # type: ignore[arg-type]


def test_capture_of_a_running_innovation_is_applied_since_that_day(people: People) -> None:
    innovation = captured(people)
    assert (innovation.stage, innovation.applied_on, innovation.version) == (Stage.IMPLEMENTED, date(2025, 6, 1), 1)
    event = LifeEvent.objects.get()
    assert (event.step, event.from_stage, event.to_stage, event.on, event.by) == (
        "record_existing",
        Stage.IDEA,
        Stage.IMPLEMENTED,
        date(2025, 6, 1),
        people.operator,
    )
    assert str(Event.objects.get()) == "Operator mencatat inovasi SIPPUT yang sudah berjalan"
    assert innovation.history.get().history_user == people.operator


def test_capture_of_what_is_not_running_is_an_idea_without_life(people: People) -> None:
    innovation = captured(people, since=None, already_running=False)
    assert (innovation.stage, innovation.applied_on, LifeEvent.objects.count()) == (Stage.IDEA, None, 0)


def test_capture_twice_gives_the_same_innovation(people: People) -> None:
    assert captured(people).pk == captured(people).pk
    assert (Innovation.objects.count(), Event.objects.count(), LifeEvent.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize("name", ["sipput", "  SIPPUT ", "Sipput"])
def test_capture_refuses_a_name_already_taken_and_points_to_it(people: People, name: str) -> None:
    first = captured(people)
    with pytest.raises(actions.NameTaken) as refused:
        captured(people, name=name, changed="Lain sama sekali.")
    assert refused.value.existing == first
    assert (Innovation.objects.count(), Event.objects.count()) == (1, 1)


def test_the_same_name_may_be_used_in_another_region(people: People) -> None:
    from django_scopes import scope

    captured(people)
    with scope(region=people.other_region):
        other = captured(
            people,
            region=people.other_region,
            agency=build_other(people),
            by=people.stranger,
        )
        assert other.name == "SIPPUT"


def build_other(people: People) -> Agency:
    from tests.build import agency

    return agency(people.other_region, "Dinas Lain")


@pytest.mark.parametrize(
    "who", ["neighbour", "stranger", "verifier", "agency_head", "region_head", "citizen", "nation_reader", "site_admin"]
)
def test_capture_refuses_those_without_a_seat_and_changes_nothing(people: People, who: str) -> None:
    with pytest.raises(Refused):
        captured(people, by=getattr(people, who))
    assert (Innovation.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "fields",
    [{"since": None}, {"since": date(2999, 1, 1)}, {"name": "   "}],
    ids=["running without a date", "in the future", "without a name"],
)
def test_capture_refuses_what_cannot_be(people: People, fields: dict[str, object]) -> None:
    with pytest.raises(Refused):
        captured(people, **fields)
    assert (Innovation.objects.count(), Event.objects.count()) == (0, 0)


def test_capture_refuses_a_closed_agency_and_one_of_another_region(people: People) -> None:
    foreign = build_other(people)
    with pytest.raises(Refused):
        captured(people, agency=foreign, by=people.stranger)
    people.agency.closed_on = date(2025, 1, 1)
    people.agency.save()
    with pytest.raises(Refused):
        captured(people, agency=people.agency)
    assert Innovation.objects.count() == 0


# -- the page ---------------------------------------------------------------------------------------------------------


def form(people: People, **fields: object) -> dict[str, object]:
    return {
        "name": "SIPPUT",
        "agency": people.agency.pk,
        "changed": "Dahulu antre, sekarang dijadwalkan.",
        "running": "ya",
        "since": "Juni 2025",
    } | fields


def test_the_page_captures_with_a_month_only(people: People, login) -> None:
    browser: Client = login(people.operator)
    answer = browser.post(URL, form(people))
    innovation = Innovation.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/kota-contoh/inovasi/{innovation.code}/")
    assert (innovation.since, innovation.stage) == (date(2025, 6, 1), Stage.IMPLEMENTED)


def test_the_page_preselects_the_only_agency(people: People, login) -> None:
    page = login(people.operator).get(URL).content.decode()
    assert f'<option value="{people.agency.pk}" selected>' in page


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(people: People, login) -> None:
    answer = login(people.operator).post(URL, form(people, since="", name="Nama tetap ada"))
    assert answer.status_code == 422
    assert "Nama tetap ada" in answer.content.decode()
    assert Innovation.objects.count() == 0


def test_the_page_links_to_the_one_that_has_the_name(people: People, login) -> None:
    first = captured(people)
    answer = login(people.operator).post(URL, form(people, changed="Lain"))
    assert answer.status_code == 409
    assert f"/kota-contoh/inovasi/{first.code}/" in answer.content.decode()


def test_the_page_does_not_link_to_an_innovation_the_person_may_not_see(people: People, login) -> None:
    first = captured(people)
    answer = login(people.neighbour).post(URL, form(people, agency=people.other_agency.pk))
    assert answer.status_code == 409
    assert first.code not in answer.content.decode()


def test_the_page_offers_only_agencies_one_may_write_for(people: People, login) -> None:
    answer = login(people.operator).post(URL, form(people, agency=people.other_agency.pk))
    assert answer.status_code == 422
    assert Innovation.objects.count() == 0


def test_what_is_typed_survives_and_is_offered_again(people: People, login) -> None:
    browser = login(people.operator)
    saved = browser.post(f"{URL}ketikan/", {"name": "Setengah jadi", "changed": "Baru ini", "x": "1"})
    assert saved.json() == {"message": "Ketikan disimpan sementara"}
    draft = Draft.objects.get()
    assert draft.data == {"name": "Setengah jadi", "changed": "Baru ini"}
    assert "Ada ketikan belum disimpan" in browser.get(URL).content.decode()
    assert 'value="Setengah jadi"' in browser.get(f"{URL}?pulihkan=1").content.decode()


def test_a_draft_is_gone_after_capture_and_after_discarding(people: People, login) -> None:
    browser = login(people.operator)
    browser.post(f"{URL}ketikan/", {"name": "A"})
    browser.post(URL, form(people))
    assert Draft.objects.count() == 0
    browser.post(f"{URL}ketikan/", {"name": "B"})
    browser.post(f"{URL}ketikan/buang/")
    assert Draft.objects.count() == 0


def test_a_draft_is_seen_by_nobody_else(people: People, login) -> None:
    actions.save_draft(region=people.region, by=people.region_admin, data={"name": "Rahasia"})
    assert "Rahasia" not in login(people.operator).get(URL).content.decode()
    assert "Rahasia" not in login(people.operator).get(f"{URL}?pulihkan=1").content.decode()


def test_builder_makes_different_names(people: People) -> None:
    one, two = (build.innovation(people.agency, people.operator) for _ in range(2))
    assert one.name != two.name
