"""One writer at a time on one innovation."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.common.permit import Refused
from pamong.innovations.models import Innovation


class NameTaken(Refused):
    """An innovation of this name is recorded already: ``existing`` (show it only to whom it is visible)."""

    def __init__(self, name: str, existing: Innovation | None) -> None:
        self.existing = existing
        super().__init__(
            f"Inovasi bernama “{name}” sudah tercatat di daerah ini. Bila sama, lanjutkan catatan yang sudah ada; "
            "bila berbeda, bedakan namanya, misalnya dengan nama tempat."
        )


def tidy_name(name: str) -> str:
    """The name with single spaces: two names that read the same are the same."""
    return " ".join(name.split())


def tidy_text(text: str) -> str:
    """One kind of line end and nothing around: what a browser sends back untouched equals what is stored."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def named(region: Region, name: str) -> Innovation | None:
    """The innovation of ``region`` called ``name``, whatever the capitals."""
    return Innovation.objects.filter(region=region, name__iexact=name).first()


def locked(innovation: Innovation) -> Innovation:
    """The row as it is now, held until the transaction ends."""
    return Innovation.objects.select_for_update(of=("self",)).select_related("agency", "region").get(pk=innovation.pk)


def store(innovation: Innovation, *, by: User, fields: tuple[str, ...] | None = None) -> None:
    """Save, and keep this version in the history under ``by``. Raises ``NameTaken`` if another took the name meanwhile."""
    written: Any = innovation
    written._history_user = by
    try:
        with transaction.atomic():
            innovation.save(update_fields=None if fields is None else [*fields, "version", "updated_at"])
    except IntegrityError:
        if (other := named(innovation.region, innovation.name)) is not None and other.pk != innovation.pk:
            raise NameTaken(innovation.name, other) from None
        raise
