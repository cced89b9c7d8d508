"""Writing in the profile. Two people writing at once lose nothing and are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from pamong.accounts.models import User
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.innovations import checks, merge, policies, queries
from pamong.innovations.actions.locking import NameTaken, locked, named, store, tidy_name, tidy_text
from pamong.innovations.labels import unit_label
from pamong.innovations.models import Draft, Innovation


class Clashed(Overtaken):
    """Both changed the same text. ``clashes`` hold both; ``version`` is theirs, to start from when sending again."""

    def __init__(self, innovation: Innovation, merged: merge.Merged) -> None:
        self.innovation, self.version = innovation, innovation.version
        self.clashes, self.taken = merged.clashes, merged.taken
        units = ", ".join(unit_label(clash.unit) for clash in merged.clashes)
        super().__init__(
            f"Sementara Anda menulis, isian ini juga diubah: {units}. Ketikan Anda masih ada; "
            "pilih untuk setiap isian, lalu simpan lagi."
        )


@transaction.atomic
def edit(innovation: Innovation, *, by: User, base_version: int, **fields: Any) -> Innovation:
    """Write ``fields`` of the profile, as typed by someone who had ``base_version`` before them.

    Fields only they changed are written over what others saved meanwhile; fields not changed stay. If both changed the
    same field differently nothing is written and ``Clashed`` (an ``Overtaken``) is raised. Sending the same again
    changes nothing. Raises ``Refused`` if ``by`` may not, or what results cannot be.
    """
    innovation = write(innovation, by=by, base_version=base_version, fields=fields)
    Draft.objects.filter(person=by, region=innovation.region, innovation=innovation).delete()
    return innovation


def write(innovation: Innovation, *, by: User, base_version: int, fields: Mapping[str, Any]) -> Innovation:
    """``edit`` for callers that already stand in a transaction; leaves drafts alone."""
    if unknown := set(fields) - set(Innovation.PROFILE):
        raise TypeError(f"not fields of the profile: {', '.join(sorted(unknown))}")
    innovation = locked(innovation)
    policies.can_edit(by, innovation).require()
    base = queries.profile_at(innovation, base_version)
    if base is None:
        raise Overtaken(
            "Halaman ini terlalu lama terbuka. Salin ketikan Anda, muat ulang halaman, lalu tempel kembali."
        )
    merged = merge.merge(base, _tidied(fields), queries.profile_of(innovation))
    if merged.clashes:
        raise Clashed(innovation, merged)
    return _written(innovation, by, merged.changes) if merged.changes else innovation


def _tidied(fields: Mapping[str, Any]) -> dict[str, Any]:
    tidied = {field: tidy_text(value) if isinstance(value, str) else value for field, value in fields.items()}
    return {**tidied, "name": tidy_name(tidied["name"])} if "name" in tidied else tidied


def _written(innovation: Innovation, by: User, changes: dict[str, Any]) -> Innovation:
    old_name = innovation.name
    _require_free(innovation, changes)
    _require_applied(innovation, changes)
    for field, value in changes.items():
        setattr(innovation, field, value)
    if faults := checks.profile_faults(queries.profile_of(innovation)):
        raise Refused(*faults.values())
    innovation.version += 1
    store(innovation, by=by, fields=tuple(changes))
    _traced(innovation, by, changes, old_name)
    return innovation


def _require_free(innovation: Innovation, changes: Mapping[str, Any]) -> None:
    if "name" in changes:
        other = named(innovation.region, changes["name"])
        if other is not None and other.pk != innovation.pk:
            raise NameTaken(changes["name"], other)


def _require_applied(innovation: Innovation, changes: Mapping[str, Any]) -> None:
    """When it was applied is said by the step; afterwards the date may be corrected, not emptied."""
    if "applied_on" not in changes:
        return
    if not checks.is_applied(innovation):
        raise Refused("Waktu penerapan diisi lewat langkah “Terapkan” atau “Catat sudah berjalan”.")
    if changes["applied_on"] is None:
        raise Refused("Waktu penerapan tidak boleh kosong: inovasi ini sudah diterapkan.")


def _traced(innovation: Innovation, by: User, changes: Mapping[str, Any], old_name: str) -> None:
    units = list(dict.fromkeys(merge.unit_of(field) for field in changes))
    if "name" in changes:
        says = f"mengganti nama inovasi {old_name} menjadi {innovation.name}"
        record("innovation.renamed", by=by, on=innovation, says=says, old=old_name, new=innovation.name)
    if others := [unit for unit in units if unit != "name"]:
        says = f"memperbarui profil {innovation}: {', '.join(unit_label(unit) for unit in others)}"
        record("innovation.edited", by=by, on=innovation, says=says, fields=others, version=innovation.version)
