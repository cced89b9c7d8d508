"""Completeness, attachments, and the words of the profile form."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pamong.accounts.models import User
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.engine import edition as editions
from pamong.evidence.models import Document
from pamong.innovations import actions, rules, texts
from pamong.innovations.completeness import completeness
from pamong.innovations.models import Attachment, Innovation
from tests.build import People, agency
from tests.innovations import build

EDITION = editions.load("iid-2026")
FULL = {
    "initiator": "asn", "initiator_name": "Siti", "classification": "perangkat-daerah", "kind": "non-digital",
    "form": "pelayanan-publik", "theme": "asta-cita-4", "programme": "kesehatan", "affair": "kesehatan",
    "latitude": "-7.47", "longitude": "110.21", "trial_on": date(2025, 3, 1), "purpose": "x", "benefit": "x", "result": "x",
    **dict.fromkeys(Innovation.DESIGN_PARTS, "kata " * 50), **dict.fromkeys(Innovation.CRITERIA, "Ya, karena …"),
}  # fmt: skip


def test_a_captured_innovation_is_told_everything_it_lacks(people: People) -> None:
    done = completeness(build.innovation(people.agency, people.operator), EDITION)
    units = [each.unit for each in done.missing]
    assert units[:3] == ["initiator", "initiator_name", "classification"]
    assert set(Innovation.DESIGN_PARTS) | set(Innovation.CRITERIA) < set(units)
    assert "applied_on" not in units
    assert (done.words, done.words_wanted, done.done) == (0, 300, 1)


def test_a_full_profile_lacks_nothing(people: People) -> None:
    innovation = build.innovation(people.agency, people.operator, running=True, **FULL)
    done = completeness(innovation, EDITION)
    assert (done.missing, done.words, done.done) == ((), 300, done.total)


def test_the_words_are_counted_as_the_engine_counts_them(people: People) -> None:
    innovation = build.innovation(
        people.agency, people.operator, running=True, **{**FULL, "steps": "<b>kata</b> " * 49}
    )
    (short,) = completeness(innovation, EDITION).missing
    assert short.why == "Baru 299 dari sedikitnya 300 kata; kurang 1 kata."


def test_an_old_innovation_is_asked_for_its_development(people: People) -> None:
    innovation = build.innovation(people.agency, people.operator, running=True, **{**FULL, "trial_on": None})
    innovation = actions.edit(
        innovation,
        by=people.operator,
        base_version=innovation.version,
        applied_on=date(2021, 1, 1),
        trial_on=date(2020, 6, 1),
    )
    assert [each.unit for each in completeness(innovation, EDITION).missing] == ["developed_on"]


@pytest.mark.parametrize("unit", [unit for section in texts.SECTIONS for unit in section.fields])
def test_every_field_has_a_label_help_and_an_example(unit: str) -> None:
    told = texts.about(unit)
    assert all((told.label, told.help, told.example))


def test_the_sections_hold_the_whole_profile_once() -> None:
    units = [unit for section in texts.SECTIONS for unit in section.fields]
    fields = [field for field in Innovation.PROFILE if field not in ("latitude", "longitude")]
    assert sorted(units) == sorted([*fields, "coordinate"])


@pytest.mark.parametrize("code", editions.available())
def test_every_edition_offers_the_choices_the_profile_needs(code: str) -> None:
    edition = editions.load(code)
    assert (len(edition.affairs), len(edition.criteria), len(edition.design.parts)) == (38, 5, 6)
    assert edition.themes


def test_a_choice_of_another_year_keeps_its_name(people: People) -> None:
    old = editions.load("iid-2023").themes[0]
    assert rules.label("theme", old.code) == old.label
    assert rules.label("theme", "entah") == "entah"


# -- attachments ------------------------------------------------------------------------------------------------------


def made(kind: str) -> bytes:
    memory = io.BytesIO()
    Image.new("RGB", (4, 4)).save(memory, kind)
    return memory.getvalue()


PDF, JPEG = made("PDF"), made("JPEG")


@pytest.fixture
def innovation(people: People) -> Innovation:
    return build.innovation(people.agency, people.operator, "SIPPUT")


def file(content: bytes = PDF, name: str = "anggaran.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_attach_adds_a_document_of_the_agency_with_a_trace(people: People, innovation: Innovation) -> None:
    attachment = actions.attach(innovation, "anggaran", by=people.operator, file=file())
    assert (attachment.document.agency, attachment.document.subject) == (people.agency, "Anggaran SIPPUT")
    assert str(Event.objects.first()) == "Operator melampirkan anggaran pada profil SIPPUT"


def test_attaching_the_same_file_twice_keeps_one_document(people: People, innovation: Innovation) -> None:
    for _ in range(2):
        actions.attach(innovation, "anggaran", by=people.operator, file=file())
    actions.attach(innovation, "haki", by=people.operator, file=file())
    assert (Attachment.objects.count(), Document.objects.count()) == (2, 1)


@pytest.mark.parametrize(
    ("slot", "sent"),
    [
        ("anggaran", file(PDF + b" " * (2 * 1024 * 1024))),
        ("anggaran", file(b"<html></html>")),
        ("foto", file()),
        ("entah", file()),
    ],
    ids=["over 2 MB", "disguised", "kind not of the slot", "no such slot"],
)
def test_attach_refuses_what_the_edition_does_not_admit_and_changes_nothing(
    people: People, innovation: Innovation, slot: str, sent: SimpleUploadedFile
) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused):
        actions.attach(innovation, slot, by=people.operator, file=sent)
    assert (Attachment.objects.count(), Document.objects.count(), Event.objects.count()) == (0, 0, before)


@pytest.mark.parametrize("who", ["neighbour", "verifier", "agency_head", "stranger"])
def test_attach_and_detach_refuse_those_without_a_seat(people: People, innovation: Innovation, who: str) -> None:
    attachment = actions.attach(innovation, "anggaran", by=people.operator, file=file())
    with pytest.raises(Refused):
        actions.detach(attachment, by=getattr(people, who))
    with pytest.raises(Refused):
        actions.attach(innovation, "haki", by=getattr(people, who), link="https://contoh.go.id/haki")
    assert Attachment.objects.count() == 1


def test_detach_takes_the_document_off_the_profile_and_keeps_it(people: People, innovation: Innovation, login) -> None:
    attachment = actions.attach(innovation, "anggaran", by=people.operator, file=file())
    browser = login(people.operator)
    url = f"/kota-contoh/inovasi/{innovation.code}/lampiran/"
    assert "Anggaran SIPPUT" in browser.get(url).content.decode()
    assert browser.post(f"{url}{attachment.pk}/lepas/").status_code == 302
    assert browser.post(f"{url}{attachment.pk}/lepas/").status_code == 404
    assert (Attachment.objects.count(), Document.objects.count()) == (0, 1)


def test_an_attachment_of_another_innovation_is_not_detached_through_this_one(
    people: People, innovation: Innovation, login
) -> None:
    other = build.innovation(people.other_agency, people.neighbour)
    attachment = actions.attach(other, "anggaran", by=people.neighbour, link="https://contoh.go.id/a")
    answer = login(people.operator).post(f"/kota-contoh/inovasi/{innovation.code}/lampiran/{attachment.pk}/lepas/")
    assert (answer.status_code, Attachment.objects.count()) == (404, 1)


def test_the_page_attaches_a_photo_and_refuses_with_the_reason(people: People, innovation: Innovation, login) -> None:
    browser, url = login(people.operator), f"/kota-contoh/inovasi/{innovation.code}/lampiran/"
    assert browser.post(url, {"slot": "foto", "file": file(JPEG, "foto.jpg")}).status_code == 302
    refused = browser.post(url, {"slot": "foto", "file": file()})
    assert (refused.status_code, Attachment.objects.count()) == (409, 1)
    assert browser.post(url, {"slot": "foto"}).status_code == 422


def test_documents_of_a_merged_agencys_innovation_go_to_its_successor(people: People, innovation: Innovation) -> None:
    from pamong.agencies.actions import structure

    heir = agency(people.region, "Dinas Baru")
    structure.merge(people.agency, by=people.region_admin, into=heir, on=date(2025, 1, 1))
    fresh = User.objects.get(pk=people.operator.pk)
    stored = Innovation.objects.get()
    attachment = actions.attach(stored, "anggaran", by=fresh, link="https://contoh.go.id/anggaran")
    assert (attachment.document.agency, stored.agency) == (heir, people.agency)
    assert actions.edit(stored, by=fresh, base_version=stored.version, purpose="Diteruskan").purpose == "Diteruskan"
