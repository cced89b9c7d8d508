"""What the addresses of the door table point at: one thing of each kind, all belonging to Kota Contoh's *Dinas Contoh*.

To let an address name a new kind of thing, add a method to ``World``; rows name it under ``with``.
"""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django_scopes import scope

from pamong.accounts.roles import Role
from pamong.agencies.actions.boundaries import bring_boundaries
from pamong.agencies.actions.inviting import invite
from pamong.agencies.actions.regions import set_targets
from pamong.agencies.models import Invitation, Region
from pamong.assessments.actions import claiming
from pamong.assessments.models import Assessment, CannedReason, Entry
from pamong.assessments.states import State
from pamong.evidence import addresses
from pamong.evidence.models import Document
from pamong.innovations.actions.importing import bring
from pamong.innovations.models import Attachment, Innovation
from pamong.innovations.states import Stage
from pamong.notifications.models import Message
from pamong.planning.actions.supposing import share, suppose
from pamong.planning.models import Task
from pamong.planning.supposing import Changes
from pamong.ranking.actions.computing import start
from pamong.ranking.states import Kind
from pamong.scoring.actions.closing import close
from tests import build
from tests.assessments import build as reports
from tests.evidence import build as library
from tests.planning import build as planning
from tests.ranking import build as ranking
from tests.verification import build as verification

# Everybody who knocks. ``neighbour`` is the operator of another agency, ``stranger`` the administrator of another
# region, ``nobody`` signed in without any role, ``anonymous`` not signed in.
PERSONAS = ("anonymous", "nobody", "stranger", "neighbour", *(role.name.lower() for role in Role))

# Part of the name of every innovation and document of Dinas Contoh, and of nothing else.
SECRET = "Wijayakusuma"


class World:
    """Made through the product's own actions, each thing when first asked for."""

    # Words that mean something in another region too; all others have a code or number of their own.
    SHARED = frozenset({"region", "year", "closed", "prepared", "soon"})

    def __init__(self) -> None:
        self.home = build.region()
        with scope(region=self.home):
            self.people = build.People(self.home, build.agency(self.home))
        corners = ((110.1, -7.4), (110.3, -7.4), (110.3, -7.6), (110.1, -7.4))
        bring_boundaries({self.home.code: (corners,)}, by=None)
        self.nobody = build.person("Nirmala Tanpa Peran")

    def person(self, persona: str) -> Any:
        return self.nobody if persona == "nobody" else getattr(self.people, persona)

    def argument(self, word: str) -> Any:
        """What ``word`` of a row's ``with`` or ``sent`` stands for; ``=2026`` is 2026 itself."""
        if word.startswith("="):
            return word[1:]
        with scope(region=self.home):
            return getattr(self, word)

    def furnish(self) -> None:
        """Something in every state, so that every list has something to hide."""
        for word in (
            "awaiting",
            "submitted",
            "judged",
            "accepted",
            "repaired",
            "attachment",
            "brought",
            "closed",
            "results",
            "task",
        ):
            self.argument(word)
        kind, by = self.people.agency.kind, self.people.region_admin
        with scope(region=self.home):
            set_targets(self.home, self.year, by=by, targets={kind: (99, "")})

    @property
    def insiders(self) -> set[str]:
        """Who has a seat in Kota Contoh."""
        return {one for one in PERSONAS if one not in ("anonymous", "nobody", "stranger", "site_admin")}

    @property
    def next_door(self) -> str:
        """The stranger's own region, in which the same year is open."""
        assert self._next_door
        return self.people.other_region.slug

    @cached_property
    def _next_door(self) -> Assessment:
        with scope(region=self.people.other_region):
            return reports.assessment(self.people.other_region, self.people.stranger)

    @property
    def region(self) -> str:
        return self.home.slug

    @property
    def agency(self) -> str:
        return self.people.agency.slug

    @property
    def agency_pk(self) -> int:
        return self.people.agency.pk

    # -- innovations: each named by a word nobody outside Dinas Contoh may ever read ----------------------------------

    def _named(self, what: str) -> str:
        return f"{SECRET} {what}"

    @cached_property
    def _entry(self) -> Entry:
        return reports.entry(self.people, name=self._named("draf"))

    @cached_property
    def _awaiting(self) -> Entry:
        return reports.entry(
            self.people, State.AWAITING, assessment=self._entry.assessment, name=self._named("menunggu")
        )

    @cached_property
    def _submitted(self) -> Entry:
        return reports.entry(self.people, State.SUBMITTED, name=self._named("diajukan"))

    @cached_property
    def _judged(self) -> Entry:
        return verification.judged(self.people, name=self._named("dinilai"))

    @cached_property
    def _accepted(self) -> Entry:
        return verification.accepted(self.people, name=self._named("diterima"))

    @cached_property
    def _repaired(self) -> Entry:
        """Returned, and its indicator 16 claimed anew."""
        entry = verification.returned(self.people, name=self._named("diperbaiki"))
        reports.claim(entry, "16", 2, by=self.people.operator)
        return Entry.objects.get(pk=entry.pk)

    @cached_property
    def _neighbours(self) -> Entry:
        """Dinas Tetangga takes part too."""
        by, assessment = self.people.neighbour, self._entry.assessment
        return reports.claimed(reports.entered(assessment, self.people.other_agency, by, name="Inovasi tetangga"), by)

    @property
    def year(self) -> int:
        return self._entry.assessment.year

    @property
    def innovation(self) -> str:
        return self._entry.innovation.code

    @property
    def feasible(self) -> str:
        """An innovation that waits for the head of region's adoption."""
        return self._feasible.code

    @cached_property
    def _feasible(self) -> Innovation:
        name = self._named("layak")
        return reports.innovation(self.people.agency, self.people.operator, name, stage=Stage.FEASIBLE)

    @property
    def entry(self) -> str:
        """Still a draft."""
        return self._entry.code

    @property
    def entry_claim(self) -> int:
        """What the page of its indicator 16 would show: the version of the claim."""
        return self._entry.claims.get(indicator="16").version

    @property
    def awaiting(self) -> str:
        """Waits for its agency's head."""
        return self._awaiting.code

    @property
    def submitted(self) -> str:
        """Handed over to the verifiers."""
        return self._submitted.code

    @property
    def submitted_claim(self) -> int:
        return self._submitted.claims.get(indicator="16").version

    @property
    def judged(self) -> str:
        """A verdict stands on everything claimed; not decided yet."""
        return self._judged.code

    @property
    def judged_seen(self) -> str:
        """What a verifier's page about it would show."""
        return self._judged.verified

    @property
    def accepted(self) -> str:
        return self._accepted.code

    @property
    def repaired(self) -> str:
        """Returned for repair, repaired, not yet handed over again."""
        return self._repaired.code

    @property
    def institution(self) -> str:
        """The region's own indicators."""
        return self._entry.assessment.entries.get(kind=Entry.Kind.INSTITUTION).code

    @property
    def neighbours(self) -> str:
        """An entry of Dinas Tetangga, a draft."""
        return self._neighbours.code

    @property
    def neighbours_claim(self) -> int:
        return self._neighbours.claims.get(indicator="17").version

    @property
    def neighbours_innovation(self) -> str:
        return self._neighbours.innovation.code

    # -- years other than the running one -------------------------------------------------------------------------------

    @cached_property
    def closed(self) -> int:
        """A year closed and sealed, in which the accepted innovation took part."""
        by = self.people.region_admin
        assessment = reports.assessment(self.home, by, year=2025)
        verification.accepted(self.people, assessment=assessment, name=self._named("lama"))
        return close(assessment, by=by, leaving_undecided=True).year

    @cached_property
    def prepared(self) -> int:
        """A year not open yet."""
        return reports.assessment(self.home, self.people.region_admin, year=2027, open_=False).year

    # -- documents --------------------------------------------------------------------------------------------------------

    @cached_property
    def _document(self) -> Document:
        subject, name = f"Keputusan tentang {SECRET}", f"{SECRET}.pdf"
        return library.document(self.home, self.people.agency, self.people.operator, subject, name=name)

    @property
    def document(self) -> str:
        """A real file; it proves the draft's indicator 17."""
        assert self.proof
        return self._document.code

    @property
    def document_pk(self) -> int:
        return self._document.pk

    @cached_property
    def address(self) -> str:
        """The short-lived address of the document's file, made for the operator in a session long over."""
        person = SimpleNamespace(user=self.people.operator, session=SimpleNamespace(session_key="lain"))
        version = Document.objects.get(code=self.document).versions.get()
        door = f"/{self.region}/dokumen/{self.document}/berkas/1/"
        return addresses.of(person, version, door).rstrip("/").rpartition("/")[2]  # type: ignore[arg-type]

    @cached_property
    def arrival(self) -> str:
        """In the operator's inbox, and in nobody else's."""
        return library.arrival(self.home, self.people.operator, f"{self._named('kiriman')}.pdf").code

    @cached_property
    def decree(self) -> str:
        """A document of the whole region."""
        return library.document(self.home, None, self.people.region_admin, "Peraturan daerah").code

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
        content = f"Nama Inovasi,Instansi\n{self._named('dari tabel')},Dinas Contoh\n".encode()
        return bring(region=self.home, by=self.people.operator, content=content, name="a.csv").code

    @cached_property
    def results(self) -> str:
        """What was published about every region."""
        return str(ranking.results())

    @cached_property
    def run(self) -> str:
        """Something the administrator has had computed about the region's rank."""
        asked = {"series": "iid", "group": "semua", "planned": 50.0, "wished": None, "draws": 1000, "seed": 1}
        return start(self.home, Kind.FORECAST, "Prakiraan", asked, by=self.people.region_admin).code

    @cached_property
    def own_simulation(self) -> str:
        """An index by the administrator's own weights, which nobody else has been shown."""
        return ranking.simulated(self.home, self.people.region_admin).code

    @cached_property
    def shared_simulation(self) -> str:
        return ranking.simulated(self.home, self.people.region_admin, shared=True).code

    @cached_property
    def nation_run(self) -> str:
        """Something the reader of the nation has had computed about all regions."""
        asked = {"year": 2026, "province": "", "lowered": 20.0, "rejected": 10.0, "margin": 2.0, "noise": 10.0, "draws": 1000, "seed": 1}  # fmt: skip
        return start(self.home, Kind.NATION, "Semua", asked, by=self.people.nation_reader).code

    @cached_property
    def sentence(self) -> int:
        return CannedReason.objects.create(region=self.home, text="Dokumen tidak terbaca.").pk

    # -- plans ----------------------------------------------------------------------------------------------------------

    @cached_property
    def asked_plan(self) -> str:
        """Still to be computed."""
        assert self._entry
        return planning.asked(self.people).code

    @cached_property
    def solved_plan(self) -> str:
        assert self._entry
        return planning.solved(self.people).code

    @cached_property
    def _task(self) -> Task:
        """Dinas Contoh's, in a plan agreed on."""
        assert self._entry
        return planning.task(self.people)

    @property
    def task(self) -> int:
        return self._task.pk

    @property
    def agreed_plan(self) -> str:
        return self._task.plan.code

    @cached_property
    def scenario(self) -> str:
        """The administrator's own what-if."""
        return suppose(self._entry.assessment, "Coba", Changes(), by=self.people.region_admin).code

    @cached_property
    def shared_scenario(self) -> str:
        made = suppose(self._entry.assessment, "Bersama", Changes(), by=self.people.region_admin)
        return share(made, by=self.people.region_admin, shared=True).code

    @property
    def soon(self) -> str:
        """A day in two weeks, as a form sends it."""
        return planning.in_days(14).isoformat()

    @property
    def operator(self) -> int:
        return self.people.operator.pk

    @property
    def seat(self) -> int:
        return self.people.operator.memberships.get().pk

    @property
    def readers_seat(self) -> int:
        """A role that only the site gives and takes."""
        return self.people.nation_reader.memberships.get().pk

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

    @cached_property
    def operators_invitation(self) -> int:
        """To the house itself: its head may invite operators, and see whom."""
        by, agency = self.people.agency_head, self.people.agency
        made = invite(by=by, email="op@contoh.test", name="Op", role=Role.OPERATOR, region=self.home, agency=agency)
        return made.pk

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
