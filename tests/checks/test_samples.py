"""The samples of ``measure``, in a small number and as plain text: no rule blocks what is right, every rule finds its fault."""

from __future__ import annotations

import pytest

from pamong.checks.rules import Severity, examine
from tests.checks import cases, corpus

SAMPLES = corpus.samples(seed=11, each=6)
FOLLOWS = {"unusable", "recorded", "twice"}  # what is said as well where a check is right to object


@pytest.mark.parametrize("check", sorted({sample.check for sample in SAMPLES}))
def test_a_rule_objects_to_its_own_fault_and_to_nothing_else(check: str) -> None:
    rule = check.partition("-")[0]
    for sample in (each for each in SAMPLES if each.check == check):
        found = {each.rule for each in examine(cases.case(sample)) if each.severity is not Severity.INFORMS}
        assert (rule in found, found - {rule} - FOLLOWS) == (sample.wrong, set()), sample
