"""Entries in every state of verification, brought there through the actions."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.assessments.actions import claiming, submitting, verifying
from pamong.assessments.actions.verifying import Seen
from pamong.assessments.models import Entry, Verdict
from pamong.assessments.states import State
from pamong.assessments.verification_queries import to_judge
from tests import build
from tests.assessments import build as reports

WHY = "Nama inovasi tidak tercantum dalam regulasi."


def second(people: build.People, name: str = "Vera Kedua") -> User:
    """Another verifier of the same region."""
    person = build.person(name)
    build.seat(person, Role.VERIFIER, people.region)
    return person


def seen(entry: Entry, code: str) -> Seen:
    """What a page made now would carry."""
    claim = entry.claims.filter(indicator=code).first()
    verdict = entry.verdicts.filter(indicator=code, stands=True).first()
    return Seen(claim.version if claim else 0, verdict.pk if verdict else 0)


def judge(entry: Entry, code: str, level: int | None = None, *, by: User, reason: str | None = None) -> Verdict:
    """Judge as claimed, or at ``level`` with a reason where it differs."""
    claim = entry.claims.filter(indicator=code).first()
    claimed = claim.level if claim else 0
    level = claimed if level is None else level
    words = reason if reason is not None else ("" if level == claimed else WHY)
    return verifying.judge(entry, code, by=by, level=level, reason=words, seen=seen(entry, code))


def submitted(people: build.People, levels: dict[str, int] | None = None, **fields: object) -> Entry:
    return reports.entry(people, State.SUBMITTED, levels=levels, **fields)


def verifying_(people: build.People, levels: dict[str, int] | None = None, **fields: object) -> Entry:
    return verifying.begin(submitted(people, levels, **fields), by=people.verifier)


def judged(people: build.People, levels: dict[str, int] | None = None, **fields: object) -> Entry:
    """Everything claimed found proven."""
    entry = verifying_(people, levels, **fields)
    for code in to_judge(entry):
        judge(entry, code, by=people.verifier)
    return Entry.objects.get(pk=entry.pk)


def accepted(people: build.People, levels: dict[str, int] | None = None, **fields: object) -> Entry:
    return verifying.accept(judged(people, levels, **fields), by=people.verifier)


def rejected(people: build.People, **fields: object) -> Entry:
    return verifying.reject(judged(people, **fields), by=people.verifier, reason="Bukan inovasi.")


def returned(people: build.People, codes: tuple[str, ...] = ("16",), **fields: object) -> Entry:
    entry = judged(people, **fields)
    return verifying.return_for_repair(entry, by=people.verifier, reasons=dict.fromkeys(codes, WHY))


def repaired(people: build.People, **fields: object) -> Entry:
    """Returned, the level of indicator 16 raised to 2, and handed over again."""
    entry = returned(people, **fields)
    reports.claim(entry, "16", 2, by=people.operator)
    return submitting.resubmit(Entry.objects.get(pk=entry.pk), by=people.operator)


def institution(people: build.People) -> Entry:
    """The region's own indicators, claimed by the region's administrator and handed over."""
    from pamong.assessments.answers import Typed

    year = reports.assessment(people.region, people.region_admin)
    entry = year.entries.get(kind=Entry.Kind.INSTITUTION)
    for line in year.edition.institution:
        typed = _answer(line, Typed)
        claiming.claim(entry, line.code, by=people.region_admin, typed=typed, version=0)
    return submitting.submit(Entry.objects.get(pk=entry.pk), by=people.region_admin)


def _answer(line, typed):  # type: ignore[no-untyped-def]
    from decimal import Decimal

    if line.options:
        return typed(basis=line.options[-1].code)
    if line.measure is not None:
        return typed(value=Decimal(5))
    return typed(level=2)
