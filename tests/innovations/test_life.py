"""The life cycle of PP 38/2017, step by step, through actions and pages."""

from datetime import date

import pytest

from pamong.audit.models import Event
from pamong.common.permit import Overtaken, Refused
from pamong.evidence.models import Document
from pamong.innovations import actions, policies
from pamong.innovations.models import Innovation, LifeEvent
from pamong.innovations.states import LIFECYCLE, STEPS, Stage
from pamong.notifications.models import Message
from tests.build import People
from tests.innovations import build


@pytest.fixture
def idea(people: People) -> Innovation:
    return build.innovation(people.agency, people.operator, "SIPPUT")


def lived(innovation: Innovation, people: People, until: str) -> Innovation:
    """Walk from idea to ``until`` by the people concerned."""
    admin = people.region_admin
    walk = {
        "propose": lambda i: actions.take_step(i, "propose", by=people.operator, on=date(2025, 1, 10), note="Usulan"),
        "find_feasible": lambda i: actions.take_step(
            i, "find_feasible", by=admin, on=date(2025, 2, 1), team="Dr. A (UNTIDAR); B (praktisi)", note="Layak",
            document=build.document(people.agency, people.operator),
        ),
        "adopt": lambda i: actions.take_step(i, "adopt", by=people.region_head, on=date(2025, 3, 1), decree="188/2025"),
        "start_trial": lambda i: actions.take_step(i, "start_trial", by=people.operator, on=date(2025, 4, 1)),
        "implement": lambda i: actions.take_step(i, "implement", by=people.operator, on=date(2025, 6, 1)),
    }  # fmt: skip
    for name, step in walk.items():
        innovation = step(innovation)
        if name == until:
            break
    return innovation


def test_every_step_of_the_table_is_told_in_words() -> None:
    assert set(STEPS) == {step.name for step in LIFECYCLE.steps}
    assert len({info.slug for info in STEPS.values()}) == len(STEPS)


def test_from_idea_to_application(people: People, idea: Innovation) -> None:
    innovation = lived(idea, people, "implement")
    assert (innovation.stage, innovation.trial_on, innovation.applied_on) == (
        Stage.IMPLEMENTED,
        date(2025, 4, 1),
        date(2025, 6, 1),
    )
    told = [(event.step, event.from_stage, event.to_stage, event.on) for event in innovation.life.all()]
    assert told == [
        ("propose", "idea", "proposed", date(2025, 1, 10)),
        ("find_feasible", "proposed", "feasible", date(2025, 2, 1)),
        ("adopt", "feasible", "adopted", date(2025, 3, 1)),
        ("start_trial", "adopted", "trial", date(2025, 4, 1)),
        ("implement", "trial", "implemented", date(2025, 6, 1)),
    ]
    assert innovation.life.get(step="find_feasible").note == "Tim: Dr. A (UNTIDAR); B (praktisi)\nLayak"
    assert innovation.life.get(step="adopt").note == "Keputusan nomor 188/2025"


def test_develop_dormant_revive_and_stop(people: People, idea: Innovation) -> None:
    innovation = lived(idea, people, "implement")
    for step, day, note in (
        ("develop", date(2025, 9, 1), "Kini lima puskesmas"),
        ("fall_dormant", date(2025, 10, 1), "Anggaran dialihkan"),
        ("revive", date(2025, 11, 1), ""),
        ("stop", date(2025, 12, 1), "Kader perlu insentif sejak awal"),
    ):
        innovation = actions.take_step(innovation, step, by=people.operator, on=day, note=note)
    assert (innovation.stage, innovation.developed_on, innovation.development) == (
        Stage.STOPPED,
        date(2025, 9, 1),
        "Kini lima puskesmas",
    )
    assert policies.steps_for(people.operator, innovation) == []


def test_infeasible_goes_back_and_may_be_proposed_again(people: People, idea: Innovation) -> None:
    innovation = lived(idea, people, "propose")
    innovation = actions.take_step(
        innovation, "find_infeasible", by=people.region_admin, on=date(2025, 2, 1), team="Dr. A", note="Belum ada data"
    )
    assert innovation.stage == Stage.IDEA
    with pytest.raises(Refused, match="langkah sebelumnya"):
        actions.take_step(innovation, "propose", by=people.operator, on=date(2025, 1, 20))
    assert actions.take_step(innovation, "propose", by=people.operator, on=date(2025, 2, 20)).stage == Stage.PROPOSED


def test_a_double_click_records_a_step_once(people: People, idea: Innovation) -> None:
    innovation = lived(idea, people, "implement")
    for _ in range(2):
        innovation = actions.take_step(innovation, "develop", by=people.operator, on=date(2025, 9, 1), note="Lima")
    assert innovation.life.filter(step="develop").count() == 1


def test_a_step_from_a_page_left_open_is_overtaken(people: People, idea: Innovation) -> None:
    lived(idea, people, "propose")
    with pytest.raises(Overtaken, match="Muat ulang"):
        actions.take_step(idea, "propose", by=people.operator, on=date(2025, 1, 11))
    assert LifeEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("until", "step", "who"),
    [
        ("", "propose", "neighbour"),
        ("", "propose", "verifier"),
        ("", "propose", "region_head"),
        ("propose", "find_feasible", "operator"),
        ("propose", "find_feasible", "region_head"),
        ("find_feasible", "adopt", "operator"),
        ("find_feasible", "adopt", "agency_head"),
        ("implement", "stop", "neighbour"),
        ("implement", "stop", "stranger"),
        ("implement", "develop", "nation_reader"),
    ],
)
def test_steps_refuse_the_wrong_seat_and_change_nothing(
    people: People, idea: Innovation, until: str, step: str, who: str
) -> None:
    innovation = lived(idea, people, until) if until else idea
    before = (innovation.stage, LifeEvent.objects.count(), Event.objects.count())
    with pytest.raises(Refused, match="Hanya"):
        actions.take_step(
            innovation, step, by=getattr(people, who), on=date(2025, 12, 1), note="x", team="x", decree="x",
        )  # fmt: skip
    innovation.refresh_from_db()
    assert (innovation.stage, LifeEvent.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize(
    ("until", "step", "given", "told"),
    [
        ("", "propose", {"on": date(2999, 1, 1)}, "belum terjadi"),
        ("propose", "find_infeasible", {"on": date(2025, 2, 1), "team": "A"}, "Alasan"),
        ("propose", "find_infeasible", {"on": date(2025, 2, 1), "note": "A"}, "tim ad hoc"),
        ("propose", "find_feasible", {"on": date(2025, 2, 1), "team": "A"}, "Lampirkan berita acara"),
        ("find_feasible", "adopt", {"on": date(2025, 3, 1), "decree": "1"}, "Lampirkan keputusan"),
        ("adopt", "start_trial", {"on": date(2025, 2, 1)}, "langkah sebelumnya"),
        ("implement", "develop", {"on": date(2025, 9, 1)}, "Apa yang dikembangkan"),
        ("implement", "develop", {"on": date(2025, 5, 1), "note": "x"}, "langkah sebelumnya"),
        ("implement", "fall_dormant", {"on": date(2025, 9, 1), "note": " "}, "Alasan"),
        ("implement", "stop", {"on": date(2025, 9, 1)}, "Pelajaran"),
        ("implement", "fly", {"on": date(2025, 9, 1)}, "tidak dikenal"),
    ],
)
def test_steps_refuse_what_is_missing_and_change_nothing(
    people: People, idea: Innovation, until: str, step: str, given: dict[str, object], told: str
) -> None:
    innovation = lived(idea, people, until) if until else idea
    before = (innovation.stage, innovation.version, LifeEvent.objects.count(), Event.objects.count())
    with pytest.raises(Refused, match=told):
        actions.take_step(innovation, step, by=people.region_admin, **given)  # type: ignore[arg-type]
    innovation.refresh_from_db()
    assert (innovation.stage, innovation.version, LifeEvent.objects.count(), Event.objects.count()) == before


def test_the_administrator_records_the_decree_on_behalf_with_the_document(people: People, idea: Innovation) -> None:
    innovation = lived(idea, people, "find_feasible")
    decree = build.document(people.agency, people.operator, "SK Wali Kota")
    adopted = actions.take_step(
        innovation, "adopt", by=people.region_admin, on=date(2025, 3, 1), decree="188/2025", document=decree
    )
    assert (adopted.stage, adopted.life.get(step="adopt").document) == (Stage.ADOPTED, decree)


def test_a_new_document_is_added_with_the_step_or_not_at_all(people: People, idea: Innovation) -> None:
    paper = {"instrument": "laporan", "subject": "Usulan", "file": None, "link": "https://contoh.go.id/usulan"}
    with pytest.raises(Refused):
        actions.take_step(idea, "propose", by=people.operator, on=date(2999, 1, 1), paper=paper)
    assert Document.objects.count() == 0
    actions.take_step(idea, "propose", by=people.operator, on=date(2025, 1, 1), paper=paper)
    assert LifeEvent.objects.get().document == Document.objects.get()


def test_those_whose_turn_it_is_are_told(people: People, idea: Innovation) -> None:
    lived(idea, people, "find_feasible")
    told = set(Message.objects.values_list("person__email", "subject"))
    assert told == {
        ("region-admin@contoh.test", "SIPPUT: Diusulkan untuk dibahas tim ad hoc."),
        ("operator@contoh.test", "SIPPUT: Tim ad hoc menyatakan usulan layak."),
    }


# -- the pages --------------------------------------------------------------------------------------------------------


def test_the_history_reads_as_a_story(people: People, idea: Innovation, login) -> None:
    innovation = lived(idea, people, "implement")
    page = login(people.operator).get(f"/kota-contoh/inovasi/{innovation.code}/riwayat/").content.decode()
    told = [
        "Diusulkan untuk dibahas tim ad hoc.",
        "Tim ad hoc menyatakan usulan layak.",
        "Ditetapkan kepala daerah.",
        "Uji coba dimulai.",
        "Diterapkan.",
        "Dicatat di Pamong oleh Operator",
    ]
    places = [page.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert all(
        text in page for text in ("10 Januari 2025", "Keputusan nomor 188/2025", "Dr. A (UNTIDAR)", "Berita acara")
    )


@pytest.mark.parametrize("step", list(STEPS))
def test_every_step_has_a_page_for_the_administrator(people: People, idea: Innovation, login, step: str) -> None:
    answer = login(people.region_admin).get(f"/kota-contoh/inovasi/{idea.code}/langkah/{STEPS[step].slug}/")
    assert answer.status_code == 200


def test_a_step_is_taken_from_its_page_with_an_upload(people: People, idea: Innovation, login) -> None:
    answer = login(people.operator).post(
        f"/kota-contoh/inovasi/{idea.code}/langkah/usulkan/",
        {"on": "2025-01-10", "note": "Ringkas", "file": build.picture(), "instrument": "lain", "number": "1/2025"},
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/kota-contoh/inovasi/{idea.code}/riwayat/")
    document = LifeEvent.objects.get().document
    assert document is not None
    assert (document.number, document.agency) == ("1/2025", people.agency)


def test_a_refused_step_keeps_what_was_typed(people: People, idea: Innovation, login) -> None:
    answer = login(people.operator).post(
        f"/kota-contoh/inovasi/{idea.code}/langkah/usulkan/", {"on": "2099-01-10", "note": "Tetap ada"}
    )
    assert answer.status_code == 409
    assert "Tetap ada" in answer.content.decode()
    assert LifeEvent.objects.count() == 0


def test_a_page_whose_stage_has_passed_says_so(people: People, idea: Innovation, login) -> None:
    lived(idea, people, "propose")
    page = login(people.operator).get(f"/kota-contoh/inovasi/{idea.code}/langkah/usulkan/").content.decode()
    assert "tidak dapat dicatat" in page


def test_a_hostile_upload_is_refused_and_nothing_changes(people: People, idea: Innovation, login) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    trick = SimpleUploadedFile("usulan.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    answer = login(people.operator).post(
        f"/kota-contoh/inovasi/{idea.code}/langkah/usulkan/", {"on": "2025-01-10", "file": trick}
    )
    assert answer.status_code == 409
    assert (LifeEvent.objects.count(), Document.objects.count()) == (0, 0)


def test_the_wrong_seat_sees_no_form(people: People, idea: Innovation, login) -> None:
    answer = login(people.verifier).get(f"/kota-contoh/inovasi/{idea.code}/langkah/usulkan/")
    assert answer.status_code == 409
    assert "<form method" not in answer.content.decode().split("<main")[1]
