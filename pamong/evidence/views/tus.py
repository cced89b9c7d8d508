"""The door files come through over a weak line: the tus protocol for resumable uploads, 1.0.0 (tus.io/protocols/resumable-upload).

Spoken: core, creation, creation-with-upload, termination, expiration, checksum. Besides, ``GET`` tells in JSON what has become
of a file. Everybody reaches only what they sent themselves; to all others it is not there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from typing import IO, Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import http_date

from pamong.agencies.http import RegionRequest
from pamong.common.permit import Overtaken, Refused
from pamong.evidence import pieces, queries
from pamong.evidence.actions import arriving
from pamong.evidence.models import Arrival
from pamong.evidence.states import Reception
from pamong.evidence.storage import NoRoom

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
ALGORITHMS = ("sha1", "sha256")
OFFSET_STREAM = "application/offset+octet-stream"
LONGEST_NUMBER = 15

View = Callable[..., HttpResponse]


class _Wrong(Exception):
    """A request that does not follow the protocol: the status to answer with, and why."""

    def __init__(self, status: int, why: str) -> None:
        self.status, self.why = status, why


def _speaks_tus(view: View) -> View:
    """Answers whatever goes wrong as the protocol wants it, with our reason as plain text."""

    @wraps(view)
    def answering(request: RegionRequest, **parts: Any) -> HttpResponse:
        try:
            answer = view(request, **parts)
        except _Wrong as wrong:
            answer = _plain(wrong.status, wrong.why)
        except Refused as refused:
            answer = _plain(_status(refused), " ".join(refused.reasons))
        except OSError:  # the line broke while the body was being read; nobody is there to hear the answer
            answer = _plain(400, "Sambungan terputus.")
        answer.headers.setdefault("Tus-Resumable", VERSION)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return answering


def _status(refused: Refused) -> int:
    kinds = {Overtaken: 409, arriving.TooLarge: 413, NoRoom: 507}
    return next((status for kind, status in kinds.items() if isinstance(refused, kind)), 403)


def _plain(status: int, why: str) -> HttpResponse:
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")


def _method(request: RegionRequest) -> str:
    """Some proxies let only GET and POST through; the protocol allows to name the true method in a header."""
    wanted = request.headers.get("X-HTTP-Method-Override", "").upper()
    method = wanted if request.method == "POST" and wanted else str(request.method)
    if method not in ("OPTIONS", "GET") and request.headers.get("Tus-Resumable") != VERSION:
        wrong = _Wrong(412, f"Tus-Resumable: {VERSION}")
        raise wrong
    return method


@_speaks_tus
def send(request: RegionRequest) -> HttpResponse:
    """Begin a file: ``OPTIONS`` says what is spoken here, ``POST`` makes an address to send the file to."""
    method = _method(request)
    if method == "OPTIONS":
        return _abilities()
    if method != "POST":
        raise _Wrong(405, "POST")
    length = _number(request, "Upload-Length")
    checked = _checked(request)
    arrival = arriving.begin(region=request.region, by=request.user, name=_file_name(request), length=length)
    answer = HttpResponse(status=201)
    answer["Location"] = reverse("documents:sent", args=[request.region.slug, arrival.code])
    if request.content_type == OFFSET_STREAM:
        with checked as source:
            arriving.receive_pieces(arrival, by=request.user, offset=0, source=source)
        arrival.refresh_from_db()
    return _where(answer, arrival)


def _abilities() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer["Tus-Version"], answer["Tus-Extension"] = VERSION, EXTENSIONS
    answer["Tus-Max-Size"] = str(settings.ARCHIVE_MAX_BYTES)
    answer["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return answer


@_speaks_tus
def sent(request: RegionRequest, code: str) -> HttpResponse:
    """One file under way: how far it is, more of it, or away with it."""
    arrival = get_object_or_404(queries.arrivals_of(request.user, request.region), code=code)
    method = _method(request)
    if method == "PATCH":
        return _more(request, arrival)
    if method == "DELETE":
        arriving.discard(arrival, by=request.user)
        return HttpResponse(status=204)
    if method == "HEAD":
        answer = _where(HttpResponse(status=200), arrival)
        answer["Upload-Length"] = str(arrival.length)
        return answer
    if method == "GET":
        return JsonResponse({"state": arrival.state, "name": arrival.name, "reason": arrival.reason, "percent": arrival.percent})  # fmt: skip
    raise _Wrong(405, "HEAD, PATCH, DELETE")


def _more(request: RegionRequest, arrival: Arrival) -> HttpResponse:
    if request.content_type != OFFSET_STREAM:
        raise _Wrong(415, OFFSET_STREAM)
    offset = _number(request, "Upload-Offset")
    if offset != arrival.offset:
        raise Overtaken(arriving.ELSEWHERE)
    with _checked(request) as source:
        arriving.receive_pieces(arrival, by=request.user, offset=offset, source=source)
    arrival.refresh_from_db()
    return _where(HttpResponse(status=204), arrival)


def _where(answer: HttpResponse, arrival: Arrival) -> HttpResponse:
    answer["Upload-Offset"] = str(arrival.offset)
    if arrival.state == Reception.RECEIVING:
        until = arrival.touched_at + timedelta(days=settings.UNFINISHED_DAYS)
        answer["Upload-Expires"] = http_date(until.timestamp())
    return answer


def _number(request: RegionRequest, name: str) -> int:
    value = request.headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER):
        raise _Wrong(400, f"{name}: a whole number of bytes is needed.")
    return int(value)


def _file_name(request: RegionRequest) -> str:
    """From ``Upload-Metadata``: pairs of a key and a value in base64, separated by commas."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key in ("filename", "name"):
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                raise _Wrong(400, "Upload-Metadata: filename is not base64 of UTF-8.") from None
    return ""


# -- the body ---------------------------------------------------------------------------------------------------------


class _checked:
    """The body in sips. With ``Upload-Checksum`` it is read to its end first, and refused as a whole if it came damaged."""

    def __init__(self, request: RegionRequest) -> None:
        self.request = request
        self.held: IO[bytes] | None = None
        self.algorithm, _, wanted = request.headers.get("Upload-Checksum", "").partition(" ")
        if self.algorithm and self.algorithm not in ALGORITHMS:
            raise _Wrong(400, "Upload-Checksum: " + ",".join(ALGORITHMS))
        try:
            self.wanted = base64.b64decode(wanted, validate=True)
        except binascii.Error:
            raise _Wrong(400, "Upload-Checksum: not base64.") from None

    def __enter__(self) -> Iterator[bytes]:
        if not self.algorithm:
            return _sips(self.request)
        self.held = tempfile.TemporaryFile()
        digest = hashlib.new(self.algorithm, usedforsecurity=False)
        for sip in _sips(self.request):
            digest.update(sip)
            self.held.write(sip)
        if not hmac.compare_digest(digest.digest(), self.wanted):
            self.held.close()
            raise _Wrong(460, "Checksum Mismatch")
        self.held.seek(0)
        return _sips(self.held)

    def __exit__(self, *fault: object) -> None:
        if self.held is not None:
            self.held.close()


def _sips(source: RegionRequest | IO[bytes]) -> Iterator[bytes]:
    while sip := source.read(pieces.SIP):
        yield sip
