"""A life cycle answers which step leads where, and refuses the others."""

from __future__ import annotations

from enum import StrEnum

import pytest

from pamong.engine.lifecycle import Lifecycle, Step, StepNotAllowed


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "sent-back"
    CLOSED = "closed"


LIFECYCLE = Lifecycle(
    initial=State.DRAFT,
    steps=(
        Step("submit", frozenset({State.DRAFT, State.RETURNED}), State.SUBMITTED, "entry.submit"),
        Step("return", frozenset({State.SUBMITTED}), State.RETURNED, "entry.verify"),
        Step("close", frozenset({State.SUBMITTED}), State.CLOSED, "entry.verify"),
        Step("close", frozenset({State.DRAFT}), State.CLOSED, "entry.submit"),
    ),
)


def test_a_step_leads_to_its_target_and_names_its_permission() -> None:
    step = LIFECYCLE.step("submit", state=State.RETURNED)
    assert (step.target, step.permission) == (State.SUBMITTED, "entry.submit")


def test_a_stored_text_is_as_good_as_a_state() -> None:
    assert LIFECYCLE.step("submit", state="draft").target is State.SUBMITTED


def test_the_same_name_may_need_another_permission_from_another_state() -> None:
    assert LIFECYCLE.step("close", state=State.DRAFT).permission == "entry.submit"
    assert LIFECYCLE.step("close", state=State.SUBMITTED).permission == "entry.verify"


@pytest.mark.parametrize(
    ("name", "state", "allowed"),
    [("submit", "submitted", ("return", "close")), ("submit", "closed", ()), ("fly", "draft", ("submit", "close"))],
)
def test_a_step_from_the_wrong_state_is_refused_with_those_possible(
    name: str, state: str, allowed: tuple[str, ...]
) -> None:
    with pytest.raises(StepNotAllowed) as refused:
        LIFECYCLE.step(name, state=state)
    assert (refused.value.name, refused.value.state, refused.value.allowed) == (name, state, allowed)
    assert str(refused.value) == f"no step '{name}' from state '{state}'; possible: {', '.join(allowed) or 'none'}"


def test_steps_are_listed_in_the_order_of_the_table() -> None:
    assert [step.name for step in LIFECYCLE.steps_from(State.SUBMITTED)] == ["return", "close"]
    assert LIFECYCLE.steps_from(State.CLOSED) == ()


def test_every_state_is_known_once() -> None:
    assert LIFECYCLE.states == (State.DRAFT, State.RETURNED, State.SUBMITTED, State.CLOSED)


def test_the_same_step_twice_from_one_state_is_a_mistake() -> None:
    step = Step("submit", frozenset({State.DRAFT}), State.SUBMITTED)
    with pytest.raises(ValueError, match=r"step 'submit' from .* is defined twice"):
        Lifecycle(State.DRAFT, (step, step))


def test_the_diagram_shows_every_step() -> None:
    assert LIFECYCLE.diagram() == (
        "stateDiagram-v2\n"
        '    state "sent-back" as sent_back\n'
        "    [*] --> draft\n"
        "    draft --> submitted: submit\n"
        "    sent_back --> submitted: submit\n"
        "    submitted --> sent_back: return\n"
        "    submitted --> closed: close\n"
        "    draft --> closed: close\n"
        "    closed --> [*]\n"
    )
