"""Claims and their proofs: what an agency says it has reached, and with what it shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from pamong.accounts.models import User
from pamong.assessments import answers, packing, policies
from pamong.assessments.actions.locking import announce, lay_hands, lock, reopen_verdict
from pamong.assessments.models import Claim, Entry, Hand, Proof
from pamong.assessments.requirements import accepts, limits
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.engine.edition import Indicator
from pamong.evidence import queries as documents_of
from pamong.evidence.actions import AlreadyHere, add_document, receive
from pamong.evidence.actions.arriving import file_as
from pamong.evidence.models import Arrival, Document, Version


@dataclass(frozen=True)
class Bundle:
    """What comes with a claim in one go: documents of the library, a new one, and further indicators it proves too."""

    documents: Sequence[Document] = ()
    upload: dict[str, Any] = field(default_factory=dict)
    passage: str = ""
    also: Sequence[str] = ()


@transaction.atomic
def claim(entry: Entry, indicator: str, *, by: User, typed: answers.Typed, version: int) -> Claim:
    """Claim what ``typed`` comes to. ``version`` is that of the claim the person saw, 0 for none.

    Saying what already stands changes nothing. Raises ``Overtaken`` if someone else changed the claim in between, and
    ``Refused`` if the entry is locked or the answer makes no sense.
    """
    entry = _opened(entry, by)
    line = _indicator(entry, indicator)
    answer = answers.read(line, typed)
    present: Claim | None = entry.claims.select_for_update(no_key=True).filter(indicator=indicator).first()
    if present and _says(present) == answer:
        return present
    if (present.version if present else 0) != version:
        raise Overtaken(*_both(line, present, answer))
    before = _plain(present)
    made = _write(entry, indicator, answer, by, present)
    reopen_verdict(entry, indicator, "Klaim diubah sesudah dinilai.")
    packing.set_claimed(entry, indicator, answer.level)
    lay_hands(entry, [(by, Hand.Act.CLAIMED)])
    record(
        "entry.claimed", by=by, on=entry,
        says=f"mengklaim tingkat {answer.level} pada indikator {indicator} {line.name} untuk {entry}",
        indicator=indicator, before=before, after=_plain(made),
    )  # fmt: skip
    return made


@transaction.atomic
def attach(entry: Entry, indicator: str, document: Document, *, by: User, passage: str = "") -> Proof:
    """Bring ``document`` forward as a proof. Twice gives the same proof. Raises ``Refused`` if its file does not fit."""
    entry = _opened(entry, by)
    line = _indicator(entry, indicator)
    if not documents_of.visible_to(by, entry.region).filter(pk=document.pk).exists():
        raise Refused("Dokumen ini tidak dapat Anda pakai. Pilih dokumen dari daftar.")
    known: Proof | None = Proof.objects.filter(
        claim__entry=entry, claim__indicator=indicator, document=document
    ).first()
    if known:
        return known
    current = documents_of.current_version(document)
    accepts(line, entry.assessment.edition, current).require()
    made = Proof.objects.create(
        region=entry.region, claim=_grown(entry, indicator, by), document=document, passage=passage.strip(), by=by
    )
    reopen_verdict(entry, indicator, "Bukti ditambah sesudah dinilai.")
    lay_hands(entry, _uploaders(by, current))
    record(
        "proof.attached", by=by, on=entry,
        says=f"melampirkan “{document}” pada indikator {indicator} {line.name} untuk {entry}",
        indicator=indicator, document=document.code,
    )  # fmt: skip
    return made


@transaction.atomic
def detach(proof: Proof, *, by: User) -> None:
    """Take a proof back; the document stays in the library. A second time changes nothing."""
    entry = _opened(proof.claim.entry, by)
    present = Proof.objects.filter(pk=proof.pk).select_related("document", "claim").first()
    if present is None:
        return
    indicator = present.claim.indicator
    present.delete()
    _grown(entry, indicator, by)
    reopen_verdict(entry, indicator, "Bukti dilepas sesudah dinilai.")
    record(
        "proof.detached", by=by, on=entry,
        says=f"melepas “{present.document}” dari indikator {indicator} untuk {entry}",
        indicator=indicator, document=present.document.code,
    )  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What became of an indicator's form: the claim, and the document that was in the library already and is used."""

    claim: Claim
    reused: Document | None = None


def answer(
    entry: Entry, indicator: str, *, by: User, typed: answers.Typed, version: int, bundle: Bundle | None = None
) -> Answered:
    """The whole form of an indicator at once: claim, documents, a new document, and where else they count. All or nothing.

    A file that lies in the library already is not kept twice: the document there is attached.
    """
    bundle = bundle or Bundle()
    policies.can_claim(by, entry).require()
    upload = _received(entry, indicator, by, bundle.upload)
    return _answer(entry, indicator, by, typed, version, bundle, upload)


def pair(
    entry: Entry, indicators: Sequence[str], arrival: Arrival, *, by: User, about: dict[str, Any]
) -> tuple[Document, bool]:
    """A file of the inbox becomes a document (``about``: arguments of ``add_document``) and a proof of ``indicators``.

    All or nothing. A file the library has already is not kept twice: its document is the proof, and ``False`` says so.
    Raises ``Refused`` if the file fits one of the indicators not, or the entry is locked.
    """
    policies.can_claim(by, entry).require()
    for code in indicators:
        content = receive(arrival, by=by, **limits(_indicator(entry, code), entry.assessment.edition))
    return _pair(entry, indicators, by, {**about, "file": content})


@transaction.atomic
def _pair(entry: Entry, indicators: Sequence[str], by: User, upload: dict[str, Any]) -> tuple[Document, bool]:
    entry = _opened(entry, by)
    document, is_new = _added(entry, by, upload)
    for code in indicators:
        attach(entry, code, document, by=by)
    return document, is_new


def _received(entry: Entry, indicator: str, by: User, upload: dict[str, Any]) -> dict[str, Any]:
    """``upload`` with its file inspected and kept, before the transaction begins; the indicator's limits are enforced."""
    line = _indicator(entry, indicator)
    if upload.get("link") and not line.evidence.link_allowed:
        raise Refused(f"Indikator {indicator} tidak menerima tautan. Unggah berkasnya.")
    if upload.get("file") is None:
        return upload
    return {
        **upload,
        "file": receive(upload["file"], by=by, region=entry.region, **limits(line, entry.assessment.edition)),
    }


@transaction.atomic
def _answer(
    entry: Entry,
    indicator: str,
    by: User,
    typed: answers.Typed,
    version: int,
    bundle: Bundle,
    upload: dict[str, Any],
) -> Answered:
    made = claim(entry, indicator, by=by, typed=typed, version=version)
    documents, reused = list(bundle.documents), None
    if upload:
        document, is_new = _added(entry, by, upload)
        documents.append(document)
        reused = None if is_new else document
    for document in documents:
        for code in dict.fromkeys((indicator, *bundle.also)):
            attach(entry, code, document, by=by, passage=bundle.passage if code == indicator else "")
    made.refresh_from_db()
    return Answered(made, reused)


def _added(entry: Entry, by: User, upload: dict[str, Any]) -> tuple[Document, bool]:
    """A new document; or the one whose current file is this very file, and ``False``."""
    try:
        return add_document(region=entry.region, agency=entry.agency, by=by, **upload), True
    except AlreadyHere as here:
        current, file = here.document.current, upload["file"]
        if current is None or file is None or current.sha256 != file.sha256:
            raise
        file_as(here.document, file.sha256, by=by)
        return here.document, False


def _opened(entry: Entry, by: User) -> Entry:
    entry = lock(entry)
    policies.can_claim(by, entry).require()
    return entry


def _indicator(entry: Entry, code: str) -> Indicator:
    if code not in packing.codes_of(entry):
        raise Refused(f"Indikator {code} tidak ada pada penilaian ini.")
    return entry.assessment.edition.indicator(code)


def _says(present: Claim) -> answers.Answer:
    return answers.Answer(present.level, present.basis, present.value, present.note)


def _plain(present: Claim | None) -> dict[str, Any] | None:
    if present is None:
        return None
    value = None if present.value is None else str(present.value)
    return {"level": present.level, "basis": present.basis, "value": value, "note": present.note}


def _both(line: Indicator, present: Claim | None, typed: answers.Answer) -> tuple[str, ...]:
    """What stands now and what was typed, side by side."""
    if present is None:
        return (f"Klaim indikator {line.code} dibatalkan orang lain sementara Anda mengisi. Periksa lagi.",)
    note = f" dengan keterangan “{present.note}”" if present.note else ""
    return (
        f"{present.by} baru saja mengubah indikator {line.code}: sekarang tingkat {present.level}{note}. "
        f"Anda mengisi tingkat {typed.level}.",
        "Isian Anda masih ada di bawah. Simpan sekali lagi bila isian Anda yang benar.",
    )


def _write(entry: Entry, indicator: str, said: answers.Answer, by: User, present: Claim | None) -> Claim:
    row = present or Claim(region=entry.region, entry=entry, indicator=indicator, version=0)
    row.level, row.basis, row.value, row.note = said.level, said.basis, said.value, said.note
    row.version += 1
    row.by = by
    row.save()
    announce(entry)
    return row


def _grown(entry: Entry, indicator: str, by: User) -> Claim:
    """The claim a changed proof belongs to, one version on; level 0 if nothing was claimed yet."""
    present: Claim | None = entry.claims.select_for_update(no_key=True).filter(indicator=indicator).first()
    announce(entry)
    if present is None:
        made: Claim = Claim.objects.create(region=entry.region, entry=entry, indicator=indicator, level=0, by=by)
        packing.set_claimed(entry, indicator, 0)
        return made
    present.version += 1
    present.save(update_fields=["version", "at"])
    return present


def _uploaders(by: User, current: Version | None) -> list[tuple[User | int, Hand.Act]]:
    """Whoever attaches, and whoever uploaded what is attached."""
    hands: list[tuple[User | int, Hand.Act]] = [(by, Hand.Act.UPLOADED)]
    if current is not None and current.by_id != by.pk:
        hands.append((current.by_id, Hand.Act.UPLOADED))
    return hands
