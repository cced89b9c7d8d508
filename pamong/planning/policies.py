"""May this person look ahead, plan, or agree on work, now, and if not why."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.assessments.models import Assessment
from pamong.assessments.states import Phase
from pamong.common.permit import YES, Permit, no
from pamong.planning.models import Plan, Scenario, Task
from pamong.planning.states import PLAN, UNDER_WAY

P = Permission
ADMIN = "Hanya administrator daerah yang dapat {}."


def can_see(user: User, region: Region) -> Permit:
    """Look at gaps and plans: the whole region, or the own agencies' part."""
    who = standing(user)
    if who.may_in(P.READ_REGION, region) or who.paths(P.READ_AGENCY, region):
        return YES
    return no("Rencana hanya untuk orang daerah ini dan instansinya.")


def can_see_all(user: User, region: Region) -> Permit:
    """Every agency's part."""
    if standing(user).may_in(P.READ_REGION, region):
        return YES
    return no("Rencana seluruh daerah hanya untuk pembaca seluruh daerah.")


def can_plan(user: User, region: Region) -> Permit:
    """Set efforts, ask for plans, agree on them, hand out tasks."""
    if standing(user).may_in(P.MANAGE_ASSESSMENT, region):
        return YES
    return no(ADMIN.format("menyusun rencana"))


def can_ask(user: User, assessment: Assessment) -> Permit:
    """Ask for a plan of a year that still runs."""
    permit = can_plan(user, assessment.region)
    return can_still_gain(assessment) if permit else permit


def can_still_gain(assessment: Assessment) -> Permit:
    if assessment.phase == Phase.CLOSED:
        return no(
            f"Penilaian {assessment.year} sudah ditutup; tidak ada lagi yang dapat diraih. Pilih tahun berikutnya."
        )
    return YES


def can_cancel(user: User, plan: Plan) -> Permit:
    permit = can_plan(user, plan.region)
    if permit and plan.state not in UNDER_WAY:
        return no(f"Rencana ini tidak sedang dihitung ({plan.get_state_display().lower()}).")
    return permit


def can_agree(user: User, plan: Plan) -> Permit:
    """Turn the plan into tasks."""
    permit = can_ask(user, plan.assessment)
    if permit and not any(step.name == "agree" for step in PLAN.steps_from(plan.state)):
        return no(f"Rencana ini tidak dapat disepakati ({plan.get_state_display().lower()}).")
    if permit and not plan.result.get("steps"):
        return no("Rencana ini tidak berisi pekerjaan. Ubah hari kerja atau tenggatnya.")
    return permit


def can_assign(user: User, task: Task) -> Permit:
    """Give an open task to a person, move its date, drop it: the region's administrator or the agency's head."""
    who = standing(user)
    mine = task.agency is not None and who.may_for(P.ENDORSE, task.agency)
    if not mine and not who.may_in(P.MANAGE_ASSESSMENT, task.region):
        return no(f"Hanya administrator daerah atau kepala {task.agency or 'daerah'} yang dapat membagi tugas ini.")
    return _is_open(task)


def can_finish(user: User, task: Task) -> Permit:
    """Say that the work is done: the person it was given to, or whoever may claim for the agency."""
    who = standing(user)
    writes = who.may_for(P.CLAIM, task.agency) if task.agency else who.may_in(P.CLAIM_INSTITUTION, task.region)
    if task.person_id != user.pk and not writes:
        return no("Hanya penanggung jawab tugas ini atau operator instansinya yang dapat menyelesaikannya.")
    return _is_open(task)


def _is_open(task: Task) -> Permit:
    if task.state != Task.State.OPEN:
        return no(f"Tugas ini sudah {task.get_state_display().lower()}.")
    return YES


def can_suppose(user: User, region: Region) -> Permit:
    """Try what-ifs: they show every innovation, so whoever reads the whole region."""
    if standing(user).may_in(P.READ_REGION, region):
        return YES
    return no("Pengandaian memuat inovasi semua instansi; hanya pembaca seluruh daerah yang dapat membuatnya.")


def can_change(user: User, scenario: Scenario) -> Permit:
    """Change, share or throw away a what-if: whoever made it."""
    permit = can_suppose(user, scenario.region)
    if permit and scenario.by_id != user.pk:
        return no("Pengandaian ini milik orang lain. Salin dahulu, lalu ubah salinannya.")
    return permit
