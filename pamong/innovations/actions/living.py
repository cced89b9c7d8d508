"""The steps of an innovation's life, after PP 38/2017."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.engine.lifecycle import StepNotAllowed
from pamong.evidence.models import Document
from pamong.innovations import checks, policies, queries
from pamong.innovations.actions import papers
from pamong.innovations.actions.locking import locked, store
from pamong.innovations.actions.telling import tell_of
from pamong.innovations.models import Innovation, LifeEvent
from pamong.innovations.states import LIFECYCLE, STEPS, Stage, StepInfo


def take_step(
    innovation: Innovation,
    step: str,
    *,
    by: User,
    on: date,
    note: str = "",
    document: Document | None = None,
    paper: Mapping[str, Any] | None = None,
    team: str = "",
    decree: str = "",
) -> Innovation:
    """Record that ``step`` happened ``on`` a day, ordered by ``document`` or by ``paper``, a new one to be added with it.

    ``team`` names the ad-hoc team (feasibility), ``decree`` the number of the head's decision (adoption). Raises
    ``Overtaken`` if the innovation has moved on, ``Refused`` with every reason otherwise; then nothing has changed.
    Sending the same step twice records it once.
    """
    if step not in STEPS:
        raise Refused("Langkah ini tidak dikenal.")
    policies.can_ever_take(by, innovation, step).require()
    # The file is read before the transaction begins, so that the row is locked for moments only.
    ready = papers.ready(paper, by=by, innovation=innovation)
    said = _Said(step, on, note.strip(), team.strip(), decree.strip())
    return _take(innovation, said, by, document, ready)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the person says about the step."""

    step: str
    on: date
    note: str
    team: str
    decree: str

    @property
    def info(self) -> StepInfo:
        return STEPS[self.step]

    @property
    def text(self) -> str:
        """Team and decree are part of what is told."""
        head = [f"Tim: {self.team}"] if self.info.team and self.team else []
        head += [f"Keputusan nomor {self.decree}"] if self.info.decree and self.decree else []
        return "\n".join([*head, *([self.note] if self.note else [])])


def record_existing(innovation: Innovation, *, by: User, on: date) -> Innovation:
    """The step for what was running before it was recorded, for callers that already stand in a transaction."""
    return _take(innovation, _Said("record_existing", on, "", "", ""), by, None, None)


@transaction.atomic
def _take(
    innovation: Innovation, said: _Said, by: User, document: Document | None, paper: Mapping[str, Any] | None
) -> Innovation:
    innovation = locked(innovation)
    policies.can_ever_take(by, innovation, said.step).require()
    if _is_repeat(innovation, said, by):
        return innovation
    _require_stage(innovation, said.step)
    policies.can_take(by, innovation, said.step, has_document=bool(document or paper)).require()
    _require_sense(innovation, said)
    _require_own(innovation, document)
    if paper is not None:
        document = papers.added(paper, by=by, innovation=innovation)
    return _taken(innovation, said, by, document)


def _is_repeat(innovation: Innovation, said: _Said, by: User) -> bool:
    """A double click: the last thing that happened is exactly this."""
    last = innovation.life.order_by("-pk").first()
    return last is not None and (last.step, last.by_id, last.on, last.note) == (said.step, by.pk, said.on, said.text)


def _require_stage(innovation: Innovation, step: str) -> None:
    try:
        LIFECYCLE.step(step, state=innovation.stage)
    except StepNotAllowed:
        raise Overtaken(
            f"Langkah “{STEPS[step].button}” tidak dapat dicatat: inovasi ini sekarang pada tahapan "
            f"“{Stage(innovation.stage).label}”. Muat ulang halaman untuk melihat langkah berikutnya."
        ) from None


def _require_sense(innovation: Innovation, said: _Said) -> None:
    info, reasons = said.info, []
    if said.on > timezone.localdate():
        reasons.append(f"{info.date_label} belum terjadi. Catat langkah sesudah terjadi.")
    if (before := last_day(innovation)) is not None and said.on < before:
        day = f"{before.day}/{before.month}/{before.year}"
        reasons.append(f"{info.date_label} tidak boleh lebih awal daripada langkah sebelumnya ({day}).")
    if info.note_required and not said.note:
        reasons.append(f"Isi “{info.note_label}”.")
    if info.team and not said.team:
        reasons.append("Tulis nama anggota tim ad hoc.")
    if info.decree and not said.decree:
        reasons.append("Tulis nomor keputusan kepala daerah.")
    if reasons:
        raise Refused(*reasons)


def last_day(innovation: Innovation) -> date | None:
    """The day of the latest step; ``None`` before the first. An applied date corrected in the profile counts as its step's."""
    last = innovation.life.order_by("-pk").first()
    if last is None:
        return None
    if last.step in ("record_existing", "implement") and innovation.applied_on is not None:
        return innovation.applied_on
    return last.on


def _require_own(innovation: Innovation, document: Document | None) -> None:
    if document is not None and document.region_id != innovation.region_id:
        raise Refused("Dokumen ini bukan milik daerah ini. Pilih dari daftar atau unggah yang baru.")


def _taken(innovation: Innovation, said: _Said, by: User, document: Document | None) -> Innovation:
    before, target = innovation.stage, LIFECYCLE.step(said.step, state=innovation.stage).target
    dates = _dates(said)
    for field, value in {"stage": target, **dates}.items():
        setattr(innovation, field, value)
    if faults := checks.profile_faults(queries.profile_of(innovation)):
        raise Refused(*faults.values())
    innovation.version += 1
    store(innovation, by=by, fields=("stage", *dates))
    event = LifeEvent.objects.create(
        region=innovation.region, innovation=innovation, step=said.step, from_stage=before, to_stage=target, on=said.on,
        note=said.text, document=document, by=by,
    )  # fmt: skip
    tell_of(event, innovation, by)
    record(
        f"innovation.{said.step}",
        by=by,
        on=innovation,
        says=said.info.says.format(name=innovation.name),
        on_day=said.on.isoformat(),
        stage=str(target),
        event=event.pk,
        document=document.code if document else "",
    )
    return innovation


def _dates(said: _Said) -> dict[str, Any]:
    """What a step writes into the profile besides the stage."""
    if said.step == "start_trial":
        return {"trial_on": said.on}
    if said.step in ("implement", "record_existing"):
        return {"applied_on": said.on}
    if said.step == "develop":
        return {"developed_on": said.on, "development": said.text}
    return {}
