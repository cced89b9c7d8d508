"""What can be done with an innovation: one function, one act, in one transaction, with a name and a trace."""

from pamong.innovations.actions.attaching import attach, detach
from pamong.innovations.actions.capturing import NameTaken, capture
from pamong.innovations.actions.drafting import discard_draft, save_draft
from pamong.innovations.actions.editing import Clashed, edit
from pamong.innovations.actions.importing import bring, drop, name_columns, planned_for, take_over
from pamong.innovations.actions.living import take_step

__all__ = [
    "Clashed",
    "NameTaken",
    "attach",
    "bring",
    "capture",
    "detach",
    "discard_draft",
    "drop",
    "edit",
    "name_columns",
    "planned_for",
    "save_draft",
    "take_over",
    "take_step",
]
