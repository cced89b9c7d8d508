"""What can be asked about innovations. ``visible_to`` is the only door to a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, AgencyChange, Region
from pamong.agencies.standing import standing
from pamong.common.question import Question
from pamong.evidence import queries as library
from pamong.evidence.models import Document
from pamong.innovations import merge
from pamong.innovations.models import Attachment, Draft, ImportFile, ImportMapping, Innovation, LifeEvent
from pamong.innovations.states import Stage
from pamong.innovations.tables.known import Known
from pamong.innovations.words import normal

MOST_PLACES = 300
SORTS = {
    "nama": ("name",),
    "-nama": ("-name",),
    "instansi": ("agency__name", "name"),
    "-instansi": ("-agency__name", "name"),
    "tahapan": ("stage", "name"),
    "-tahapan": ("-stage", "name"),
    "penerapan": ("applied_on", "name"),
    "-penerapan": ("-applied_on", "name"),
    "terbaru": ("-pk",),
}
ROW = (
    "code",
    "name",
    "agency__name",
    "agency__short_name",
    "stage",
    "kind",
    "affair",
    "applied_on",
    "agency__path",
)


def visible_to(user: User, region: Region) -> QuerySet[Innovation]:
    """The innovations of ``region`` this person may see: all with a region-wide seat, else those of their own agencies."""
    rows: QuerySet[Innovation] = Innovation.objects.filter(region=region)
    allowed = _agencies_seen(user, region, "agency__")
    return rows.none() if allowed is None else rows.filter(allowed)


def placed(user: User, region: Region, but: str = "") -> list[tuple[str, tuple[float, float]]]:
    """Names and places of the innovations this person may see, newest first, without the one with code ``but``."""
    rows = visible_to(user, region).filter(latitude__isnull=False, longitude__isnull=False).exclude(code=but)
    found = rows.order_by("-pk").values_list("name", "latitude", "longitude")[:MOST_PLACES]
    return [(name, (float(lat), float(lon))) for name, lat, lon in found if lat is not None and lon is not None]


class Offered(NamedTuple):
    """An agency to choose in a filter."""

    slug: str
    name: str
    short_name: str
    path: str


def agencies_seen(user: User, region: Region) -> list[Offered]:
    """The agencies whose innovations this person may see."""
    allowed = _agencies_seen(user, region, "")
    if allowed is None:
        return []
    # A region has dozens of agencies, and this is asked above every list: the usual case is put into SQL once.
    rows = _agencies_of(region.pk) if not allowed else _offered(region.pk).filter(allowed)
    return [Offered._make(row) for row in rows]


def _offered(region: int) -> QuerySet[Agency, tuple[str, str, str, str]]:
    return Agency.objects.filter(region=region).values_list(*Offered._fields)


_agencies_of = Question(_offered)


def _agencies_seen(user: User, region: Region, prefix: str) -> Q | None:
    seats = standing(user)
    if seats.may_in(Permission.READ_REGION, region):
        return Q()
    allowed: Q | None = None
    for path in seats.paths(Permission.READ_AGENCY, region):
        one = Q(**{f"{prefix}path__startswith": path})
        allowed = one if allowed is None else allowed | one
    return allowed


def detailed(user: User, region: Region) -> QuerySet[Innovation]:
    """``visible_to`` with what a page about one innovation shows of others: its agency and who recorded it."""
    return visible_to(user, region).select_related("agency", "region", "created_by")


def named_visible_to(user: User, region: Region, innovation: Innovation | None) -> Innovation | None:
    """``innovation`` if this person may see it: for pointing at the one that has a name already."""
    return None if innovation is None else visible_to(user, region).filter(pk=innovation.pk).first()


class Filters(NamedTuple):
    """What a list is narrowed to. Empty means everything."""

    text: str = ""
    agency: str = ""  # its path
    stage: str = ""
    kind: str = ""
    affair: str = ""
    sort: str = "nama"


def listed(user: User, region: Region, filters: Filters) -> QuerySet[Innovation]:
    """The visible innovations that pass ``filters``, sorted. An agency stands for its whole subtree."""
    rows = visible_to(user, region)
    if filters.text:
        rows = rows.filter(
            Q(name__icontains=filters.text) | Q(changed__icontains=filters.text) | Q(code__iexact=filters.text)
        )
    if filters.agency:
        rows = rows.filter(agency__path__startswith=filters.agency)
    exact = {"stage": filters.stage, "kind": filters.kind}
    rows = rows.filter(**{field: value for field, value in exact.items() if value})
    if filters.affair:
        rows = rows.filter(affair=filters.affair)
    return rows.order_by(*SORTS.get(filters.sort, SORTS["nama"]))


class Row(NamedTuple):
    """One line of the list: plain values, nothing that could ask the database again."""

    code: str
    name: str
    agency_name: str
    agency_short: str
    stage: str
    kind: str
    affair: str
    applied_on: Any
    agency_path: str

    @property
    def agency(self) -> str:
        return self.agency_short or self.agency_name


def as_rows(rows: QuerySet[Innovation]) -> QuerySet[Innovation, Row]:
    """The same innovations as ``Row``: the long texts stay in the database."""
    return rows.values_list(*ROW)


def life(innovation: Innovation) -> QuerySet[LifeEvent]:
    """The steps of its life, oldest first, with document and recorder."""
    return innovation.life.select_related("document", "by")


def stages_passed(innovation: Innovation) -> frozenset[str]:
    """Every stage it was ever in, as far as recorded."""
    return frozenset({Stage.IDEA.value, *innovation.life.order_by().values_list("to_stage", flat=True)})


def attachments(innovation: Innovation) -> QuerySet[Attachment]:
    """The profile's own documents."""
    return innovation.attachments.select_related("document").order_by("slot", "pk")


def documents_for(user: User, innovation: Innovation, limit: int = 200) -> QuerySet[Document]:
    """Documents this person may read that a step may rest on: the agency's, those above it, and the region's own."""
    line = [int(part) for part in innovation.agency.path.strip("/").split("/")]
    mine = Q(agency__isnull=True) | Q(agency__in=line)
    newest = library.visible_to(user, innovation.region).filter(mine).order_by("-pk").values_list("pk", flat=True)
    return Document.objects.filter(region=innovation.region, pk__in=list(newest[:limit]))


def library_of(innovation: Innovation) -> Agency:
    """The agency whose library takes the innovation's new documents: its own, or the one that took over its tasks."""
    agency: Agency = innovation.agency
    for _step in range(20):
        if agency.closed_on is None or agency.successor is None:
            break
        agency = agency.successor
    return agency


# -- the profile and its past -----------------------------------------------------------------------------------------


def profile_of(innovation: Any) -> dict[str, Any]:
    """What is written in the profile now (or was, given a record of its history)."""
    return {field: getattr(innovation, field) for field in Innovation.PROFILE}


def profile_at(innovation: Innovation, version: int) -> dict[str, Any] | None:
    """What was written in the profile in ``version``; ``None`` if there never was such a version."""
    if version == innovation.version:
        return profile_of(innovation)
    record = innovation.history.filter(version=version).order_by("-history_id").first()
    return profile_of(record) if record is not None else None


class Change(NamedTuple):
    """Who last wrote something, and when."""

    by: str
    at: datetime
    by_id: int | None


def last_changes(innovation: Innovation, since: int) -> dict[str, Change]:
    """For each unit of the profile changed after version ``since``: who changed it last, and when."""
    found: dict[str, Change] = {}
    before: dict[str, Any] | None = None
    for record in _records(innovation, since):
        now = profile_of(record)
        if before is not None:
            who = Change(str(record.history_user or "Sistem"), record.history_date, record.history_user_id)
            found.update(dict.fromkeys(_changed(before, now), who))
        before = now
    return found


def _records(innovation: Innovation, since: int) -> Iterable[Any]:
    records: QuerySet[Any] = innovation.history.filter(version__gte=since)
    return records.select_related("history_user").order_by("history_id")


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(merge.unit_of(field) for field in now if now[field] != before[field]))


class Revision(NamedTuple):
    """One saving of the profile: which units it changed."""

    at: datetime
    by: str
    version: int
    units: list[str]


def revisions(innovation: Innovation, limit: int = 50) -> list[Revision]:
    """The latest savings of the profile, newest first."""
    records = list(innovation.history.select_related("history_user").order_by("-history_id")[: limit + 1])
    return [
        Revision(now.history_date, str(now.history_user or "Sistem"), now.version, units)
        for now, before in pairwise(records)
        if (units := _changed(profile_of(before), profile_of(now)))
    ]


# -- drafts and imports: each person's own ----------------------------------------------------------------------------


def draft_of(user: User, region: Region, innovation: Innovation | None = None) -> Draft | None:
    """What this person typed and did not save: for ``innovation``, or for a new one."""
    return Draft.objects.filter(person=user, region=region, innovation=innovation).first()


def imports_of(user: User, region: Region) -> QuerySet[ImportFile]:
    """The tables this person brought. Nobody else sees them."""
    return ImportFile.objects.filter(person=user, region=region)


def remembered_columns(region: Region) -> dict[str, str]:
    """What the region's people decided earlier: header (normalised) to field; an empty field means: leave out."""
    return dict(ImportMapping.objects.filter(region=region).values_list("header", "field"))


def known_to(user: User, region: Region) -> Known:
    """What a table is held against. Innovations of others are known by name only to keep names apart."""
    agencies = {agency.pk: agency for agency in Agency.objects.filter(region=region)}
    seats = standing(user)
    return Known(
        innovations=list(Innovation.objects.filter(region=region).select_related("agency")),
        writable=frozenset(pk for pk, each in agencies.items() if seats.may_for(Permission.WRITE_INNOVATION, each)),
        agencies=_by_name(agencies, AgencyChange.objects.filter(region=region).order_by("on", "pk")),
        region_name=region.name,
    )


def _by_name(agencies: dict[int, Agency], changes: Iterable[AgencyChange]) -> dict[str, Agency]:
    """Agencies by every name they have or had; one that ended stands for its successor."""
    names: dict[str, Agency] = {}
    for change in changes:
        names[normal(change.old_name)] = _heir(agencies[change.agency_id], agencies)
    for agency in agencies.values():
        for name in (agency.short_name, agency.name):
            if name and (agency.closed_on is None or normal(name) not in names):
                names[normal(name)] = _heir(agency, agencies)
    return names


def _heir(agency: Agency, agencies: dict[int, Agency]) -> Agency:
    for _step in range(20):
        if agency.closed_on is None or agency.successor_id is None:
            return agency
        agency = agencies[agency.successor_id]
    return agency
