"""What can be asked of the document library. ``visible_to`` is the only door to its rows."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Agency, Region
from pamong.agencies.queries import agencies_for
from pamong.agencies.standing import standing
from pamong.evidence.models import Document, Version

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


def search(
    documents: QuerySet[Document],
    *,
    words: str = "",
    instrument: str = "",
    year: int | None = None,
    agency: Agency | None = None,
    family: str = "",
) -> QuerySet[Document]:
    """Narrow ``documents``. ``words`` must all occur in subject, number, issuer or file name; ``year`` is that of its date."""
    for word in words.split()[:8]:
        named = Version.objects.filter(document=OuterRef("pk"), is_current=True, original_name__icontains=word)
        documents = documents.filter(
            Q(subject__icontains=word) | Q(number__icontains=word) | Q(issuer__icontains=word) | Exists(named)
        )
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
