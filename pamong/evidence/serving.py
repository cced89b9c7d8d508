"""Handing a kept file to a browser so that it is shown, sought through, or saved, but never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags

from pamong.evidence import storage
from pamong.evidence.models import Version

PIECE = 256 * 1024
DIRECT_SECONDS = 60
SHOWN = {"pdf", "image", "video"}

# A file is a document of its own: it may load nothing. Only our own pages may frame it. Anything but a PDF is also put in a
# sandbox (no script, no form, a foreign origin); a browser's PDF viewer does not work inside one.
_FRAMED = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
POLICY_PDF = f"default-src 'none'; object-src 'self'; {_FRAMED}"
POLICY = f"default-src 'none'; img-src 'self'; media-src 'self'; sandbox; {_FRAMED}"


def respond(request: HttpRequest, version: Version, *, save: bool = False) -> HttpResponseBase:
    """The file of ``version``: whole, a range of it (206), nothing new (304), or no such range (416).

    Whoever calls this has asked whether the person may read it. ``save`` makes the browser save instead of show.
    Raises ``FileNotFoundError`` if the bytes are gone.
    """
    tag = f'"{version.sha256}"'
    if tag in parse_etags(request.headers.get("If-None-Match", "")):
        return _dressed(HttpResponseNotModified(), version, tag, save=save)
    span = _span(request, version.size, tag)
    if span is None:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{version.size}"
        return _dressed(refused, version, tag, save=True)
    return _dressed(_body(request, version, *span), version, tag, save=save)


def direct(version: Version) -> str:
    """Where the object storage itself hands over ``version`` to be saved, for a minute; empty where that is not wanted.

    Only for saving: what is shown needs our own headers around it.
    """
    saved = content_disposition_header(True, version.original_name) or "attachment"
    headers = {"ResponseContentDisposition": saved, "ResponseContentType": version.media_type}
    return storage.direct_address(version.sha256, seconds=DIRECT_SECONDS, headers=headers)


def _body(request: HttpRequest, version: Version, first: int, last: int) -> HttpResponseBase:
    whole = (first, last) == (0, version.size - 1)
    status = 200 if whole else 206
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse(status=status)
    else:
        response = StreamingHttpResponse(_Part(storage.fetch(version.sha256, first), first, last), status=status)
    response["Content-Length"] = str(last - first + 1)
    if not whole:
        response["Content-Range"] = f"bytes {first}-{last}/{version.size}"
    return response


def _dressed(response: HttpResponseBase, version: Version, tag: str, *, save: bool) -> HttpResponseBase:
    """The headers without which a file must never leave."""
    response["Content-Type"] = version.media_type
    disposition = content_disposition_header(save or version.kind not in SHOWN, version.original_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["ETag"] = tag
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = POLICY_PDF if version.kind == "pdf" else POLICY
    return response


def _span(request: HttpRequest, size: int, tag: str) -> tuple[int, int] | None:
    """The first and last byte wanted (RFC 9110 §14); ``None`` if there is no such part. Several ranges at once get the whole."""
    everything = (0, size - 1)
    wanted = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", request.headers.get("Range", "").replace(" ", ""))
    if wanted is None or wanted[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return everything
    if not wanted[1]:
        length = min(int(wanted[2]), size)
        return (size - length, size - 1) if length else None
    first, last = int(wanted[1]), min(int(wanted[2] or size - 1), size - 1)
    if wanted[2] and int(wanted[2]) < first:
        return everything
    return (first, last) if first < size else None


class _Part:
    """A part of a file opened at its ``first`` byte, piece by piece. Closed with the response, even if nobody read a single piece."""

    def __init__(self, file: BinaryIO, first: int, last: int) -> None:
        self.file, self.left = file, last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece = self.file.read(min(PIECE, self.left))
        self.left -= len(piece)
        if not piece:
            raise StopIteration
        return piece

    def close(self) -> None:
        self.file.close()
