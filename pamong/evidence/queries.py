"""What can be asked of the document library. ``visible_to`` is the only door to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.queries import agencies_for
from pamong.agencies.standing import standing
from pamong.common.templatetags.pamong import size
from pamong.evidence.models import Arrival, Content, Document, Piece, Quota, Version
from pamong.evidence.states import OPEN, Reception

_FAMILIES = {
    "pdf": Q(media_type="application/pdf"),
    "gambar": Q(media_type__startswith="image/"),
    "video": Q(media_type__startswith="video/"),
    "tautan": ~Q(link=""),
}


def visible_to(user: User, region: Region) -> QuerySet[Document]:
    """The documents of ``region`` this person may read, each with its current version.

    Those of the whole region: whoever has a seat in it. Those of an agency: readers of the region, and the people of that
    agency and those above it.
    """
    rows = Document.objects.filter(region=region).select_related("agency", "region")
    rows = rows.prefetch_related(
        Prefetch("versions", Version.objects.filter(is_current=True), to_attr="current_versions")
    )
    who = standing(user)
    if who.may_in(Permission.READ_REGION, region):
        return rows
    if not who.belongs_to(region):
        return rows.none()
    mine = Q(agency__isnull=True)
    for path in who.paths(Permission.READ_AGENCY, region):
        mine |= Q(agency__path__startswith=path)
    return rows.filter(mine)


def mentions(word: str) -> Q:
    """What is written about a document holds ``word``: its subject, number, issuer or file name."""
    # One pass over the names; asked document by document it would be as many questions as there are documents.
    named = Version.objects.filter(is_current=True, original_name__icontains=word).order_by().values("document")
    return Q(subject__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word) | Q(pk__in=named)


def narrowed(
    documents: QuerySet[Document],
    *,
    instrument: str = "",
    year: int | None = None,
    agency: Agency | None = None,
    family: str = "",
) -> QuerySet[Document]:
    """Narrow ``documents``; ``year`` is that of its date. Words are sought a floor above, in the text too."""
    if instrument:
        documents = documents.filter(instrument=instrument)
    if year is not None:
        documents = documents.filter(dated__year=year)
    if agency is not None:
        documents = documents.filter(agency__path__startswith=agency.path)
    if family:
        versions = Version.objects.filter(_FAMILIES[family], document=OuterRef("pk"), is_current=True)
        documents = documents.filter(Exists(versions))
    return documents


def current_version(document: Document) -> Version | None:
    """The version in force; ``None`` only for a document that was never given a file or link."""
    return document.current


def versions(document: Document) -> QuerySet[Version]:
    """Every version, newest first, with who brought it."""
    return Version.objects.filter(document=document).select_related("by", "document")


def version(document: Document, number: int) -> Version | None:
    return Version.objects.filter(document=document, number=number).first()


def any_version(pk: int) -> Version | None:
    """A version of the region whose address was handed out after its document had been asked for at the door."""
    return Version.objects.filter(pk=pk).exclude(sha256="").first()


def same_file(user: User, region: Region, sha256: str, source_sha256: str) -> Document | None:
    """A document ``user`` may read that has these very bytes as a version, now or earlier; the current ones first.

    What the person may not read is not mentioned: the bytes lie in the store once anyway.
    """
    same = Version.objects.filter(
        Q(sha256__in=(sha256, source_sha256)) | Q(source_sha256=source_sha256),
        region=region,
        document=OuterRef("pk"),
    )
    found = visible_to(user, region).filter(Exists(same))
    return found.annotate(in_force=Exists(same.filter(is_current=True))).order_by("-in_force", "-pk").first()


def same_files(user: User, region: Region, arrivals: Iterable[Arrival]) -> dict[str, Document]:
    """For each code among ``arrivals`` whose file the library has already: the document to use instead, as ``same_file``."""
    digests = {digest for each in arrivals for digest in (each.sha256, each.source_sha256) if digest}
    if not digests:
        return {}
    rows = Version.objects.filter(Q(sha256__in=digests) | Q(source_sha256__in=digests), region=region)
    rows = rows.filter(document__in=visible_to(user, region).order_by().values("pk")).select_related("document__agency")
    by_digest: dict[str, Document] = {}
    for version in rows.order_by("is_current", "document_id"):  # the last one stands: in force, and newest
        by_digest |= dict.fromkeys((version.sha256, version.source_sha256), version.document)
    found = {each.code: by_digest.get(each.sha256) or by_digest.get(each.source_sha256) for each in arrivals}
    return {code: document for code, document in found.items() if document}


def just_added(
    *, by: User, region: Region, agency: Agency | None, subject: str, sha256: str, link: str, since: datetime
) -> Document | None:
    """The document the first click of a double click made: same person, agency, subject and content since ``since``."""
    same = Version.objects.filter(document=OuterRef("pk"), number=1, sha256=sha256, link=link)
    rows = Document.objects.filter(
        Exists(same), region=region, agency=agency, created_by=by, subject=subject, created_at__gte=since
    )
    return rows.order_by("-pk").first()


def agencies_to_add_for(user: User, region: Region) -> QuerySet[Agency]:
    """The open agencies for which ``user`` may add documents."""
    either = [
        agencies_for(user, region, permission).values("pk")
        for permission in (Permission.CLAIM, Permission.WRITE_INNOVATION)
    ]
    return Agency.objects.filter(Q(pk__in=either[0]) | Q(pk__in=either[1]), region=region)


def agencies_with_documents(user: User, region: Region) -> QuerySet[Agency]:
    """For the library's filter: the agencies whose documents ``user`` may read."""
    documents = visible_to(user, region).filter(agency=OuterRef("pk"))
    return Agency.objects.filter(Exists(documents), region=region)


# -- room -------------------------------------------------------------------------------------------------------------

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Room:
    """What an agency keeps and may keep, in bytes. ``own`` is the quota set for it, in megabytes; ``None``: the default."""

    agency: Agency
    files: int
    used: int
    own: int | None

    @property
    def most(self) -> int:
        return (settings.AGENCY_QUOTA_MB if self.own is None else self.own) * MEGABYTE

    @property
    def free(self) -> int:
        return max(self.most - self.used, 0)

    @property
    def percent(self) -> int:
        return min(self.used * 100 // self.most, 100)

    @property
    def is_tight(self) -> bool:
        return self.percent >= 90

    @property
    def used_text(self) -> str:
        return size(self.used)

    @property
    def most_text(self) -> str:
        return size(self.most)

    def full(self, more: int) -> str:
        """Why ``more`` bytes do not fit, and what to do."""
        return (
            f"Kuota penyimpanan {self.agency} tidak cukup: terpakai {self.used_text} dari {self.most_text}, sedangkan berkas ini "
            f"{size(more)}. Kecilkan berkasnya, isikan tautannya, atau mintalah administrator daerah menambah kuota."
        )


def rooms(agencies: Iterable[Agency]) -> list[Room]:
    """What each of ``agencies`` keeps, in their order: every version of every file counts. Two queries."""
    houses = list(agencies)
    counted = (
        Version.objects.filter(document__agency__in=houses).exclude(sha256="").order_by().values("document__agency")
    )
    used = {pk: (n, total) for pk, n, total in counted.annotate(n=Count("pk"), total=Sum("size")).values_list("document__agency", "n", "total")}  # fmt: skip
    own = dict(Quota.objects.filter(agency__in=houses).values_list("agency", "megabytes"))
    return [Room(house, *used.get(house.pk, (0, 0)), own.get(house.pk)) for house in houses]


# -- the inbox --------------------------------------------------------------------------------------------------------


def arrivals_of(user: User, region: Region) -> QuerySet[Arrival]:
    """What ``user`` sent to ``region`` and has still to do something about, newest first. Nobody sees another's."""
    if not standing(user).belongs_to(region):
        return Arrival.objects.none()
    rows = Arrival.objects.filter(region=region, by=user, state__in=OPEN)
    return rows.select_related("region", "by", "archive")


def usable(user: User, region: Region) -> QuerySet[Arrival]:
    """Of them, those a form may take: ready, or whole and checked as soon as it does."""
    return arrivals_of(user, region).filter(state__in=(Reception.READY, Reception.WAITING))


@dataclass(frozen=True, slots=True)
class Held:
    """What lies in an inbox: number of files, and bytes."""

    files: int
    bytes: int


def held_by(user: User, region: Region) -> Held:
    """What lies in the inbox of ``user``; a file under way counts with its whole length."""
    rows = Arrival.objects.filter(region=region, by=user, state__in=OPEN).exclude(state=Reception.REFUSED)
    counted = rows.order_by().aggregate(n=Count("pk"), total=Sum("length"))
    return Held(counted["n"], counted["total"] or 0)


# -- for the clock ----------------------------------------------------------------------------------------------------


def waiting() -> QuerySet[Arrival]:
    """Whole files nobody has checked yet."""
    return Arrival.objects.filter(state=Reception.WAITING).select_related("region", "by").order_by("pk")


def expired(unfinished_before: datetime, settled_before: datetime) -> QuerySet[Arrival]:
    """Uploads whose last byte came before the one moment, files settled before the other."""
    given_up = Q(state=Reception.RECEIVING, touched_at__lt=unfinished_before)
    settled = ~Q(state__in=(Reception.RECEIVING, Reception.WAITING)) & Q(touched_at__lt=settled_before)
    return Arrival.objects.filter(given_up | settled).order_by("pk")


def is_piece(name: str) -> bool:
    return Piece.objects.filter(name=name).exists()


def is_spoken_of(sha256: str) -> bool:
    """Whether any document, or any file ready to become one, has these bytes."""
    ready = Arrival.objects.filter(sha256=sha256, state=Reception.READY)
    return Version.objects.filter(sha256=sha256).exists() or ready.exists()


def unclaimed(before: datetime) -> Iterator[str]:
    """Digests of bytes last kept before that moment that no row speaks of."""
    version = Version.objects.filter(sha256=OuterRef("pk"))
    arrival = Arrival.objects.filter(sha256=OuterRef("pk"), state=Reception.READY)
    rows = Content.objects.filter(~Exists(version), ~Exists(arrival), kept_at__lt=before)
    return rows.order_by("pk").values_list("pk", flat=True).iterator()
