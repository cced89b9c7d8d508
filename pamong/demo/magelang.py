"""Kota Magelang: a year under way, with an entry in every state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django_scopes import scope

from pamong.accounts.models import User
from pamong.accounts.roles import Role
from pamong.agencies.actions import regions, stewards, structure
from pamong.agencies.models import Agency, Region
from pamong.assessments.actions import entering, sentences, submitting, verifying, year
from pamong.assessments.models import Assessment, Entry
from pamong.demo import inbox, proofs, ranks, stage, yearbefore
from pamong.demo.cast import Account, Cast
from pamong.innovations import actions as innovations
from pamong.innovations.models import Innovation
from pamong.planning.actions import agreeing, plans
from pamong.planning.asks import Share, Wish
from pamong.planning.models import Task
from pamong.planning.queries import people
from pamong.scoring.actions.refreshing import refresh
from pamong.scoring.models import PastFigure

YEAR, EDITION = 2026, "iid-2026"
OPENED = 60  # days ago
REASONS = (
    "Dokumen tidak terbaca jelas.",
    "Nama inovasi tidak tercantum dalam dokumen.",
    "Tahun dokumen di luar yang diminta.",
)
Facts = Mapping[str, Any]


class Magelang:
    """The story, told in order: region, people, year, innovations, entries."""

    def __init__(self, facts: Facts, region: Region, admin: User, cast: Cast) -> None:
        self.facts, self.region, self.admin, self.cast = facts, region, admin, cast
        self.agencies: dict[str, Agency] = {}
        self.innovations: dict[str, Innovation] = {}
        self.later: list[tuple[int, Callable[[], Any]]] = []  # what happens once the claims stand: so many days ago
        self.tasks: list[Task] = []

    def tell(self) -> list[Account]:
        with scope(region=self.region):
            with stage.days_ago(OPENED + 10):
                self.build_agencies()
                self.seat_people()
                PastFigure.objects.bulk_create(PastFigure(region=self.region, **row) for row in self.facts["past"])
                self.word_reasons()
                yearbefore.tell(self)
            with stage.days_ago(OPENED):
                assessment = self.open_year()
            for at, facts in enumerate(self.facts["innovation"]):
                with stage.days_ago(OPENED - 1):
                    self.play(facts, assessment, OPENED - 10 - at * 2)
            self.later.append((12, lambda: self.own_indicators(assessment)))
            self.plan(assessment)
            for ago, act in sorted(self.later, key=lambda each: -each[0]):
                with stage.days_ago(ago):
                    act()
            refresh(assessment)
            ranks.tell(self.region, self.admin)
            inbox.fill(self)
        return self.cast.accounts

    def plan(self, assessment: Assessment) -> None:
        """A plan agreed on while proofs came in; its first tasks done since, those of one agency late."""

        def agree() -> None:
            until = assessment.internal_deadline
            wish = Wish("Rencana triwulan ini", "most", until, otherwise=Decimal(8))
            plan = plans.solve(plans.ask(assessment, wish, by=self.admin))
            houses = people.houses_of(plan)
            named = people.proposed(self.region, houses, people.able_in(self.region, houses))
            shares = {each.slug: Share(named.get(each.slug), until - timedelta(at)) for at, each in enumerate(houses)}
            shares[houses[-1].slug] = Share(named.get(houses[-1].slug), timezone.localdate() + timedelta(6))
            self.tasks = list(agreeing.agree(plan, shares, by=self.admin).tasks.order_by("pk"))

        def finish(at: int) -> None:
            agreeing.finish(self.tasks[at], by=self.admin, spent=Decimal(at + 1), note="Bukti sudah disiapkan.")

        self.later += [(11, agree), (8, lambda: finish(0)), (5, lambda: finish(1)), (2, lambda: finish(2))]

    def build_agencies(self) -> None:
        for row in self.facts["agency"]:
            parent = self.agencies.get(row.get("parent", ""))
            made = structure.add(
                self.region, by=self.admin, name=row.get("old_name", row["name"]), short_name=row.get("short_name", ""),
                kind=row.get("kind", "opd"), parent=parent,
            )  # fmt: skip
            if "old_name" in row:
                basis = "Perubahan susunan perangkat daerah"
                made = structure.rename(
                    made,
                    by=self.admin,
                    name=row["name"],
                    short_name=row["short_name"],
                    on=row["renamed_on"],
                    basis=basis,
                )
            self.agencies[row["slug"]] = made

    def seat_people(self) -> None:
        region, cast = self.region, self.cast
        self.head = cast.person("walikota", Role.REGION_HEAD, "Wali Kota", region=region)
        self.verifier = cast.person(
            "verifikator", Role.VERIFIER, "Perencana ahli muda", self.agencies["bapperida"], region
        )
        self.second = cast.person("verifikator2", Role.VERIFIER, "Analis kebijakan", self.agencies["setda"], region)
        cast.person("mutu", Role.QUALITY_CONTROLLER, "Dosen", region=region)
        for local, role, position in (
            ("juri", Role.JUROR, "Praktisi"), ("konsultan", Role.CONSULTANT, "Konsultan klinik inovasi"),
            ("penilai", Role.ASSESSOR, "Penilai lapangan"), ("warga", Role.CITIZEN, "Warga"),
        ):  # fmt: skip
            cast.person(local, role, position, region=region)
        for agency in self.agencies.values():
            if agency.kind not in ("kelurahan", "kecamatan"):
                stewards.appoint(agency, by=self.admin, person=cast.operator(agency), starts_on=date(2025, 1, 2))
        regions.set_rules(
            region,
            by=self.admin,
            endorsement_required=True,
            verification_days=14,
            notice=self.facts["region"]["notice"],
        )
        regions.set_targets(
            region,
            YEAR,
            by=self.admin,
            targets={
                kind: (1, "SE one innovation one agency")
                for kind in ("opd", "bumd", "rsud", "puskesmas", "kecamatan", "kelurahan")
            },
        )

    def word_reasons(self) -> None:
        """The sentences verifiers of this city choose from."""
        for text in REASONS:
            sentences.add_sentence(self.region, text, by=self.admin)

    def open_year(self) -> Assessment:
        """Opened so long ago that the year is under way whenever the demonstration is loaded."""
        today = timezone.localdate()
        made = year.prepare(
            region=self.region, by=self.admin, year=YEAR, edition_code=EDITION, opens_on=today,
            internal_deadline=today + timedelta(OPENED + 21), closes_on=today + timedelta(OPENED + 35),
        )  # fmt: skip
        return year.open_year(made, by=self.admin)

    def known(self, facts: Facts, assessment: Assessment) -> Innovation:
        """The innovation, recorded when first told of, its profile filled as the year's rules ask."""
        agency = self.agencies[facts["agency"]]
        operator = self.cast.operator(agency)
        recorded = self.innovations.get(facts["name"]) or stage.record(facts, agency, operator)
        self.innovations[facts["name"]] = stage.fill(recorded, facts, assessment, operator)
        return self.innovations[facts["name"]]

    def play(self, facts: Facts, assessment: Assessment, sent: int) -> None:
        """Record, claim and prove now; submit ``sent`` days ago, and have it endorsed and verified in the days after."""
        agency = self.agencies[facts["agency"]]
        operator = self.cast.operator(agency)
        if facts["state"] == "none":
            return self.leave(stage.record(facts, agency, operator), facts, operator)
        innovation = self.known(facts, assessment)
        entry = entering.enter(assessment, innovation, by=operator)
        levels = self.levels(facts["strength"], innovation.name, assessment)
        if named := facts.get("decree_names", ""):
            levels["16"] = 3  # claimed as a Perda; the machine finds an SK under another name
        stage.claim(entry, levels, operator)
        days = facts.get("decree_ends_in")
        ends_on = timezone.localdate() + timedelta(days) if days else None
        kits = proofs.KITS[:3] if facts["state"] == "draft" else proofs.KITS
        stage.prove(entry, levels, operator, kits=kits, named=named, ends_on=ends_on)
        if facts["state"] != "draft":
            self.move(entry, facts["state"], operator, self.cast.head(agency), sent)

    def leave(self, innovation: Innovation, facts: Facts, by: User) -> None:
        """On record but not in the year: asleep, stopped, or still being filled."""
        today = timezone.localdate()
        if facts.get("stage") == "dormant":
            innovations.take_step(
                innovation, "fall_dormant", by=by, on=date(2023, 1, 2), note="Kebutuhan berkurang setelah pandemi."
            )
        elif facts.get("stage") == "stopped":
            note = "Digantikan sistem nasional. Pelajaran: sejak awal periksa apakah pusat menyiapkan sistem yang sama."
            innovations.take_step(innovation, "stop", by=by, on=date(2024, 1, 2), note=note)
        elif facts.get("stage") == "trial":
            self.try_out(innovation, by, today)

    def try_out(self, innovation: Innovation, by: User, today: date) -> None:
        """From idea to trial as PP 38/2017 wants it, each step by whose it is."""
        innovations.take_step(
            innovation, "propose", by=by, on=today - timedelta(120), note="Sudah dicoba di satu poli."
        )
        minutes = proofs.minutes(innovation, self.admin, on=today - timedelta(95))
        innovations.take_step(
            innovation, "find_feasible", by=self.admin, on=today - timedelta(95), document=minutes,
            team="Universitas, dua praktisi, dan Bapperida", note="Layak; ukur lama tunggu sebelum dan sesudah.",
        )  # fmt: skip
        innovations.take_step(
            innovation, "adopt", by=self.head, on=today - timedelta(80), decree="100.3.3.3/112/2026",
            note="Pelaksana: Puskesmas Magelang Utara.",
        )  # fmt: skip
        note = "Di satu puskesmas selama enam bulan; berhasil bila rata-rata tunggu di bawah 30 menit."
        innovations.take_step(innovation, "start_trial", by=by, on=today - timedelta(60), note=note)

    def levels(self, strength: int, name: str, assessment: Assessment) -> dict[str, int]:
        """Levels around ``strength``, the same at every load."""
        codes = assessment.edition.innovation_codes
        wobble = {code: (len(name) * 3 + int(code) * 5) % 4 == 0 for code in codes}
        return {
            code: max(1, strength - wobble[code])
            if code in assessment.edition.mandatory_codes
            else strength - wobble[code]
            for code in codes
        }

    def move(self, entry: Entry, state: str, operator: User, head: User, sent: int) -> None:
        sent = {"submitted": max(sent // 2, 3), "awaiting": 2}.get(state, sent)
        self.later.append((sent, lambda: submitting.submit(entry, by=operator)))
        if state == "awaiting":
            return
        self.later.append((sent - 1, lambda: submitting.endorse(entry, by=head)))
        by = self.second if len(str(entry)) % 2 else self.verifier
        if entry.agency_id == self.agencies["bapperida"].pk:
            by = self.second
        if state != "submitted":
            self.later.append((max(sent - 7, 3), lambda: self.verify(entry, state, by)))

    def verify(self, entry: Entry, state: str, by: User) -> None:
        reason = REASONS[len(str(entry)) % len(REASONS)]
        if state == "verifying":
            stage.judge(entry, {"25": 1}, by, most=9)
        elif state == "returned":
            stage.judge(entry, {}, by, most=6)
            verifying.return_for_repair(
                entry,
                by=by,
                reasons={"16": "SK belum memuat nama inovasi.", "33": "Daftar penerima manfaat belum bertanda tangan."},
            )
        elif state == "accepted":
            stage.judge(entry, {"20": 1, "31": 1}, by, reason=reason)
            verifying.accept(entry, by=by)
        elif state == "rejected":
            stage.judge(entry, {code: 0 for code in ("16", "17", "32", "33", "35")}, by, reason=reason)
            verifying.reject(entry, by=by, reason="Bukti indikator wajib tidak memadai.")

    def own_indicators(self, assessment: Assessment) -> None:
        entry = Entry.objects.get(assessment=assessment, kind=Entry.Kind.INSTITUTION)
        stage.claim_own(entry, self.admin)
        submitting.submit(entry, by=self.admin)
        stage.judge(entry, {"12": 1}, self.verifier)
