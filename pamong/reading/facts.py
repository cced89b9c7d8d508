"""What a machine saw in one version of a document, and what it finds wrong with it: plain values, kept as JSON.

Facts are seen, findings are judged. Facts of one version never change under one reader version; whoever judges them by the rules
of an indicator (the floor above) reads them from here and needs no file.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Self

TextSource = Literal["asli", "ocr", "tanpa-teks"]


class Severity(StrEnum):
    """``blocks``: cannot prove anything as it is. ``warns``: a person must look. ``informs``: good to know."""

    BLOCKS = "blocks"
    WARNS = "warns"
    INFORMS = "informs"


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page. ``number`` counts from 1; ``source`` says whether the text was in the file or came by OCR."""

    number: int
    text: str
    source: TextSource = "asli"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A value a machine took from a page: offered to a person, never saved by itself.

    ``value`` is as an officer would type it (a date as ``2025-03-01``), ``passage`` the words it was taken from, ``confidence``
    between 0 and 1.
    """

    value: str
    page: int
    passage: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Fields:
    """What an officer would copy from the document. ``None``: not found, which is not the same as not there.

    ``instrument`` is a value of ``evidence.Document.Instrument``.
    """

    instrument: Recognised | None = None
    number: Recognised | None = None
    dated: Recognised | None = None
    subject: Recognised | None = None
    signer: Recognised | None = None
    issuer: Recognised | None = None

    @property
    def day(self) -> date | None:
        """The date of the document."""
        return date.fromisoformat(self.dated.value) if self.dated else None

    def found(self) -> dict[str, Recognised]:
        """Only what was found, by the name of the field."""
        pairs = ((one.name, getattr(self, one.name)) for one in fields(self))
        return {name: value for name, value in pairs if value is not None}


Trust = Literal["trusted", "unknown-root", "expired", "revoked", "broken"]


@dataclass(frozen=True, slots=True)
class Signature:
    """One electronic signature (PAdES) in a PDF.

    ``signer`` and ``organisation`` are those of the certificate, ``at`` the moment as the signature states it (ISO 8601, empty
    if it states none). ``intact``: the bytes it covers are those that were signed. ``covers_whole_file``: nothing stands after
    them. ``changed_after``: what was added afterwards changes the document beyond what signing allows. ``trust`` of its chain.
    """

    signer: str
    organisation: str
    at: str
    intact: bool
    covers_whole_file: bool
    changed_after: bool
    trust: Trust


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code on a page: what it says, and the host if that is an address (empty if it is not)."""

    page: int
    content: str
    host: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words somebody marked on a page: with a highlighter, or by an annotation over them."""

    page: int
    passage: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Words legible on the screen of a video, and the second at which they were seen."""

    second: int
    text: str


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """A video: length in seconds, size in pixels, whether it has sound, and whether its beginning and end could be decoded.

    ``shown``: what was legible on its screen; what is only spoken is in none of them."""

    seconds: float
    width: int
    height: int
    has_sound: bool
    playable: bool
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """An address. ``reachable`` is ``None`` if it was not visited (no network allowed)."""

    host: str
    is_well_formed: bool
    is_private_drive: bool
    reachable: bool | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was seen in one version. Page numbers count from 1.

    ``kind`` is that of ``evidence.Version.kind``. ``text_source`` speaks for the whole file: ``ocr`` as soon as one page needed
    it, ``tanpa-teks`` if no page gave text. ``fault`` is empty, or says why reading stopped (``hang``, ``crash``, ``gone``,
    ``memory``); what had been seen until then is still here. ``marks`` is ``None`` where not every page was looked at for them.
    """

    kind: str
    pages: tuple[Page, ...] = ()
    text_source: TextSource = "tanpa-teks"
    ocr_available: bool = False
    blank_pages: tuple[int, ...] = ()
    low_resolution_pages: tuple[int, ...] = ()
    rotated_pages: tuple[int, ...] = ()
    unread_pages: tuple[int, ...] = ()
    fields: Fields = Fields()
    signatures: tuple[Signature, ...] = ()
    qr_codes: tuple[QrCode, ...] = ()
    marks: tuple[Mark, ...] | None = None
    video: VideoFacts | None = None
    link: LinkFacts | None = None
    fault: str = ""

    @property
    def text(self) -> str:
        """The text of all pages; a form feed stands between two."""
        return "\f".join(page.text for page in self.pages)

    def to_json(self) -> dict[str, Any]:
        """Plain values, ready for a JSON column."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The facts that ``to_json`` wrote. Names this version does not know are left out."""
        own = _known(cls, data)
        for name, part in (("pages", Page), ("signatures", Signature), ("qr_codes", QrCode)):
            own[name] = tuple(part(**_known(part, one)) for one in own.get(name, ()))
        for name in ("blank_pages", "low_resolution_pages", "rotated_pages", "unread_pages"):
            own[name] = tuple(own.get(name, ()))
        if own.get("marks") is not None:
            own["marks"] = tuple(Mark(**_known(Mark, one)) for one in own["marks"])
        found = _known(Fields, own.get("fields") or {})
        own["fields"] = Fields(**{name: Recognised(**value) for name, value in found.items() if value})
        own["video"] = _video(own["video"]) if own.get("video") else None
        own["link"] = LinkFacts(**_known(LinkFacts, own["link"])) if own.get("link") else None
        return cls(**own)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth saying about a document, in Indonesian.

    ``code`` names the check, ``title`` what is the matter, ``rule`` where that is demanded, ``page`` (0: the file as a whole) and
    ``passage`` where in the file, ``remedy`` what to do in one sentence.
    """

    code: str
    severity: Severity
    title: str
    rule: str
    remedy: str
    page: int = 0
    passage: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        own = _known(cls, data)
        return cls(**{**own, "severity": Severity(own["severity"])})


def _video(data: dict[str, Any]) -> VideoFacts:
    known = _known(VideoFacts, data)
    return VideoFacts(**known | {"shown": tuple(Shown(**_known(Shown, one)) for one in known.get("shown", ()))})


def _known(kind: Any, data: dict[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: value for name, value in data.items() if name in names}
