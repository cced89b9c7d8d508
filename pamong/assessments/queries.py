"""What can be asked about assessments and entries. ``visible_to`` is the only door to an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import BooleanField, Case, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.standing import standing
from pamong.assessments.completeness import Answered
from pamong.assessments.models import Assessment, Claim, Entry, Proof, Repair
from pamong.assessments.states import REPORTED, Phase
from pamong.evidence.models import Document, Version
from pamong.innovations.models import Innovation

P = Permission


def assessments(user: User, region: Region) -> QuerySet[Assessment]:
    """The years of ``region`` that ``user`` may see: everybody who reads the region or one of its agencies."""
    rows: QuerySet[Assessment] = Assessment.objects.filter(region=region)
    if standing(user).may_in(P.READ_REGION, region) or standing(user).paths(P.READ_AGENCY, region):
        return rows
    return rows.none()


def visible_to(user: User, region: Region) -> QuerySet[Entry]:
    """The entries of ``region`` that ``user`` may see: all for who reads the region, else their agencies' own."""
    rows: QuerySet[Entry] = Entry.objects.filter(region=region)
    if standing(user).may_in(P.READ_REGION, region):
        return rows
    paths = standing(user).paths(P.READ_AGENCY, region)
    return rows.filter(_under(paths)) if paths else rows.none()


def _under(paths: Iterable[str], field: str = "agency__path") -> Q:
    return reduce(or_, (Q(**{f"{field}__startswith": path}) for path in paths), Q())


def institution_entry(user: User, assessment: Assessment) -> QuerySet[Entry]:
    """The entry of the region's own indicators, if ``user`` may see it."""
    return visible_to(user, assessment.region).filter(assessment=assessment, kind=Entry.Kind.INSTITUTION)


# -- lists ------------------------------------------------------------------------------------------------------------

SORTS = {
    "nama": ("innovation__name",),
    "instansi": ("agency__name", "innovation__name"),
    "status": ("state", "innovation__name"),
    "klaim": ("score__claimed", "innovation__name"),
    "terverifikasi": ("score__verified", "innovation__name"),
}


def entries_of(user: User, assessment: Assessment) -> QuerySet[Entry]:
    """The innovations taking part that ``user`` may see, with what a table row needs; ``is_mine`` marks the own agencies'."""
    paths = (*standing(user).paths(P.CLAIM, assessment.region), *standing(user).paths(P.ENDORSE, assessment.region))
    mine = (
        Case(When(_under(paths), then=Value(True)), default=Value(False), output_field=BooleanField())
        if paths
        else Value(False, output_field=BooleanField())
    )
    return (
        visible_to(user, assessment.region)
        .filter(assessment=assessment, kind=Entry.Kind.INNOVATION)
        .select_related("innovation", "agency", "score", "verifier")
        .only(
            "code", "state", "claimed", "verified", "affair", "assessment_id", "kind", "region_id",
            "innovation__name", "innovation__code", "agency__name", "agency__short_name", "agency__path",
            "agency__region_id", "score__claimed", "score__verified", "verifier__name", "verifier__email",
        )
        .annotate(is_mine=mine)
    )  # fmt: skip


def filtered(rows: QuerySet[Entry], *, q: str = "", state: str = "", agency: str = "", affair: str = "", sort: str = "") -> QuerySet[Entry]:  # fmt: skip
    """``rows`` narrowed and ordered; own agencies first unless an order is asked for."""
    if q:
        rows = rows.filter(Q(innovation__name__icontains=q) | Q(agency__name__icontains=q))
    if state:
        rows = rows.filter(state=state)
    if agency:
        rows = rows.filter(agency__slug=agency)
    if affair:
        rows = rows.filter(affair=affair)
    return rows.order_by(*_order(sort))


def _order(sort: str) -> tuple[str, ...]:
    down = sort.startswith("-")
    fields = SORTS.get(sort.removeprefix("-"))
    if fields is None:
        return ("-is_mine", "innovation__name", "pk")
    return (f"-{fields[0]}" if down else fields[0], *fields[1:], "pk")


def agencies_in(rows: QuerySet[Entry]) -> list[tuple[str, str]]:
    """(slug, name) of every agency among ``rows``, for a filter."""
    return list(rows.order_by("agency__name").values_list("agency__slug", "agency__name").distinct())


def states_in(rows: QuerySet[Entry]) -> dict[str, int]:
    """How many of ``rows`` are in each state."""
    return dict(rows.order_by("state").values_list("state").annotate(n=Count("pk")))


# -- one entry --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Content:
    """Everything an entry's page shows besides the entry itself."""

    claims: dict[str, Claim]
    proofs: dict[str, list[Proof]]

    @property
    def answers(self) -> dict[str, Answered]:
        return {code: Answered(claim.level, len(self.proofs.get(code, ()))) for code, claim in self.claims.items()}


def full(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """``rows`` with all that a page about one entry needs, and how often its innovation took part before."""
    return rows.select_related(
        "assessment__region",
        "region",
        "innovation__agency",
        "agency",
        "score",
        "verifier",
        "submitted_by",
        "endorsed_by",
    ).annotate(times_entered=Coalesce(Subquery(_earlier(OuterRef("innovation"), OuterRef("assessment__year"))), 0))


def _earlier(innovation: OuterRef, year: OuterRef) -> QuerySet[Entry]:
    """How many earlier years the innovation was reported in."""
    return (
        Entry.objects.filter(innovation=innovation, assessment__year__lt=year, state__in=REPORTED)
        .order_by()
        .values("innovation")
        .annotate(n=Count("pk"))
        .values("n")
    )


def times_entered(innovation: Innovation, year: int) -> int:
    """In how many years before ``year`` the innovation was reported."""
    return Entry.objects.filter(innovation=innovation, assessment__year__lt=year, state__in=REPORTED).count()


def content(entry: Entry) -> Content:
    """The claims of ``entry`` and its proofs with their documents, by indicator."""
    claims = {claim.indicator: claim for claim in entry.claims.select_related("by")}
    proofs: dict[str, list[Proof]] = {}
    for proof in Proof.objects.filter(claim__entry=entry).select_related("claim", "document"):
        proofs.setdefault(proof.claim.indicator, []).append(proof)
    return Content(claims, proofs)


def answers(entry: Entry) -> dict[str, Answered]:
    """Level and number of proofs of every claim: all that completeness needs, in one query."""
    rows = entry.claims.order_by().values_list("indicator", "level").annotate(n=Count("proofs"))
    return {code: Answered(level, proofs) for code, level, proofs in rows}


def open_repairs(entry: Entry) -> dict[str, Repair]:
    """What was returned and is not yet answered, by indicator."""
    return {each.indicator: each for each in entry.repairs.filter(answered_at=None).select_related("by")}


def untouched(entry: Entry) -> list[Repair]:
    """The returned indicators whose claim, proof and note are as they were when returned."""
    versions = dict(entry.claims.values_list("indicator", "version"))
    waiting = entry.repairs.filter(answered_at=None)
    return [each for each in waiting if versions.get(each.indicator, 0) <= each.claim_version]


def proofs_with_versions(entry: Entry, indicator: str) -> list[Proof]:
    """The proofs of one indicator, each document with its versions, newest first."""
    return list(
        Proof.objects.filter(claim__entry=entry, claim__indicator=indicator)
        .select_related("document", "by")
        .prefetch_related("document__versions")
    )


def version_judged(proof: Proof, assessment: Assessment) -> Version | None:
    """The version of a proof's document that counts: the current one, or that of the day a closed year closed."""
    versions = proof.document.versions.order_by("-number")
    if assessment.phase == Phase.CLOSED and assessment.closed_at:
        return versions.filter(at__lte=assessment.closed_at).first() or versions.last()
    return versions.first()


def attachable(documents: QuerySet[Document], entry: Entry, indicator: str, q: str = "") -> QuerySet[Document]:
    """Of the ``documents`` a person may see, those not yet attached here; the entry's own agency's and newest first."""
    rows = documents.exclude(proofs__claim__in=entry.claims.filter(indicator=indicator))
    for word in q.split()[:6]:
        rows = rows.filter(Q(subject__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word))
    own = Case(When(agency=entry.agency_id, then=Value(0)), default=Value(1))
    return rows.annotate(elsewhere=own).order_by("elsewhere", "-pk")


def claims_using(document: Document) -> QuerySet[Claim]:
    """The claims in years not yet closed that ``document`` proves, in the order they must be locked."""
    return (
        Claim.objects.filter(proofs__document=document)
        .exclude(entry__assessment__phase=Phase.CLOSED)
        .select_related("entry__assessment")
        .order_by("entry_id", "pk")
    )


def entries_of_innovation(user: User, innovation: Innovation) -> QuerySet[Entry]:
    """The years an innovation took part in, newest first."""
    return (
        visible_to(user, innovation.region)
        .filter(innovation=innovation)
        .select_related("assessment", "score", "agency")
        .order_by("-assessment__year")
    )


def not_entered(innovations: QuerySet[Innovation], assessment: Assessment) -> QuerySet[Innovation]:
    """Of ``innovations``, those that do not take part in ``assessment`` yet, with how often they did before."""
    return (
        innovations.exclude(entries__assessment=assessment)
        .select_related("agency")
        .annotate(times_entered=Coalesce(Subquery(_earlier(OuterRef("pk"), Value(assessment.year))), 0))
        .order_by("name")
    )


def of_agencies(innovations: QuerySet[Innovation], agencies: QuerySet[Agency]) -> QuerySet[Innovation]:
    return innovations.filter(agency__in=agencies)


def year_counts(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """``rows`` with how many innovations take part, and how many of them were reported."""
    innovation = Q(entries__kind=Entry.Kind.INNOVATION)
    return rows.annotate(
        entered=Count("entries", filter=innovation),
        reported=Count("entries", filter=innovation & Q(entries__state__in=REPORTED)),
    )
