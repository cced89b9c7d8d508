"""What can be asked about assessments and entries. ``visible_to`` is the only door to an entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.standing import standing
from pamong.assessments.completeness import Answered
from pamong.assessments.models import Assessment, Claim, Entry, Extension, Proof, Repair, Verdict
from pamong.assessments.states import REPORTED, Phase
from pamong.common.question import Question
from pamong.engine.edition import Indicator
from pamong.engine.eligibility import REGULATION
from pamong.evidence.inspection.kinds import BY_MEDIA_TYPE, known
from pamong.evidence.models import Arrival, Document, Version
from pamong.evidence.queries import usable
from pamong.evidence.queries import visible_to as library
from pamong.innovations.models import Innovation, LifeEvent
from pamong.reading.naming import speaks_of
from pamong.reading.queries import facts_of
from pamong.reading.searching import search

P = Permission


def assessments(user: User, region: Region) -> QuerySet[Assessment]:
    """The years of ``region`` that ``user`` may see: everybody who reads the region or one of its agencies."""
    rows: QuerySet[Assessment] = region.assessments.all()  # each with this very region at hand
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


class OwnIndicators(NamedTuple):
    """The region's own indicators in one year, as the year's page shows them."""

    claimed: str
    state: str
    points: int | None


_own_indicators = Question(  # by the row's own shape, which a constraint holds to: no innovation, no agency
    lambda assessment: (
        Entry.objects.filter(assessment_id=assessment, innovation=None)
        .order_by()
        .values_list("claimed", "state", "score__claimed")
    )
)


def own_indicators(user: User, assessment: Assessment) -> OwnIndicators | None:
    """The region's own indicators in ``assessment``, if ``user`` may see them: who reads the region, nobody else."""
    if not standing(user).may_in(P.READ_REGION, assessment.region):
        return None
    return next((OwnIndicators(*row) for row in _own_indicators(assessment.pk)), None)


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
    """The innovations taking part that ``user`` may see; ``is_mine`` marks the own agencies'."""
    paths = (*standing(user).paths(P.CLAIM, assessment.region), *standing(user).paths(P.ENDORSE, assessment.region))
    mine = (
        Case(When(_under(paths), then=Value(True)), default=Value(False), output_field=BooleanField())
        if paths
        else Value(False, output_field=BooleanField())
    )
    return (
        visible_to(user, assessment.region)
        .filter(assessment=assessment, kind=Entry.Kind.INNOVATION)
        .annotate(is_mine=mine)
    )


def for_export(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """``rows`` with what a line of a spreadsheet needs of each and of the rows beside it."""
    return rows.select_related("innovation", "agency", "score", "verifier").only(
        "code", "state", "claimed", "verified", "affair", "innovation__name", "agency__name", "agency__short_name",
        "score__claimed", "score__verified", "verifier__name", "verifier__email",
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


TABLE = (
    "code", "innovation__name", "agency__short_name", "agency__name", "state", "claimed", "verified",
    "score__claimed", "score__verified", "is_mine", "verifier__name", "verifier__email",
)  # fmt: skip


def as_table(rows: QuerySet[Entry]) -> QuerySet[Entry, Any]:
    """The same entries as the plain values of ``TABLE``: a page of models is mostly spent on making models."""
    return rows.values_list(*TABLE)


def agencies_and_states(rows: QuerySet[Entry]) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """What filters offer: (slug, name) of every agency among ``rows``, and how many are in each state. One query."""
    counted = rows.order_by("agency__name").values_list("agency__slug", "agency__name", "state").annotate(n=Count("pk"))
    agencies: dict[tuple[str, str], None] = {}
    states: dict[str, int] = {}
    for slug, name, state, n in counted:
        agencies[slug, name] = None
        states[state] = states.get(state, 0) + n
    return list(agencies), states


# -- one entry --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """All indicators of one entry at a glance: levels and versions of the claims, names of the documents."""

    levels: dict[str, int]
    versions: dict[str, int]
    documents: dict[str, list[str]]

    @property
    def answers(self) -> dict[str, Answered]:
        return {code: Answered(level, len(self.documents.get(code, ()))) for code, level in self.levels.items()}

    def untouched(self, repairs: Iterable[Repair]) -> list[Repair]:
        """Those of ``repairs`` whose claim, proof and note are as they were when returned."""
        return [each for each in repairs if self.versions.get(each.indicator, 0) <= each.claim_version]


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


def _earlier(innovation: OuterRef, year: OuterRef | Value) -> QuerySet[Any, Any]:
    """How many earlier years the innovation was reported in."""
    return (
        Entry.objects.filter(innovation=innovation, assessment__year__lt=year, state__in=REPORTED)
        .order_by()
        .values("innovation")
        .annotate(n=Count("pk"))
        .values("n")
    )


_years_of = Question(
    lambda innovation: (
        Entry.objects.filter(innovation_id=innovation).order_by().values_list("state", "assessment__year")
    )
)


def named_in_regulation(innovation: Innovation) -> bool | None:
    """Whether the machine found the name in what was laid before as the regulation: the proofs of that indicator in any
    year, and the decrees its life's steps rest on.

    Otherwise not known: that nothing was found may be a slip of the reader's, and must not keep anybody out. Once it
    takes part, the checks of its proofs say more. Two queries.
    """
    proofs = Proof.objects.filter(claim__entry__innovation=innovation, claim__indicator=REGULATION)
    steps = LifeEvent.objects.filter(innovation=innovation, document__isnull=False)
    laid = Q(document__in=proofs.values("document")) | Q(document__in=steps.values("document"))
    read = facts_of(Version.objects.filter(laid, is_current=True))
    return True if any(speaks_of(innovation.name, seen.pages) for seen in read.values()) else None


def times_entered(innovation: Innovation, year: int) -> int:
    """In how many years before ``year`` the innovation was reported."""
    return sum(state in REPORTED and earlier < year for state, earlier in _years_of(innovation.pk))


_claims_of = Question(
    lambda entry: Claim.objects.filter(entry_id=entry).order_by().values_list("indicator", "level", "version")
)
_documents_of = Question(
    lambda entry: (
        Proof.objects.filter(claim__entry_id=entry).order_by("pk").values_list("claim__indicator", "document__subject")
    )
)


def sheet(entry: Entry) -> Sheet:
    """Everything an entry's page shows of its indicators, in two queries of plain values."""
    claims = _claims_of(entry.pk)
    documents: dict[str, list[str]] = {}
    for code, subject in _documents_of(entry.pk):
        documents.setdefault(code, []).append(subject)
    return Sheet({code: level for code, level, _ in claims}, {code: number for code, _, number in claims}, documents)


_proven = Question(
    lambda entry: (
        Claim.objects.filter(entry_id=entry).order_by().values_list("indicator", "level").annotate(n=Count("proofs"))
    )
)


def answers(entry: Entry) -> dict[str, Answered]:
    """Level and number of proofs of every claim: all that completeness needs, in one query."""
    return {code: Answered(level, proofs) for code, level, proofs in _proven(entry.pk)}


def open_repairs(entry: Entry) -> dict[str, Repair]:
    """What was returned and is not yet answered, by indicator."""
    return {each.indicator: each for each in entry.repairs.filter(answered_at=None).select_related("by")}


def proofs_with_versions(entry: Entry, indicator: str) -> list[Proof]:
    """The proofs of one indicator, each document with its versions, newest first."""
    return list(
        Proof.objects.filter(claim__entry=entry, claim__indicator=indicator)
        .select_related("document__agency", "document__region", "by")
        .prefetch_related("document__versions")
    )


def version_judged(proof: Proof, assessment: Assessment) -> Version | None:
    """The version of a proof's document that counts: the current one, or that of the day a closed year closed."""
    versions = list(proof.document.versions.all())  # newest first
    if assessment.phase == Phase.CLOSED and assessment.closed_at:
        closed_at = assessment.closed_at
        return next((each for each in versions if each.at <= closed_at), versions[-1] if versions else None)
    return versions[0] if versions else None


def attachable(documents: QuerySet[Document], entry: Entry, indicator: Indicator, q: str = "") -> QuerySet[Document]:
    """Of the ``documents`` a person may see, those whose file fits and that are not attached here yet; the agency's own first."""
    kinds = known(indicator.evidence.file_types)
    fits = Q(media_type__in=[kind.media_type for kind in BY_MEDIA_TYPE.values() if kind.code in kinds])
    if indicator.evidence.link_allowed:
        fits |= ~Q(link="")
    current = Version.objects.filter(fits, document=OuterRef("pk"), is_current=True)
    here = Proof.objects.filter(document=OuterRef("pk"), claim__entry=entry, claim__indicator=indicator.code)
    elsewhere = Case(When(agency=entry.agency_id, then=Value(0)), default=Value(1))
    found = search(documents.filter(Exists(current), ~Exists(here)), words=q)
    return found.annotate(elsewhere=elsewhere).order_by("elsewhere", "-pk")


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


def claim_of(entry: Entry, indicator: str) -> Claim | None:
    """The claim on one indicator, with who made it last."""
    return entry.claims.filter(indicator=indicator).select_related("by").first()


def verdicts_on(entry: Entry, indicator: str) -> list[Verdict]:
    """What verifiers found on one indicator, newest first; the standing one and those reopened."""
    return list(entry.verdicts.filter(indicator=indicator).select_related("by"))


_extensions_of = Question(
    lambda assessment: Extension.objects.filter(assessment_id=assessment).select_related("by").order_by("-pk")
)


def extensions(assessment: Assessment) -> list[Extension]:
    """Every time the closing date was moved, newest first."""
    return _extensions_of(assessment.pk)


def documents_visible_to(user: User, region: Region) -> QuerySet[Document]:
    """The library, as far as ``user`` may see it."""
    return library(user, region)


def inbox(user: User, region: Region) -> QuerySet[Arrival]:
    """The files ``user`` has sent ahead."""
    return usable(user, region)


def proofs_of(entry: Entry) -> QuerySet[Proof]:
    """The proofs of ``entry``."""
    rows: QuerySet[Proof] = Proof.objects.filter(claim__entry=entry)
    return rows.select_related("claim__entry__assessment", "document")


@dataclass(frozen=True, slots=True)
class Use:
    """Where a document is brought forward, and whether a verdict rests on it."""

    entry: Entry
    indicator: str
    has_verdict: bool


def uses(user: User, document: Document) -> list[Use]:
    """Where in open years ``document`` is a proof, as far as ``user`` may see."""
    seen = visible_to(user, document.region).values("pk")
    standing_here = Verdict.objects.filter(entry=OuterRef("entry"), indicator=OuterRef("indicator"), stands=True)
    rows = claims_using(document).filter(entry__in=seen).annotate(judged=Exists(standing_here))
    rows = rows.select_related("entry__assessment", "entry__innovation", "entry__region")
    return [Use(each.entry, each.indicator, each.judged) for each in rows]
