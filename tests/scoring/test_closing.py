"""Closing: refused while undecided, sealed, computed again to the same figures, and nothing moves afterwards."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from pamong.agencies.models import Region
from pamong.assessments.actions import claiming, entering, proving, submitting, verifying
from pamong.assessments.actions import year as years
from pamong.assessments.models import Assessment, Entry
from pamong.assessments.states import Phase
from pamong.assessments.verification_sheet import sheet
from pamong.audit.models import Event
from pamong.common.permit import Refused
from pamong.engine import cli_score
from pamong.scoring import queries, snapshots
from pamong.scoring.actions.closing import close
from pamong.scoring.models import IndexScore, Snapshot
from tests.assessments import build as reports
from tests.assessments.state import everything as assessments_state
from tests.build import People
from tests.verification import build


def everything() -> dict[str, Any]:
    return assessments_state() | {
        "Snapshot": list(Snapshot.objects.values_list()), "IndexScore": list(IndexScore.objects.values_list())
    }  # fmt: skip


def year() -> Assessment:
    return Assessment.objects.get()


def closed(people: People) -> Assessment:
    build.accepted(people)
    build.rejected(people)
    return close(year(), by=people.region_admin)


def at(name: str, region: Region, *args: object) -> str:
    return reverse(f"scoring:{name}", args=[region.slug, 2026, *args])


# -- closing ------------------------------------------------------------------------------------------------------------------


def test_closing_seals_both_indices_with_inputs_rules_and_lines(people: People) -> None:
    assessment = closed(people)
    assert (assessment.phase, assessment.closed_at is not None) == (Phase.CLOSED, True)
    sealed = {each.value: each for each in Snapshot.objects.all()}
    assert set(sealed) == {"claimed", "verified"}
    for value, snapshot in sealed.items():
        score = queries.index(assessment, value)  # type: ignore[arg-type]
        assert snapshot.result["index"] == str(score.index)
        assert (snapshot.edition_digest, snapshot.result["digest"]) == (assessment.edition_digest,) * 2
        assert len(snapshot.result["lines"]) == 22
        assert snapshots.recompute(snapshot)
    assert [each["status"] for each in sealed["verified"].inputs["innovations"]] == ["accepted", "rejected"]
    assert IndexScore.objects.get().verified == int(queries.index(assessment, "verified").index * 100)
    assert Event.objects.filter(act="assessment.sealed").count() == 1


def test_closing_twice_is_once(people: People) -> None:
    closed(people)
    before = everything()
    close(year(), by=people.region_admin)
    assert everything() == before


@pytest.mark.parametrize("make", ["submitted", "verifying_", "returned"])
def test_closing_refuses_while_anything_is_undecided(people: People, make: str) -> None:
    getattr(build, make)(people)
    before = everything()
    with pytest.raises(Refused, match="belum diputus"):
        close(year(), by=people.region_admin)
    assert everything() == before


def test_closing_refuses_while_the_regions_own_indicators_are_undecided(people: People) -> None:
    build.institution(people)
    before = everything()
    with pytest.raises(Refused, match="Indikator daerah"):
        close(year(), by=people.region_admin)
    assert everything() == before


def test_what_is_left_undecided_on_purpose_counts_as_not_accepted(people: People) -> None:
    build.judged(people)
    close(year(), by=people.region_admin, leaving_undecided=True)
    verified = Snapshot.objects.get(value="verified")
    assert (verified.result["reported"], verified.result["accepted"], verified.result["maturity"]) == (1, 0, "0")


@pytest.mark.parametrize("role", ["verifier", "operator", "region_head", "stranger", "nation_reader"])
def test_only_the_regions_administrator_closes(people: People, role: str) -> None:
    build.accepted(people)
    before = everything()
    with pytest.raises(Refused, match="Hanya administrator daerah"):
        close(year(), by=getattr(people, role))
    assert everything() == before


# -- for ever -------------------------------------------------------------------------------------------------------------------


def test_a_snapshot_gives_the_same_figures_whatever_happens_to_the_rows(people: People) -> None:
    closed(people)
    Entry.objects.update(claimed="0" * 20, verified="0" * 20)
    for snapshot in Snapshot.objects.all():
        checked = snapshots.recompute(snapshot)
        assert (checked.faults, {key: checked.result[key] for key in snapshot.result}) == ((), snapshot.result)


def test_the_sealed_inputs_are_what_the_score_command_reads(people: People) -> None:
    closed(people)
    snapshot = Snapshot.objects.get(value="verified")
    out, err = io.StringIO(), io.StringIO()
    given = io.StringIO(json.dumps(snapshot.inputs))
    assert cli_score.main(["-"], given, out, err) == 0
    assert json.loads(out.getvalue()) == snapshot.result


def _change_level(snapshot: Snapshot) -> None:
    snapshot.inputs["innovations"][0]["levels"]["16"] = 3


def _change_index(snapshot: Snapshot) -> None:
    snapshot.result["index"] = "99.99"


def _change_rules(snapshot: Snapshot) -> None:
    snapshot.edition_digest = "0" * 64


@pytest.mark.parametrize(("tamper", "faults"), [(_change_level, 2), (_change_index, 2), (_change_rules, 1)])
def test_a_tampered_snapshot_is_found(people: People, tamper: Callable[[Snapshot], None], faults: int) -> None:
    closed(people)
    snapshot = Snapshot.objects.get(value="verified")
    tamper(snapshot)
    assert len(snapshots.recompute(snapshot).faults) == faults


# -- frozen -----------------------------------------------------------------------------------------------------------------------


def test_after_closing_every_act_refuses_with_a_reason_and_changes_nothing(people: People) -> None:
    draft = reports.entry(people)
    waiting = reports.entry(people, "awaiting")  # type: ignore[arg-type]
    submitted, returned = build.submitted(people), build.returned(people)
    judging, accepted = build.judged(people), build.accepted(people)
    outside = reports.innovation(people.agency, people.operator)
    document = reports.document(people.agency, people.operator)
    proof = draft.claims.get(indicator="16").proofs.get()
    assessment = close(year(), by=people.region_admin, leaving_undecided=True)
    boss, operator, verifier = people.region_admin, people.operator, people.verifier
    acts: dict[str, Callable[[], object]] = {
        "enter": lambda: entering.enter(assessment, outside, by=operator),
        "remove": lambda: entering.remove_entry(draft, by=operator),
        "claim": lambda: reports.claim(draft, "16", 3, by=operator),
        "claim returned": lambda: reports.claim(returned, "16", 3, by=operator),
        "attach": lambda: claiming.attach(draft, "16", document, by=operator),
        "detach": lambda: claiming.detach(proof, by=operator),
        "submit": lambda: submitting.submit(draft, by=operator),
        "endorse": lambda: submitting.endorse(waiting, by=people.agency_head),
        "decline": lambda: submitting.decline(waiting, by=people.agency_head, reason="x"),
        "withdraw": lambda: submitting.withdraw(submitted, by=operator),
        "resubmit": lambda: submitting.resubmit(returned, by=operator),
        "begin": lambda: verifying.begin(submitted, by=verifier),
        "judge": lambda: build.judge(judging, "16", 0, by=verifier),
        "return": lambda: verifying.return_for_repair(judging, by=verifier, reasons={"16": "x"}),
        "accept": lambda: verifying.accept(judging, by=verifier),
        "reject": lambda: verifying.reject(judging, by=verifier, reason="x"),
        "reopen": lambda: verifying.reopen(accepted, by=boss, reason="x"),
        "assign": lambda: verifying.assign(submitted, verifier, by=boss),
        "take": lambda: verifying.take(submitted, by=verifier),
        "balance": lambda: verifying.balance(assessment, by=boss),
        "extend": lambda: years.extend(assessment, by=boss, closes_on=assessment.closes_on, reason="x"),
        "end reporting": lambda: years.end_reporting(assessment, by=boss),
        "reopen reporting": lambda: years.reopen_reporting(assessment, by=boss),
        "open": lambda: years.open_year(assessment, by=boss),
    }
    before = everything()
    for name, act in acts.items():
        with pytest.raises(Refused) as caught:
            act()
        assert caught.value.reasons, name
        assert everything() == before, name


def test_a_file_replaced_after_closing_changes_no_figure(people: People) -> None:
    entry = build.accepted(people)
    close(year(), by=people.region_admin)
    document = entry.claims.get(indicator="35").proofs.get().document
    before = {key: rows for key, rows in everything().items() if key not in {"Version", "Document", "Event", "Message"}}
    proving.replace_document(document, by=people.operator, link="https://youtu.be/sesudah01")
    after = {key: rows for key, rows in everything().items() if key in before}
    assert after == before
    line = sheet(Entry.objects.select_related("assessment", "innovation").get(pk=entry.pk)).line("35")
    assert line is not None
    assert [version.number for _, version in line.proofs if version] == [1]


# -- pages ------------------------------------------------------------------------------------------------------------------------------


def test_the_closing_page_shows_what_is_undecided_and_closes_only_when_told_expressly(
    people: People, login: Any
) -> None:
    entry = build.judged(people)
    client = login(people.region_admin)
    page = client.get(at("close", people.region))
    assert [str(each) for each in page.context["closing"].waiting] == [str(entry)]
    before = everything()
    assert client.post(at("close", people.region), {}).status_code == 422
    refused = client.post(at("close", people.region), {"sure": "on"})
    assert (refused.status_code, everything() == before) == (409, True)
    done = client.post(at("close", people.region), {"sure": "on", "leave": "on"})
    assert done["Location"] == at("snapshot", people.region, "terverifikasi")
    assert client.get(at("close", people.region)).status_code == 302


def test_what_awaits_endorsement_is_not_undecided_but_not_sent(people: People, login: Any) -> None:
    entry = reports.entry(people, "awaiting")  # type: ignore[arg-type]
    page = login(people.region_admin).get(at("close", people.region))
    assert (list(page.context["closing"].waiting), list(page.context["closing"].drafts)) == ([], [entry])
    assert f"1 inovasi belum diajukan, tidak dihitung: {entry} (menunggu pengesahan)." in page.text
    close(year(), by=people.region_admin)
    assert Entry.objects.get(pk=entry.pk).state == "awaiting"


def test_the_snapshots_page_computes_it_again_and_gives_the_inputs(people: People, login: Any) -> None:
    closed(people)
    client = login(people.region_head)
    for word in ("klaim", "terverifikasi"):
        page = client.get(at("snapshot", people.region, word))
        assert (page.status_code, bool(page.context["checked"])) == (200, True)
        assert "Cocok." in page.content.decode()
    inputs = client.get(at("snapshot-inputs", people.region, "klaim"))
    assert json.loads(inputs.content) == Snapshot.objects.get(value="claimed").inputs


def test_a_broken_seal_shows(people: People, login: Any) -> None:
    closed(people)
    snapshot = Snapshot.objects.get(value="claimed")
    _change_index(snapshot)
    snapshot.save()
    page = login(people.region_head).get(at("snapshot", people.region, "klaim"))
    assert "Segel tidak cocok" in page.content.decode()


@pytest.mark.parametrize("role", ["operator", "agency_head", "neighbour", "stranger", "juror"])
def test_snapshots_and_closing_do_not_exist_for_who_does_not_read_the_region(
    people: People, login: Any, role: str
) -> None:
    closed(people)
    client = login(getattr(people, role))
    pages = (
        at("snapshot", people.region, "klaim"),
        at("snapshot-inputs", people.region, "klaim"),
        at("close", people.region),
    )
    assert [client.get(page).status_code for page in pages] == [404] * 3
