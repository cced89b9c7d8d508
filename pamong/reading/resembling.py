"""Which documents are like one another: candidates by shared keys, then a comparison for real, and who may see what comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count
from django_scopes import scope

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.evidence import queries as library
from pamong.evidence.models import Document, Version
from pamong.reading import likeness
from pamong.reading.likeness import Likeness
from pamong.reading.models import Key, Print, Reading, Resemblance
from pamong.reading.states import State
from pamong.reading.stems import stems

CANDIDATES, SHOWN = 20, 10
PICTURES = 1000  # the newest pictures of the installation, in which cut-outs of a new one are looked for


def alike(version: Version) -> list[tuple[Version, Likeness]]:
    """The current versions of other documents that are like ``version``, the likest first. Looks through every region."""
    prints = _prints([version.pk], Print.Kind.PICTURE).get(version.pk)
    found = _pictures(version, prints[0]) if prints else _papers(version)
    return sorted(found, key=lambda pair: -pair[1].score)[:SHOWN]


def _papers(version: Version) -> list[tuple[Version, Likeness]]:
    own = _texts([version.pk]).get(version.pk, [])
    pages = _prints([version.pk], Print.Kind.PAGE).get(version.pk, [])
    keys = {*likeness.text_keys(own), *(key for one in pages for key in likeness.probes(one.hash))}
    near = _near(version, keys)
    texts, prints = _texts(near), _prints(near, Print.Kind.PAGE)
    found = {pk: _paper(own, texts.get(pk, []), pages, prints.get(pk, [])) for pk in near}
    versions = {one.pk: one for one in Version.objects.filter(pk__in=found).select_related("region")}
    return [(versions[pk], like) for pk, like in found.items() if like is not None]


def _paper(
    own: Sequence[str], other: Sequence[str], pages: Iterable[likeness.Print], others: Iterable[likeness.Print]
) -> Likeness | None:
    """By their texts if both have enough of one; the pages of two typed papers look alike even when they say different things."""
    if min(len(own), len(other)) >= likeness.FEWEST + likeness.SHINGLE:
        score = likeness.texts(own, other)
        return Likeness("same-text", score) if score >= likeness.ALIKE_TEXT else None
    return likeness.pages(pages, others)


def _pictures(version: Version, own: likeness.Print) -> list[tuple[Version, Likeness]]:
    rows = Print.objects.filter(kind=Print.Kind.PICTURE, version__is_current=True).exclude(
        version__document=version.document_id
    )
    rows = rows.select_related("version__region").order_by("-pk")
    newest = list(rows[:PICTURES])
    # The same picture is found however long ago it came: by keys, as pages are.
    older = (
        rows.filter(version__in=_near(version, likeness.probes(own.hash, of_picture=True)), pk__lt=newest[-1].pk)
        if newest
        else []
    )
    others = [*newest, *older]
    found = likeness.pictures(own, [_value(one) for one in others])
    said = _texts([version.pk, *(others[at].version_id for at, _ in found)])
    return [
        (others[at].version, like)
        for at, like in found
        if _may_be_same(own, bytes(others[at].thumb), said.get(version.pk, []), said.get(others[at].version_id, []))
    ]


def _may_be_same(own: likeness.Print, other: bytes, words: Sequence[str], others: Sequence[str]) -> bool:
    """Screenshots look alike by nature, so they must also say the same; photographs need not say anything."""
    plain = likeness.is_plain(own.thumb) or likeness.is_plain(other)
    return not plain or likeness.words_agree(words, others)


def _near(version: Version, keys: Iterable[int]) -> list[int]:
    """The versions that share most keys."""
    rows = Key.objects.filter(key__in=sorted(keys), version__is_current=True).exclude(
        version__document=version.document_id
    )
    shared = rows.order_by().values("version").annotate(shared=Count("pk")).order_by("-shared", "-version")
    return [row["version"] for row in shared[:CANDIDATES]]


def _texts(versions: Iterable[int]) -> dict[int, list[str]]:
    rows = Reading.objects.filter(version__in=list(versions), state=State.DONE).order_by("reader")
    return {pk: stems(text) for pk, text in rows.values_list("version", "text")}


def _prints(versions: Iterable[int], kind: str) -> dict[int, list[likeness.Print]]:
    found: dict[int, list[likeness.Print]] = {}
    for one in Print.objects.filter(version__in=list(versions), kind=kind).order_by("version", "page"):
        found.setdefault(one.version_id, []).append(_value(one))
    return found


def _value(one: Print) -> likeness.Print:
    return likeness.Print(one.page, int(one.hash, 16), bytes(one.thumb))


@dataclass(frozen=True, slots=True)
class Twin:
    """A document that is like another, which a person may see."""

    document: Document
    row: Resemblance

    @property
    def percent(self) -> int:
        return int(self.row.score * 100)


def twins_of(user: User, version: Version | None) -> list[Twin]:
    """What is like ``version`` among the documents ``user`` may read, in this region and in others."""
    if version is None:
        return []
    rows = list(
        Resemblance.objects.filter(version=version, other__is_current=True).select_related("other_region", "other")
    )
    regions = {row.other_region_id: row.other_region for row in rows}
    seen: dict[int, Document] = {}
    for region in regions.values():
        seen |= _seen(user, region, [row.other for row in rows if row.other_region_id == region.pk])
    return [Twin(seen[row.other.document_id], row) for row in rows if row.other.document_id in seen]


def _seen(user: User, region: Region, versions: Iterable[Version]) -> dict[int, Document]:
    with scope(region=region):
        documents = library.visible_to(user, region).filter(pk__in=[one.document_id for one in versions])
        return {one.pk: one for one in documents}


@dataclass(frozen=True, slots=True)
class Side:
    """One of two documents to compare: the version, and the page to open it at."""

    document: Document
    version: Version
    page: int


def sides(document: Document, twin: Twin) -> list[Side]:
    """The two documents of a resemblance, each at the page that shows it best."""
    both = ((document, twin.row.page), (twin.document, twin.row.other_page))
    return [Side(one, version, page) for one, page in both if (version := one.current) is not None]
