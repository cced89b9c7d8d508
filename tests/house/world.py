"""What the addresses of the door table point at: one thing of each kind, all belonging to Kota Contoh's *Dinas Contoh*.

To let an address name a new kind of thing, add a method to ``World``; rows name it under ``with``.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django_scopes import scope

from pamong.accounts.roles import Role
from pamong.agencies.actions.inviting import invite
from pamong.agencies.models import Invitation, Region
from pamong.assessments.actions import claiming
from pamong.assessments.models import CannedReason, Entry
from pamong.assessments.states import State
from pamong.evidence.models import Document
from pamong.innovations.actions.importing import bring
from pamong.innovations.models import Attachment
from pamong.notifications.models import Message
from tests import build

# Everybody who knocks. ``neighbour`` is the operator of another agency, ``stranger`` the administrator of another
# region, ``nobody`` signed in without any role, ``anonymous`` not signed in.
PERSONAS = ("anonymous", "nobody", "stranger", "neighbour", *(role.name.lower() for role in Role))


class World:
    """Made through the product's own actions, each thing when first asked for."""

    def __init__(self) -> None:
        self.home = build.region()
        with scope(region=self.home):
            self.people = build.People(self.home, build.agency(self.home))
        self.nobody = build.person("Nirmala Tanpa Peran")

    def person(self, persona: str) -> Any:
        return self.nobody if persona == "nobody" else getattr(self.people, persona)

    def argument(self, word: str) -> Any:
        """What ``word`` of a row's ``with`` stands for; ``=2026`` is 2026 itself."""
        if word.startswith("="):
            return word[1:]
        with scope(region=self.home):
            return getattr(self, word)

    @property
    def region(self) -> str:
        return self.home.slug

    @property
    def agency(self) -> str:
        return self.people.agency.slug

    @cached_property
    def _entry(self) -> Entry:
        from tests.assessments.build import entry

        return entry(self.people)

    @cached_property
    def _submitted(self) -> Entry:
        from tests.assessments.build import entry

        return entry(self.people, State.SUBMITTED)

    @property
    def year(self) -> int:
        return self._entry.assessment.year

    @property
    def innovation(self) -> str:
        return self._entry.innovation.code

    @property
    def entry(self) -> str:
        """Still a draft."""
        return self._entry.code

    @property
    def submitted(self) -> str:
        """Handed over to the verifiers."""
        return self._submitted.code

    @cached_property
    def _document(self) -> Document:
        from tests.evidence.build import document

        return document(self.home, self.people.agency, self.people.operator)

    @property
    def document(self) -> str:
        """A real file; it proves the draft's indicator 17."""
        assert self.proof
        return self._document.code

    @cached_property
    def proof(self) -> int:
        claiming.attach(self._entry, "17", self._document, by=self.people.operator)
        return self._document.proofs.get().pk

    @cached_property
    def attachment(self) -> int:
        home, entry, slot = self.home, self._entry, Attachment.Slot.PHOTO
        document = self._document
        return Attachment.objects.create(region=home, innovation=entry.innovation, slot=slot, document=document).pk

    @cached_property
    def brought(self) -> str:
        """A table the operator has uploaded for import."""
        content = b"Nama Inovasi,Instansi\nInovasi dari tabel,Dinas Contoh\n"
        return bring(region=self.home, by=self.people.operator, content=content, name="a.csv").code

    @cached_property
    def sentence(self) -> int:
        return CannedReason.objects.create(region=self.home, text="Dokumen tidak terbaca.").pk

    @property
    def operator(self) -> int:
        return self.people.operator.pk

    @property
    def seat(self) -> int:
        return self.people.operator.memberships.get().pk

    @cached_property
    def steward(self) -> int:
        from pamong.agencies.actions.stewards import appoint

        by, on = self.people.region_admin, build.LONG_AGO
        return appoint(self.people.agency, by=by, person=self.people.operator, starts_on=on).pk

    @cached_property
    def _invitation(self) -> Invitation:
        by = self.people.region_admin
        return invite(by=by, email="baru@contoh.test", name="Baru", role=Role.VERIFIER, region=self.home)

    @property
    def invitation(self) -> int:
        return self._invitation.pk

    @property
    def token(self) -> str:
        return self._invitation.token

    @cached_property
    def site_invitation(self) -> int:
        by = self.people.site_admin
        return invite(by=by, email="kedua@contoh.test", name="Kedua", role=Role.SITE_ADMIN).pk

    @cached_property
    def message(self) -> int:
        """One that could not be sent."""
        return _failed_message(self.home)

    @cached_property
    def site_message(self) -> int:
        return _failed_message(None)


def _failed_message(region: Region | None) -> int:
    return Message.objects.create(region=region, to="a@contoh.test", subject="Halo", body="Halo", state="failed").pk
