"""A ZIP in the inbox becomes the files in it, each an arrival of its own that is checked like any other."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from pamong.evidence import pieces
from pamong.evidence.actions.arriving import check_room, have_checked
from pamong.evidence.inspection import apart
from pamong.evidence.inspection.names import plain
from pamong.evidence.models import Arrival, Piece
from pamong.evidence.states import Reception


def unpack(file: BinaryIO, arrival: Arrival) -> None:
    """Put every file of the ZIP into the inbox. Done again after a breakdown, it goes on where it stopped.

    Raises ``Refused`` if the ZIP cannot be taken apart or the inbox has no room for what is in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked = {"size": file.seek(0, os.SEEK_END), "folder": folder, "max_bytes": settings.UPLOAD_MAX_BYTES}
        file.seek(0)
        members = apart.ask("unpack", asked, file)["members"]
        known = set(arrival.members.values_list("member", flat=True))
        fresh = [(number, each) for number, each in enumerate(members) if number not in known]
        check_room(arrival.by, arrival.region, sum(each["size"] for _, each in fresh) - arrival.length, len(fresh))
        for number, each in fresh:
            copy = Path(folder) / each["copy"] if each["copy"] else None
            _bring(arrival, number, plain(each["name"])[:120] or "berkas", copy, each["fault"])


def _bring(arrival: Arrival, number: int, name: str, copy: Path | None, fault: str) -> None:
    stretches: list[tuple[str, int]] = []
    if copy is not None and not fault:
        with copy.open("rb") as file:
            stretches = [
                (pieces.keep(data), len(data)) for data in pieces.cut(iter(lambda: file.read(pieces.SIP), b""))
            ]
    try:
        _write(arrival, number, name, stretches, fault or ("" if stretches else "Berkas ini kosong di dalam ZIP."))
    except BaseException:
        pieces.drop(name for name, _ in stretches)
        raise


@transaction.atomic
def _write(arrival: Arrival, number: int, name: str, stretches: list[tuple[str, int]], fault: str) -> None:
    length = sum(size for _, size in stretches)
    made = Arrival.objects.create(
        region=arrival.region, by=arrival.by, name=name, length=length, offset=length, archive=arrival, member=number,
        state=Reception.REFUSED if fault else Reception.WAITING, reason=fault,
    )  # fmt: skip
    start = 0
    for piece, size in stretches:
        Piece.objects.create(arrival=made, region=arrival.region, start=start, size=size, name=piece)
        start += size
    if not fault:
        have_checked(made)
