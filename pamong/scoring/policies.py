"""May this person see or freeze the figures, now, and if not why."""

from __future__ import annotations

from pamong.accounts.models import User
from pamong.accounts.roles import Permission
from pamong.agencies.models import Region
from pamong.agencies.standing import standing
from pamong.assessments import policies as assessments
from pamong.assessments import verification_policies as verification
from pamong.assessments.models import Assessment
from pamong.common.permit import YES, Permit, no

P = Permission


def can_see_all(user: User, region: Region) -> Permit:
    """Every line of every entry. Agencies see the region's totals and their own entries."""
    if standing(user).may_in(P.READ_REGION, region):
        return YES
    return no("Rincian instansi lain hanya untuk pembaca seluruh daerah.")


def can_manage(user: User, region: Region) -> Permit:
    """Run the year: close it, record what the ministry returned."""
    return assessments.can_manage(user, region)


def can_close(user: User, assessment: Assessment) -> Permit:
    """Freeze the year and seal its figures."""
    return assessments.can_close(user, assessment)


def can_record_returned(user: User, assessment: Assessment) -> Permit:
    """Write down what the ministry returned, from the end of reporting on."""
    return verification.can_record_returned(user, assessment)
