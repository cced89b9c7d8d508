"""What a person typed and has not saved. Private, so without a trace; kept, so that nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.db import transaction

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.common.permit import Refused
from pamong.innovations import policies
from pamong.innovations.models import Draft, Innovation

MOST_CHARACTERS = 400_000


@transaction.atomic
def save_draft(
    *,
    region: Region,
    by: User,
    data: Mapping[str, str | list[str]],
    innovation: Innovation | None = None,
    base_version: int = 0,
) -> Draft:
    """Keep ``data`` as typed, in place of what was kept before. Raises ``Refused`` if ``by`` may not write there."""
    if innovation is None:
        policies.can_import(by, region).require()
    else:
        policies.can_edit(by, innovation).require()
    if len(json.dumps(data)) > MOST_CHARACTERS:
        raise Refused("Ketikan terlalu panjang untuk disimpan otomatis. Simpan dengan tombol Simpan.")
    draft, _made = Draft.objects.update_or_create(
        person=by,
        region=region,
        innovation=innovation,
        defaults={"data": dict(data), "base_version": max(0, min(base_version, 2_000_000_000))},
    )
    return draft


@transaction.atomic
def discard_draft(*, region: Region, by: User, innovation: Innovation | None = None) -> None:
    """Throw away what ``by`` typed and did not save; nothing happens if there is nothing."""
    Draft.objects.filter(person=by, region=region, innovation=innovation).delete()
