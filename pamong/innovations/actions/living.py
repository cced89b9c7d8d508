"""The steps of an innovation's life, after PP 38/2017."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.engine.lifecycle import StepNotAllowed
from pamong.evidence.models import Document
from pamong.innovations import policies
from pamong.innovations.actions.locking import locked, store
from pamong.innovations.models import Innovation, LifeEvent
from pamong.innovations.states import LIFECYCLE, STEPS, Stage, StepInfo


@transaction.atomic
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
    innovation, info = locked(innovation), STEPS[step]
    text = _note(info, note, team, decree)
    if not policies.can_ever_take(by, innovation, step):
        policies.can_take(by, innovation, step).require()
    if _is_repeat(innovation, step, by, on, text):
        return innovation
    _require_stage(innovation, step)
    policies.can_take(by, innovation, step, has_document=bool(document or paper)).require()
    _require_sense(innovation, info, on, note, team, decree)
    _require_own(innovation, document)
    if paper is not None:
        from pamong.evidence import actions as evidence

        document = evidence.add_document(region=innovation.region, agency=innovation.agency, by=by, **paper)
    return _taken(innovation, step, by, on, text, document)


def _note(info: StepInfo, note: str, team: str, decree: str) -> str:
    """Team and decree are part of what is told."""
    head = [f"Tim: {team.strip()}"] if info.team and team.strip() else []
    head += [f"Keputusan nomor {decree.strip()}"] if info.decree and decree.strip() else []
    return "\n".join([*head, *([note.strip()] if note.strip() else [])])


def _is_repeat(innovation: Innovation, step: str, by: User, on: date, text: str) -> bool:
    """A double click: the last thing that happened is exactly this."""
    last = innovation.life.order_by("-pk").first()
    return last is not None and (last.step, last.by_id, last.on, last.note) == (step, by.pk, on, text)


def _require_stage(innovation: Innovation, step: str) -> None:
    try:
        LIFECYCLE.step(step, state=innovation.stage)
    except StepNotAllowed:
        raise Overtaken(
            f"Langkah “{STEPS[step].button}” tidak dapat dicatat: inovasi ini sekarang pada tahapan "
            f"“{Stage(innovation.stage).label}”. Muat ulang halaman untuk melihat langkah berikutnya."
        ) from None


def _require_sense(innovation: Innovation, info: StepInfo, on: date, note: str, team: str, decree: str) -> None:
    reasons = []
    if on > timezone.localdate():
        reasons.append(f"{info.date_label} belum terjadi. Catat langkah sesudah terjadi.")
    if (before := last_day(innovation)) is not None and on < before:
        reasons.append(
            f"{info.date_label} tidak boleh lebih awal daripada langkah sebelumnya ({before.day}/{before.month}/{before.year})."
        )
    if info.note_required and not note.strip():
        reasons.append(f"Isi “{info.note_label}”.")
    if info.team and not team.strip():
        reasons.append("Tulis nama anggota tim ad hoc.")
    if info.decree and not decree.strip():
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


def _taken(innovation: Innovation, step: str, by: User, on: date, text: str, document: Document | None) -> Innovation:
    before, target = innovation.stage, LIFECYCLE.step(step, state=innovation.stage).target
    dates = _dates(step, on, text)
    for field, value in {"stage": target, **dates}.items():
        setattr(innovation, field, value)
    innovation.version += 1
    store(innovation, by=by, fields=("stage", *dates))
    event = LifeEvent.objects.create(
        region=innovation.region,
        innovation=innovation,
        step=step,
        from_stage=before,
        to_stage=target,
        on=on,
        note=text,
        document=document,
        by=by,
    )
    says = STEPS[step].says.format(name=innovation.name)
    record(
        f"innovation.{step}",
        by=by,
        on=innovation,
        says=says,
        on_day=on.isoformat(),
        stage=str(target),
        event=event.pk,
        document=document.code if document else "",
    )
    return innovation


def _dates(step: str, on: date, text: str) -> dict[str, Any]:
    """What a step writes into the profile besides the stage."""
    if step == "start_trial":
        return {"trial_on": on}
    if step in ("implement", "record_existing"):
        return {"applied_on": on}
    if step == "develop":
        return {"developed_on": on, "development": text}
    return {}
