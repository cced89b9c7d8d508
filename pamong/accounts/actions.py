"""What a person may change about themself."""

from __future__ import annotations

from django.db import transaction

from pamong.accounts.models import User
from pamong.audit.actions import record

FIELDS = {"name": "nama", "position": "jabatan", "phone": "telepon"}


@transaction.atomic
def introduce(person: User, *, by: User, name: str, position: str, phone: str) -> User:
    """Change how ``person`` is called and reached. Nothing is recorded when nothing changed."""
    person = User.objects.select_for_update().get(pk=person.pk)
    wanted = {"name": name, "position": position, "phone": phone}
    changed = [field for field, value in wanted.items() if getattr(person, field) != value]
    if not changed:
        return person
    for field in changed:
        setattr(person, field, wanted[field])
    person.save(update_fields=changed)
    record(
        "person.introduced",
        by=by,
        on=person,
        says="memperbarui profilnya: " + ", ".join(FIELDS[field] for field in changed),
        fields=changed,
    )
    return person
