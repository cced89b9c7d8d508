"""The machine looks at claims: what it finds is stored with its versions, again whenever something changed, and never more than that."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scopes_disabled

from pamong.assessments.actions import claiming
from pamong.assessments.models import Claim, Entry, EntryScore, Verdict
from pamong.checks import tasks
from pamong.checks.actions import examining
from pamong.checks.models import Examination, Finding
from pamong.checks.queries import to_look_at
from pamong.evidence.actions import correct
from pamong.scoring.queries import CLAIMED, index
from tests import build as people_
from tests.assessments import build as reports
from tests.checks import build


def test_a_look_stores_findings_advice_and_the_versions_it_was_of(people: people_.People) -> None:
    entry = build.entry(people)
    document = build.decree(entry, people.operator)
    row = build.looked(entry)
    assert (row.advice, row.unread, row.claim_version) == (1, 0, entry.claims.get().version)
    assert build.said(row) == [("name", "informs"), ("instrument", "blocks")]
    found = row.findings.get(rule="name")
    assert (found.document, found.page) == (document, 1)
    assert "Menetapkan Pak Waris sebagai inovasi daerah" in found.passage
    assert found.version == document.current


def test_a_second_look_at_the_same_changes_nothing(people: people_.People) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    before = build.looked(entry)
    assert examining.look(entry) == 0
    assert Examination.objects.get() == before
    assert Examination.objects.get().at == before.at


def test_what_is_not_read_yet_waits_and_gives_no_advice(people: people_.People) -> None:
    entry = build.entry(people)
    document = build.decree(entry, people.operator, is_read=False)
    row = build.looked(entry)
    assert (row.advice, row.unread, build.said(row)) == (None, 1, [])
    build.read(document, f"{build.FILLER}\nMenetapkan Pak Waris.\n{build.HEAD}")
    assert build.looked(entry).advice == 1


@pytest.mark.parametrize("change", ["claim", "proof", "correction", "name"])
def test_a_change_of_claim_proof_document_or_name_is_looked_at_again(people: people_.People, change: str) -> None:
    entry = build.entry(people)
    document = build.decree(entry, people.operator)
    build.looked(entry)
    if change == "claim":
        reports.claim(entry, "16", 1, by=people.operator)
    elif change == "proof":
        build.decree(entry, people.operator, kind="perda", dated=date(2024, 1, 1))
    elif change == "correction":
        correct(document, by=people.operator, dated=date(2019, 1, 1))
    else:
        entry.innovation.name = "Pak Warsito"
        entry.innovation.save(update_fields=["name"])
    assert examining.look(Entry.objects.get(pk=entry.pk)) == 1


def test_a_claim_whose_last_proof_was_taken_back_loses_its_findings(people: people_.People) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    build.looked(entry)
    claiming.detach(entry.claims.get().proofs.get(), by=people.operator)
    assert examining.look(entry) == 1
    assert not Examination.objects.exists()
    assert not Finding.objects.exists()


def test_an_older_look_never_replaces_a_newer_one(people: people_.People) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    build.looked(entry)
    Examination.objects.update(claim_version=99, fingerprint="lebih baru", advice=2)
    examining.look(entry)
    assert (Examination.objects.get().claim_version, Examination.objects.get().advice) == (99, 2)


def test_advice_is_never_counted_in_an_index(people: people_.People) -> None:
    entry = build.entry(people, {"16": 3, "17": 1})
    build.decree(entry, people.operator)
    before = (_everything_that_counts(entry), index(entry.assessment, CLAIMED, drafts=True).exact_total)
    assert build.looked(entry).advice == 1
    after = (_everything_that_counts(entry), index(entry.assessment, CLAIMED, drafts=True).exact_total)
    assert before == after


def _everything_that_counts(entry: Entry) -> tuple[object, ...]:
    return (
        list(Entry.objects.values_list("claimed", "verified", "state")),
        list(EntryScore.objects.values_list()),
        list(Claim.objects.order_by("pk").values_list()),
        list(Verdict.objects.values_list()),
    )


def test_a_file_the_reader_finds_void_supports_nothing(people: people_.People) -> None:
    entry = build.entry(people, {"16": 1})
    document = build.decree(entry, people.operator)
    reading = document.current.readings.get()
    reading.findings.create(
        region=people.region,
        code="signature-broken",
        severity="blocks",
        title="Tanda tangan rusak",
        rule="-",
        remedy="-",
    )
    row = build.looked(entry)
    assert row.advice == 0
    assert ("berkas-signature-broken", "blocks") in build.said(row)
    assert ("unusable", "blocks") in build.said(row)


# -- the clock ----------------------------------------------------------------------------------------------------------


def waiting() -> list[int]:
    with scopes_disabled():
        return to_look_at(10)


def test_the_sweep_finds_what_changed_and_leaves_the_rest(people: people_.People) -> None:
    entry = build.entry(people)
    document = build.decree(entry, people.operator, is_read=False)
    assert waiting() == [entry.pk]
    assert tasks.sweep() == 1
    assert (waiting(), tasks.sweep()) == ([], 0)
    build.read(document, build.FILLER)
    assert waiting() == [entry.pk]
    assert tasks.sweep() == 1
    reports.claim(entry, "16", 1, by=people.operator)
    assert waiting() == [entry.pk]


def test_new_rules_have_everything_looked_at_again(people: people_.People, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    tasks.sweep()
    monkeypatch.setattr("pamong.checks.cases.VERSION", 99)
    assert waiting() == [entry.pk]
    assert tasks.sweep() == 1


def test_a_look_that_dies_half_way_is_done_by_the_next(people: people_.People, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = build.entry(people, {"16": 1, "17": 1})
    build.decree(entry, people.operator)
    build.decree(entry, people.operator, kind="surat-tugas", code="17")
    done = []
    real = examining._write

    def dies(gathered: object) -> None:
        if done:
            raise MemoryError
        done.append(real(gathered))  # type: ignore[arg-type]

    monkeypatch.setattr(examining, "_write", dies)
    with pytest.raises(MemoryError):
        tasks.look(entry.pk)
    monkeypatch.setattr(examining, "_write", real)
    assert Examination.objects.count() == 1
    assert tasks.sweep() == 1
    assert Examination.objects.count() == 2


def test_a_document_that_was_read_has_every_entry_it_proves_looked_at(people: people_.People) -> None:
    entry = build.entry(people)
    document = build.decree(entry, people.operator)
    assert tasks.document_read(document.current.pk) == 1
    assert tasks.look_at_all() == 0


def test_a_closed_year_is_not_looked_at(people: people_.People) -> None:
    entry = build.entry(people)
    build.decree(entry, people.operator)
    entry.assessment.phase, entry.assessment.closed_at = "closed", timezone.now()
    entry.assessment.save()
    assert waiting() == []
    assert tasks.look(entry.pk) == 0


def test_a_look_at_what_is_as_it_was_asks_as_many_queries_for_one_claim_as_for_three(people: people_.People) -> None:
    entry = build.entry(people, {"16": 1, "17": 1, "23": 1})
    build.decree(entry, people.operator)
    build.looked(entry)
    assert _queries(entry) == 8
    build.decree(entry, people.operator, kind="surat-tugas", code="17")
    build.decree(entry, people.operator, kind="surat-tugas", code="23")
    build.looked(entry)
    assert _queries(entry) == 8


def _queries(entry: Entry) -> int:
    with CaptureQueriesContext(connection) as captured:
        examining.look(entry)
    return len(captured)
