"""Electronic signatures in a PDF (PAdES, as BSrE issues them), validated without any network.

Each is validated as of the moment it states itself; that statement is the signer's own unless a trusted timestamp stands beside it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from pamong.reading.facts import Signature, Trust

MOST = 20


def of(path: Path, trust_roots: str = "") -> list[Signature]:
    """The signatures in the file at ``path``; none if it has none or they cannot be found."""
    if b"/ByteRange" not in path.read_bytes():
        return []
    from pyhanko.pdf_utils.misc import PdfReadError
    from pyhanko.pdf_utils.reader import PdfFileReader

    for noisy in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    with path.open("rb") as file:
        try:
            embedded = PdfFileReader(file, strict=False).embedded_regular_signatures
        except (PdfReadError, ValueError, KeyError):
            return []
        roots = _roots(trust_roots)
        return [_validated(one, roots) for one in embedded[:MOST]]


def _roots(place: str) -> list[Any]:
    """The certificates this installation trusts: a PEM file, or a folder of them."""
    if not place:
        return []
    from pyhanko import keys

    path = Path(place)
    files = sorted(path.glob("*.[pc]e[mr]*")) if path.is_dir() else [path]
    load: Any = keys.load_certs_from_pemder
    return list(load([str(file) for file in files]))


def _validated(embedded: Any, roots: list[Any]) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    at = embedded.self_reported_timestamp
    context = ValidationContext(
        trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail", moment=at, best_signature_time=at
    )
    try:
        status = validate_pdf_signature(embedded, signer_validation_context=context)
    except Exception:  # a signature made to break a validator is a broken signature
        return Signature(*_who(embedded), _moment(at), False, False, True, "broken")
    return Signature(
        *_who(embedded), _moment(at),
        intact=bool(status.intact and status.valid),
        covers_whole_file=_covers(status),
        changed_after=_changed(status),
        trust=_trust(status),
    )  # fmt: skip


def _who(embedded: Any) -> tuple[str, str]:
    try:
        subject = embedded.signer_cert.subject.native
    except Exception:
        return "", ""
    return str(subject.get("common_name", "")), str(subject.get("organization_name", ""))


def _moment(at: Any) -> str:
    return at.isoformat() if at is not None else ""


def _covers(status: Any) -> bool:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    return bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def _changed(status: Any) -> bool:
    """Whether anything but more signatures and their proofs was added after this one."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    level = status.modification_level
    return level is None or level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False


def _trust(status: Any) -> Trust:
    if not (status.intact and status.valid):
        return "broken"
    if status.revoked:
        return "revoked"
    if status.trusted:
        return "trusted"
    problem = status.trust_problem_indic
    return "expired" if problem is not None and "EXPIRED" in str(problem) else "unknown-root"
