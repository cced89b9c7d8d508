"""What several tests of this folder begin with."""

from __future__ import annotations

import pytest

from pamong.assessments.actions import submitting
from pamong.assessments.models import Entry
from pamong.checks.actions import examining
from tests import build as people_
from tests.assessments import build as reports
from tests.checks import build


@pytest.fixture
def handed_over(people: people_.People) -> Entry:
    """Handed over, with a decree claimed as a Perda."""
    made = build.entry(people, {"16": 3, "17": 1, "32": 1, "33": 1, "35": 1})
    build.decree(made, people.operator)
    for code in ("17", "32", "33", "35"):
        reports.attached(made, code, people.operator, "mp4" if code == "35" else "pdf")
    examining.look(made)
    submitting.submit(made, by=people.operator)
    return submitting.endorse(Entry.objects.get(pk=made.pk), by=people.agency_head)
