"""What can be done with documents (``library``) and with files on their way there (``arriving``, ``checking``)."""

from pamong.evidence.actions.library import (
    ONE_OF_TWO,
    AlreadyHere,
    add_document,
    add_version,
    correct,
    fingerprint,
    receive,
)

__all__ = ["ONE_OF_TWO", "AlreadyHere", "add_document", "add_version", "correct", "fingerprint", "receive"]
