"""A document is proposed wherever it would serve, attached with one click, carried into the next year, and never forgotten to be renewed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pamong.assessments.models import Assessment, Entry, Proof
from pamong.audit.models import Event
from pamong.checks import tasks
from pamong.checks.actions import reminding, reusing
from pamong.checks.models import Reminding
from pamong.checks.queries import carrying, expiring, reuse
from pamong.common.permit import Refused
from pamong.evidence.models import Document
from pamong.notifications.models import Message
from tests import build as people_
from tests.assessments import build as reports
from tests.checks import build
from tests.checks.test_pages import HOME, claim_page, text

TEAM = f"{build.FILLER}\nMembentuk tim pelaksana Pak Waris dan Kampung Organik.\n{build.HEAD}"


def proposed(people: people_.People, document: Document) -> list[tuple[str, list[str], bool]]:
    found = reuse.proposals(people.operator, document)
    return [(str(each.entry), [line.code for line in each.indicators], each.is_used) for each in found]


def team(people: people_.People) -> tuple[Entry, Entry, Document]:
    """Two innovations named in one letter, which proves the people of the first so far."""
    first = build.entry(people, {"17": 1})
    second = build.entry(people, {"17": 1}, assessment=first.assessment, name="Kampung Organik")
    build.entry(people, assessment=first.assessment, name="Gerobak Baca")
    return first, second, build.decree(first, people.operator, TEAM, kind="surat-tugas", code="17")


def test_a_letter_is_proposed_for_what_it_usually_proves_of_every_innovation_it_names(people: people_.People) -> None:
    _, _, document = team(people)
    assert proposed(people, document) == [
        ("Kampung Organik", ["17", "22", "23", "24"], False),
        ("Pak Waris", ["22", "23", "24"], True),
    ]


def test_nothing_is_proposed_where_one_may_not_claim_or_nothing_can_change(people: people_.People) -> None:
    first, _, document = team(people)
    assert reuse.proposals(people.neighbour, document) == []
    assert reuse.proposals(people.verifier, document) == []
    Entry.objects.filter(pk=first.pk).update(state="submitted")
    assert [name for name, _, _ in proposed(people, document)] == ["Kampung Organik"]


def test_a_document_nobody_read_is_proposed_only_where_it_is_used(people: people_.People) -> None:
    first = build.entry(people, {"17": 1})
    document = build.decree(first, people.operator, kind="surat-tugas", code="17", is_read=False)
    assert proposed(people, document) == [("Pak Waris", ["22", "23", "24"], True)]


def test_one_click_attaches_everywhere_or_nowhere(people: people_.People, login) -> None:
    first, second, document = team(people)
    client = login(people.operator)
    assert "Dokumen ini juga cocok untuk" in text(client, f"{HOME}/dokumen/{document.code}/")
    wanted = [f"{second.code}:17", f"{second.code}:24", f"{first.code}:22"]
    client.post(f"{HOME}/pemeriksaan/dokumen/{document.code}/lampirkan/", {"untuk": wanted})
    assert sorted(Proof.objects.values_list("claim__entry__innovation__name", "claim__indicator")) == [
        ("Kampung Organik", "17"), ("Kampung Organik", "24"), ("Pak Waris", "17"), ("Pak Waris", "22"),
    ]  # fmt: skip
    before = Proof.objects.count()
    with pytest.raises(Refused, match="Indikator 99"):
        reusing.attach([(second, "22", document), (second, "99", document)], by=people.operator)
    with pytest.raises(Refused, match="Belum ada yang dipilih"):
        reusing.attach([], by=people.operator)
    assert Proof.objects.count() == before


def test_a_claims_page_offers_what_proves_its_neighbours(people: people_.People, login) -> None:
    first, _, document = team(people)
    client = login(people.operator)
    assert "Juga cocok di sini" in text(client, claim_page(first, "23"))
    assert "Juga cocok di sini" not in text(client, claim_page(first, "18"))
    client.post(f"{HOME}/pemeriksaan/2026/ikut/{first.code}/indikator/23/lampirkan/", {"dokumen": document.code})
    assert Proof.objects.filter(claim__indicator="23").count() == 1
    assert "Juga cocok di sini" not in text(client, claim_page(first, "23"))


# -- from last year -----------------------------------------------------------------------------------------------------


def two_years(people: people_.People) -> tuple[Entry, Entry]:
    """Last year's entry with a letter of 2025 and one of 2022, and this year's with nothing."""
    last = reports.assessment(people.region, people.region_admin, year=2025, edition_code="iid-2025")
    earlier = build.entry(people, {"17": 2, "24": 1}, assessment=last)
    build.decree(earlier, people.operator, kind="surat-tugas", code="17", subject="Surat 2025")
    build.decree(earlier, people.operator, kind="surat-tugas", code="24", subject="Surat 2022", dated=date(2022, 5, 5))
    now = reports.assessment(people.region, people.region_admin)
    assert earlier.innovation is not None
    entry = Entry.objects.create(
        region=people.region, assessment=now, innovation=earlier.innovation, agency=people.agency
    )
    return earlier, Entry.objects.select_related("assessment", "innovation", "region", "agency").get(pk=entry.pk)


def test_what_still_serves_is_told_from_what_must_be_renewed(people: people_.People) -> None:
    earlier, entry = two_years(people)
    assert carrying.before(entry) == earlier
    rows = {str(row.document): row for row in carrying.carried(entry, earlier)}
    assert (rows["Surat 2025"].serves, rows["Surat 2025"].level) == (True, 2)
    assert rows["Surat 2022"].reasons == (
        "“Surat 2022” bertanggal 5 Mei 2022; yang diminta tahun 2024, 2025. Lampirkan dokumen bertanggal tahun 2024, 2025.",
    )


def test_last_years_proofs_are_brought_with_one_click(people: people_.People, login) -> None:
    from pamong.assessments.models import EntryScore

    _, entry = two_years(people)
    EntryScore.objects.get_or_create(entry=entry)
    client, address = login(people.operator), f"{HOME}/pemeriksaan/2026/ikut/{entry.code}/bawa/"
    assert "Bawa bukti dari 2025" in text(client, f"{HOME}/penilaian/2026/ikut/{entry.code}/")
    shown = text(client, address)
    assert "klaim tahun lalu tingkat 2" in shown
    assert "Harus diperbarui" in shown
    document = Document.objects.get(subject="Surat 2025")
    client.post(address, {"bukti": [f"17:{document.code}"]})
    assert list(Proof.objects.filter(claim__entry=entry).values_list("claim__indicator", "document__subject")) == [
        ("17", "Surat 2025")
    ]
    assert "sudah dilampirkan" in text(client, address)


def test_without_an_earlier_year_there_is_nothing_to_bring(people: people_.People, login) -> None:
    entry = build.entry(people)
    text(login(people.operator), f"{HOME}/pemeriksaan/2026/ikut/{entry.code}/bawa/", 404)


# -- going stale --------------------------------------------------------------------------------------------------------


def ending(people: people_.People, days: int) -> Document:
    """A decree in use whose validity ends in ``days``."""
    entry = build.entry(people, assessment=Assessment.objects.first(), name=f"Inovasi {days}")
    return build.decree(entry, people.operator, valid_until=timezone.localdate() + timedelta(days))


def test_people_are_reminded_once_at_each_number_of_days(people: people_.People) -> None:
    document, today = ending(people, 85), timezone.localdate()
    Message.objects.all().delete()
    assert tasks.remind() == 1
    assert tasks.remind() == 1  # written once: the same message is returned
    assert Message.objects.count() == 1
    for days, messages in ((56, 2), (40, 2), (79, 3), (85, 3)):
        reminding.remind(people.region, today + timedelta(days))
        assert Message.objects.count() == messages
    message = Message.objects.order_by("pk").first()
    assert (message.person, message.subject) == (people.operator, f"Segera berakhir: {document.subject}")
    assert "85 hari lagi" in message.body
    assert "Inovasi 85 · 16" in message.body


def test_what_is_not_used_or_has_ended_reminds_nobody(people: people_.People) -> None:
    document = ending(people, 5)
    Proof.objects.all().delete()
    Message.objects.all().delete()
    assert tasks.remind() == 0
    Document.objects.filter(pk=document.pk).update(valid_until=timezone.localdate() - timedelta(1))
    assert (tasks.remind(), Message.objects.count()) == (0, 0)


def test_a_region_sets_its_own_days(people: people_.People, login) -> None:
    client, address = login(people.region_admin), f"{HOME}/pemeriksaan/masa-berlaku/pengingat/"
    assert 'value="90, 30, 7"' in text(client, address)
    assert client.post(address, {"days": "60 14"}).status_code == 302
    assert expiring.days_of(people.region) == (60, 14)
    events = Event.objects.count()
    reminding.set_days(people.region, by=people.region_admin, days=[14, 60])
    assert Event.objects.count() == events
    assert client.post(address, {"days": "sebulan"}).status_code == 422
    assert client.post(address, {"days": "0, 400"}).status_code == 409
    reminding.set_days(people.region, by=people.region_admin, days=[])
    assert reminding.remind(people.region, timezone.localdate()) == 0
    assert Reminding.objects.get().days == []


def test_others_do_not_set_the_days(people: people_.People) -> None:
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        reminding.set_days(people.region, by=people.operator, days=[1])
    assert not Reminding.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_endings_asks_as_many_queries_for_one_as_for_three(
    people: people_.People, login, django_assert_num_queries, number: int
) -> None:
    for at in range(number):
        ending(people, at * 20 - 10)
    client = login(people.operator)
    client.get(HOME)
    with django_assert_num_queries(8):
        response = client.get(f"{HOME}/pemeriksaan/masa-berlaku/")
    assert "sudah berakhir" in response.content.decode()
