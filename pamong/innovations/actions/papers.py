"""A document that comes with an act: read first, added inside the act's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pamong.accounts.models import User
from pamong.evidence import actions as evidence
from pamong.evidence.actions.arriving import file_as
from pamong.evidence.models import Document
from pamong.innovations import policies, queries
from pamong.innovations.models import Innovation

_ABOUT_FILE = ("allowed", "max_bytes")


def ready(paper: Mapping[str, Any] | None, *, by: User, innovation: Innovation) -> dict[str, Any] | None:
    """``paper`` (arguments of ``evidence.add_document``) with its file inspected. Raises ``Refused``."""
    if paper is None:
        return None
    policies.can_bring(by, innovation).require()
    rest = {name: value for name, value in paper.items() if name not in (*_ABOUT_FILE, "file")}
    if paper.get("file") is None:
        return {**rest, "file": None}
    limits = {name: paper[name] for name in _ABOUT_FILE if name in paper}
    return {**rest, "file": evidence.receive(paper["file"], by=by, region=innovation.region, **limits)}


def added(paper: Mapping[str, Any], *, by: User, innovation: Innovation) -> Document:
    """The document, added to the innovation's agency; the region's own if it has this very file already."""
    try:
        library = queries.library_of(innovation)
        return evidence.add_document(region=innovation.region, agency=library, by=by, **paper)
    except evidence.AlreadyHere as here:
        file_as(here.document, paper["file"].sha256, by=by)
        return here.document
