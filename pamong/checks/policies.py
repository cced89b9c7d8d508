"""May this person do this, now, and if not why: answer a finding, see how rules fare, attach what fits, set the reminders."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.assessments import verification_policies as verification
from pamong.assessments.models import Entry
from pamong.common.permit import YES, Permit, no

P = Permission


def can_review(user: User, entry: Entry) -> Permit:
    """Say that a finding is right, or dismiss it: whoever may judge the entry."""
    return verification.can_judge(user, entry)


def can_see_rules(user: User, region: Region) -> Permit:
    """How the rules fare in the region: for who runs the year, verifies, or controls quality."""
    if any(standing(user).may_in(each, region) for each in (P.MANAGE_ASSESSMENT, P.VERIFY, P.CONTROL_QUALITY)):
        return YES
    return no("Rekapitulasi temuan hanya untuk administrator daerah dan verifikator.")


def can_set_reminders(user: User, region: Region) -> Permit:
    if standing(user).may_in(P.MANAGE_REGION, region):
        return YES
    return no("Hanya administrator daerah yang dapat mengatur pengingat masa berlaku.")
