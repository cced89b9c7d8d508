"""Two people writing the same profile lose nothing and are told."""

from datetime import date
from decimal import Decimal

import pytest

from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.innovations import actions
from pamong.innovations.models import Draft, Innovation
from tests.build import People
from tests.innovations import build


@pytest.fixture
def innovation(people: People) -> Innovation:
    return build.innovation(people.agency, people.operator, "SIPPUT", running=True, purpose="Semula", benefit="Semula")


def url(innovation: Innovation) -> str:
    return f"/kota-contoh/inovasi/{innovation.code}/profil/"


def payload(innovation: Innovation, **typed: object) -> dict[str, object]:
    """What a browser sends: every field as the page shows it, with ``typed`` over it."""
    from pamong.innovations.forms import ProfileForm

    form = ProfileForm(innovation=innovation)
    sent: dict[str, object] = {}
    for name in form.fields:
        value = form[name].value()
        sent[name] = "" if value is None else value
    return sent | typed


# -- the act ----------------------------------------------------------------------------------------------------------


def test_edit_writes_the_fields_and_leaves_a_trace(people: People, innovation: Innovation) -> None:
    edited = actions.edit(
        innovation, by=people.operator, base_version=innovation.version, purpose="Baru", affair="kesehatan"
    )
    assert (edited.purpose, edited.affair, edited.version) == ("Baru", "kesehatan", innovation.version + 1)
    last = Event.objects.first()
    assert str(last) == "Operator memperbarui profil SIPPUT: tujuan, urusan utama"
    record = edited.history.first()
    assert (record.version, record.history_user, record.purpose) == (edited.version, people.operator, "Baru")


def test_edit_to_the_same_changes_nothing(people: People, innovation: Innovation) -> None:
    before = (Event.objects.count(), innovation.history.count())
    actions.edit(innovation, by=people.operator, base_version=innovation.version, purpose="Semula")
    innovation.refresh_from_db()
    assert (Event.objects.count(), innovation.history.count()) == before


def test_a_double_click_writes_once(people: People, innovation: Innovation) -> None:
    base = innovation.version
    for _ in range(2):
        edited = actions.edit(innovation, by=people.operator, base_version=base, purpose="Baru")
    assert edited.version == base + 1


def test_fields_only_i_changed_are_saved_over_theirs(people: People, innovation: Innovation) -> None:
    base = innovation.version
    actions.edit(innovation, by=people.region_admin, base_version=base, benefit="Dari Bappeda")
    edited = actions.edit(innovation, by=people.operator, base_version=base, purpose="Dari dinas", benefit="Semula")
    assert (edited.purpose, edited.benefit) == ("Dari dinas", "Dari Bappeda")


def test_a_field_both_changed_is_refused_with_both_texts_and_nothing_is_written(
    people: People, innovation: Innovation
) -> None:
    base = innovation.version
    actions.edit(innovation, by=people.region_admin, base_version=base, purpose="Dari Bappeda", result="Hasil")
    before = Event.objects.count()
    with pytest.raises(actions.Clashed) as clashed:
        actions.edit(innovation, by=people.operator, base_version=base, purpose="Dari dinas", benefit="Dari dinas")
    (clash,) = clashed.value.clashes
    assert isinstance(clashed.value, Overtaken)
    assert (clash.unit, clash.base, clash.mine, clash.theirs) == (
        "purpose",
        ("Semula",),
        ("Dari dinas",),
        ("Dari Bappeda",),
    )
    assert clashed.value.version == base + 1
    innovation.refresh_from_db()
    assert (innovation.purpose, innovation.benefit, Event.objects.count()) == ("Dari Bappeda", "Semula", before)


def test_an_unknown_base_is_refused(people: People, innovation: Innovation) -> None:
    with pytest.raises(Overtaken, match="terlalu lama"):
        actions.edit(innovation, by=people.operator, base_version=99, purpose="Baru")


def test_a_step_between_does_not_clash_with_texts(people: People, innovation: Innovation) -> None:
    base = innovation.version
    actions.take_step(innovation, "develop", by=people.operator, on=date(2025, 9, 1), note="Kini lima puskesmas")
    edited = actions.edit(innovation, by=people.operator, base_version=base, purpose="Baru", development="")
    assert (edited.purpose, edited.development) == ("Baru", "Kini lima puskesmas")


@pytest.mark.parametrize("who", ["neighbour", "verifier", "agency_head", "region_head", "stranger", "citizen"])
def test_edit_refuses_those_without_a_seat_and_changes_nothing(
    people: People, innovation: Innovation, who: str
) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused):
        actions.edit(innovation, by=getattr(people, who), base_version=innovation.version, purpose="Baru")
    innovation.refresh_from_db()
    assert (innovation.purpose, Event.objects.count()) == ("Semula", before)


@pytest.mark.parametrize(
    "fields",
    [
        {"trial_on": date(2025, 7, 1)},
        {"developed_on": date(2025, 5, 1)},
        {"trial_on": date(2999, 1, 1)},
        {"applied_on": None},
        {"name": "  "},
        {"latitude": Decimal("-7.4")},
    ],
    ids=[
        "trial after application",
        "developed before application",
        "future",
        "application emptied",
        "no name",
        "half a place",
    ],
)
def test_edit_refuses_what_cannot_be_and_changes_nothing(
    people: People, innovation: Innovation, fields: dict[str, object]
) -> None:
    with pytest.raises(Refused):
        actions.edit(innovation, by=people.operator, base_version=innovation.version, **fields)
    stored = Innovation.objects.get()
    assert stored.version == innovation.version


def test_an_idea_has_no_date_of_application(people: People) -> None:
    idea = build.innovation(people.agency, people.operator)
    with pytest.raises(Refused, match="langkah"):
        actions.edit(idea, by=people.operator, base_version=1, applied_on=date(2025, 6, 1))


def test_renaming_is_traced_by_both_names_and_refused_when_taken(people: People, innovation: Innovation) -> None:
    build.innovation(people.other_agency, people.neighbour, "Pak Waris")
    with pytest.raises(actions.NameTaken):
        actions.edit(innovation, by=people.operator, base_version=innovation.version, name="pak waris")
    edited = actions.edit(innovation, by=people.operator, base_version=innovation.version, name="SIPPUT Plus")
    assert str(Event.objects.first()) == "Operator mengganti nama inovasi SIPPUT menjadi SIPPUT Plus"
    assert edited.name == "SIPPUT Plus"


def test_the_capitals_of_ones_own_name_may_change(people: People, innovation: Innovation) -> None:
    assert actions.edit(innovation, by=people.operator, base_version=innovation.version, name="Sipput").name == "Sipput"


# -- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_saves_incomplete_profiles(people: People, innovation: Innovation, login) -> None:
    sent = payload(
        innovation, kind="non-digital", coordinate="\u22127.4706, 110.2178", other_affairs=["sosial", "pangan"]
    )
    answer = login(people.operator).post(url(innovation), sent)
    innovation.refresh_from_db()
    assert answer.status_code == 302
    assert (innovation.kind, innovation.latitude, innovation.longitude, innovation.other_affairs) == (
        "non-digital",
        Decimal("-7.470600"),
        Decimal("110.217800"),
        ["sosial", "pangan"],
    )


def test_an_untouched_page_saves_nothing(people: People, innovation: Innovation, login) -> None:
    actions.edit(
        innovation, by=people.operator, base_version=innovation.version, problem="Satu\n\nDua", latitude=Decimal("-7.1"), longitude=Decimal("110"),
        other_affairs=["sosial"], theme="asta-cita-1",
    )  # fmt: skip
    innovation.refresh_from_db()
    sent = payload(innovation, problem="Satu\r\n\r\nDua")
    assert login(people.operator).post(url(innovation), sent).status_code == 302
    assert Innovation.objects.get().version == innovation.version


def test_every_field_of_the_profile_stands_on_the_page(people: People, innovation: Innovation, login) -> None:
    page = login(people.operator).get(url(innovation)).content.decode()
    shown = [name for name in Innovation.PROFILE if f'name="{name}"' in page]
    assert shown == [name for name in Innovation.PROFILE if name not in ("latitude", "longitude")]
    assert 'name="coordinate"' in page


def test_a_clash_shows_both_texts_keeps_mine_and_drafts_it(people: People, innovation: Innovation, login) -> None:
    sent = payload(innovation, purpose="Ketikan dinas", benefit="Manfaat dinas")
    actions.edit(
        innovation,
        by=people.region_admin,
        base_version=innovation.version,
        purpose="Ketikan Bappeda",
        result="Hasil Bappeda",
    )
    answer = login(people.operator).post(url(innovation), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(text in page for text in ("Ketikan dinas", "Ketikan Bappeda", "Region Admin", "Hasil Bappeda"))
    assert f'name="base_version" value="{innovation.version + 1}"' in page
    draft = Draft.objects.get()
    assert (draft.person, draft.base_version, draft.data["purpose"]) == (
        people.operator,
        innovation.version,
        "Ketikan dinas",
    )
    assert Innovation.objects.get().purpose == "Ketikan Bappeda"


def resent(page: str, **typed: object) -> dict[str, object]:
    """The form of a 409 page as a browser would send it again."""
    from html.parser import HTMLParser

    class Form(HTMLParser):
        values: dict[str, str] = {}
        area = ""
        select = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            got = dict(attrs)
            name = got.get("name") or ""
            if (tag == "input" and got.get("type") not in ("radio", "checkbox")) or "checked" in got:
                self.values[name] = got.get("value") or ""
            self.area = name if tag == "textarea" else self.area
            self.select = name if tag == "select" else self.select
            if tag == "textarea":
                self.values[name] = ""
            if tag == "option" and "selected" in got:
                self.values[self.select] = got.get("value") or ""

        def handle_data(self, data: str) -> None:
            if self.area:
                self.values[self.area] = self.values[self.area] + data

        def handle_endtag(self, tag: str) -> None:
            self.area = "" if tag == "textarea" else self.area

    form = Form()
    form.values = {}
    form.feed(page)
    return {name: value.removeprefix("\n") for name, value in form.values.items() if name} | typed


@pytest.mark.parametrize(("pick", "purpose"), [("punyaku", "Ketikan dinas"), ("punyanya", "Ketikan Bappeda")])
def test_choosing_after_a_clash_loses_nothing(
    people: People, innovation: Innovation, login, pick: str, purpose: str
) -> None:
    sent = payload(innovation, purpose="Ketikan dinas", benefit="Manfaat dinas")
    actions.edit(
        innovation,
        by=people.region_admin,
        base_version=innovation.version,
        purpose="Ketikan Bappeda",
        result="Hasil Bappeda",
    )
    browser = login(people.operator)
    page = browser.post(url(innovation), sent).content.decode()
    answer = browser.post(url(innovation), resent(page, **{"pilih-purpose": pick}))
    assert answer.status_code == 302
    stored = Innovation.objects.get()
    assert (stored.purpose, stored.benefit, stored.result) == (purpose, "Manfaat dinas", "Hasil Bappeda")
    assert Draft.objects.count() == 0


def test_two_tabs_of_one_person_are_told_too(people: People, innovation: Innovation, login) -> None:
    browser, sent = login(people.operator), payload(innovation)
    assert browser.post(url(innovation), sent | {"purpose": "Jendela satu"}).status_code == 302
    answer = browser.post(url(innovation), sent | {"purpose": "Jendela dua"})
    assert answer.status_code == 409
    assert Innovation.objects.get().purpose == "Jendela satu"


def test_a_third_change_during_the_choice_clashes_again(people: People, innovation: Innovation, login) -> None:
    browser, sent = login(people.operator), payload(innovation, purpose="Dinas")
    actions.edit(innovation, by=people.region_admin, base_version=innovation.version, purpose="Bappeda satu")
    page = browser.post(url(innovation), sent).content.decode()
    actions.edit(innovation, by=people.region_admin, base_version=innovation.version + 1, purpose="Bappeda dua")
    again = browser.post(url(innovation), resent(page))
    assert again.status_code == 409
    assert "Bappeda dua" in again.content.decode()


def test_wrong_input_keeps_what_was_typed(people: People, innovation: Innovation, login) -> None:
    answer = login(people.operator).post(url(innovation), payload(innovation, coordinate="entah", purpose="Tetap ada"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tetap ada" in page
    assert Innovation.objects.get().purpose == "Semula"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_a_mangled_base_version_is_an_error_not_a_crash(
    people: People, innovation: Innovation, login, version: str
) -> None:
    assert login(people.operator).post(url(innovation), payload(innovation, base_version=version)).status_code == 422
    assert login(people.operator).post(f"{url(innovation)}ketikan/", {"base_version": version}).status_code == 200


# -- drafts -----------------------------------------------------------------------------------------------------------


def test_autosave_keeps_typing_private_and_offers_it_again(people: People, innovation: Innovation, login) -> None:
    browser = login(people.operator)
    answer = browser.post(f"{url(innovation)}ketikan/", payload(innovation, purpose="Belum jadi"))
    assert answer.json() == {"message": "Ketikan disimpan sementara"}
    assert Innovation.objects.get().purpose == "Semula"
    assert "Ada ketikan belum disimpan" in browser.get(url(innovation)).content.decode()
    restored = browser.get(f"{url(innovation)}?pulihkan=1").content.decode()
    assert "Belum jadi" in restored
    other = login(people.region_admin).get(f"{url(innovation)}?pulihkan=1").content.decode()
    assert "Belum jadi" not in other


def test_autosave_says_when_another_saved_meanwhile(people: People, innovation: Innovation, login) -> None:
    sent = payload(innovation, purpose="Belum jadi")
    actions.edit(innovation, by=people.region_admin, base_version=innovation.version, benefit="Lain")
    answer = login(people.operator).post(f"{url(innovation)}ketikan/", sent)
    assert "baru diubah orang lain" in answer.json()["message"]


def test_a_draft_equal_to_what_is_saved_is_not_offered(people: People, innovation: Innovation, login) -> None:
    browser = login(people.operator)
    browser.post(f"{url(innovation)}ketikan/", payload(innovation))
    assert "Ada ketikan belum disimpan" not in browser.get(url(innovation)).content.decode()


def test_an_old_draft_restored_is_merged_from_its_own_base(people: People, innovation: Innovation, login) -> None:
    browser = login(people.operator)
    browser.post(f"{url(innovation)}ketikan/", payload(innovation, purpose="Dari ketikan"))
    actions.edit(innovation, by=people.region_admin, base_version=innovation.version, benefit="Dari Bappeda")
    page = browser.get(f"{url(innovation)}?pulihkan=1").content.decode()
    assert browser.post(url(innovation), resent(page)).status_code == 302
    stored = Innovation.objects.get()
    assert (stored.purpose, stored.benefit) == ("Dari ketikan", "Dari Bappeda")


def test_discarding_and_saving_remove_the_draft(people: People, innovation: Innovation, login) -> None:
    browser = login(people.operator)
    browser.post(f"{url(innovation)}ketikan/", payload(innovation, purpose="Satu"))
    browser.post(f"{url(innovation)}ketikan/buang/")
    assert Draft.objects.count() == 0
    browser.post(f"{url(innovation)}ketikan/", payload(innovation, purpose="Dua"))
    browser.post(url(innovation), payload(innovation, purpose="Dua"))
    assert Draft.objects.count() == 0


def test_a_flood_is_not_kept_as_a_draft(people: People, innovation: Innovation, login) -> None:
    answer = login(people.operator).post(f"{url(innovation)}ketikan/", {"base_version": "1", "purpose": "x" * 500_000})
    assert (answer.status_code, Draft.objects.count()) == (422, 0)
