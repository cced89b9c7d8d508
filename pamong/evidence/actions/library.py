"""What can be done with documents: add one, replace its file, correct what it says of itself. Nothing is ever deleted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import CharField
from django.utils import timezone
from django_q.tasks import async_task

from pamong.accounts.models import User
from pamong.agencies.models import Agency, Region
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.evidence import antivirus, links, policies, queries, storage
from pamong.evidence.actions.arriving import bring, file_as
from pamong.evidence.actions.keeping import hold, keep
from pamong.evidence.actions.quotas import check_room
from pamong.evidence.actions.taking import taken
from pamong.evidence.antivirus import Away
from pamong.evidence.inspection import Inspected, Limits, inspect, kinds
from pamong.evidence.inspection.apart import Unchecked
from pamong.evidence.models import Arrival, Document, Version

DOUBLE_CLICK = timedelta(minutes=1)
CORRECTABLE = ("instrument", "subject", "number", "dated", "issuer", "valid_from", "valid_until")

ONE_OF_TWO = "Unggah berkasnya atau isikan tautannya: salah satu, tidak keduanya."


class AlreadyHere(Refused):
    """Refused because the region has this very file already; ``document`` is the one to use instead."""

    def __init__(self, document: Document) -> None:
        self.document = document
        called = f"“{document.subject}”" + (f" (nomor {document.number})" if document.number else "")
        super().__init__(
            f"Berkas yang sama persis sudah ada di pustaka: {called}, milik {document.agency or document.region}. "
            "Pakai dokumen itu; satu dokumen boleh membuktikan beberapa indikator. "
            "Bila memang dokumen lain, centang “Tetap tambahkan” lalu pilih lagi berkasnya."
        )


def receive(
    file: File[bytes] | Arrival,
    *,
    by: User | None = None,
    region: Region | None = None,
    allowed: Iterable[str] | None = None,
    max_bytes: int | None = None,
    max_seconds: int | None = None,
) -> Inspected:
    """Inspect an uploaded file and keep its bytes, so that a transaction that follows is short. Raises ``Refused``.

    ``allowed`` are kinds as an edition writes them (``pdf``, ``jpg``, …), ``max_bytes`` can only lower the installation's limit.
    A file received twice lies there once; one that no version ever speaks of is an orphan, swept away after a day. Of a file
    in the inbox, which only ``by`` themselves may use, what its check found is held against the limits. A file whose check
    breaks down is put into the inbox of ``by`` in ``region``, where it is checked again, and refused for now.
    """
    most = min(max_bytes or settings.UPLOAD_MAX_BYTES, settings.UPLOAD_MAX_BYTES)
    accepted = kinds.USUAL if allowed is None else kinds.known(allowed)
    limits = Limits(accepted, most, max_seconds)
    if isinstance(file, Arrival):
        return taken(file, by, limits)
    try:
        return _inspected(cast(BinaryIO, file.file), file.name or "", limits)
    except (Unchecked, Away) as fault:
        if by is not None and region is not None:
            raise _set_aside(file, fault, by, region) from fault
        raise


def _inspected(content: BinaryIO, name: str, limits: Limits) -> Inspected:
    inspected = inspect(content, name, limits, is_clean=storage.has)
    try:
        antivirus.check(content)
        keep(inspected)
    finally:
        if inspected.content not in (content, None):
            inspected.content.close()
    return inspected


def _set_aside(file: File[bytes], fault: Refused, by: User, region: Region) -> Refused:
    """Put ``file`` into the inbox, so that it need not be sent again; returns what to tell."""
    try:
        arrival = bring(cast(BinaryIO, file.file), file.name or "", file.size, region=region, by=by)
    except Refused:
        return fault
    return Refused(
        f"{' '.join(fault.reasons)} “{arrival}” tersimpan di kotak masuk Anda dan diperiksa lagi; pilih dari sana bila sudah siap."
    )


def add_document(
    *,
    region: Region,
    agency: Agency | None,
    by: User,
    instrument: str,
    subject: str,
    number: str = "",
    dated: date | None = None,
    issuer: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    file: File[bytes] | Arrival | Inspected | None = None,
    link: str = "",
    allowed: Iterable[str] | None = None,
    max_bytes: int | None = None,
    max_seconds: int | None = None,
    anyway: bool = False,
) -> Document:
    """Add a document with its first version: a file or a link, exactly one.

    Raises ``Refused`` if ``by`` may not, or the file or link is not acceptable; ``AlreadyHere`` if the same file is in the
    region already and ``by`` may read it, unless ``anyway``. Clicked twice, the same document is returned, ``repeated``.
    """
    policies.can_add(by, region, agency).require()
    about = {
        "instrument": instrument, "subject": subject.strip(), "number": number.strip(), "dated": dated,
        "issuer": issuer.strip(), "valid_from": valid_from, "valid_until": valid_until,
    }  # fmt: skip
    _check_about(about)
    content = _content(file, link, by, region, allowed, max_bytes, max_seconds)
    return _add(region, agency, by, about, content, link, anyway)


@transaction.atomic
def _add(
    region: Region,
    agency: Agency | None,
    by: User,
    about: dict[str, Any],
    file: Inspected | None,
    link: str,
    anyway: bool,
) -> Document:
    # One person's additions one after the other: the second of two clicks finds what the first one made.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if file is not None:
        hold(file.sha256)
    again = queries.just_added(
        by=by, region=region, agency=agency, subject=about["subject"], sha256=file.sha256 if file else "", link=link,
        since=timezone.now() - DOUBLE_CLICK,
    )  # fmt: skip
    if again is not None:
        again.repeated = True
        return again
    if file is not None and not anyway:
        existing = queries.same_file(by, region, file.sha256, file.source_sha256)
        if existing is not None:
            raise AlreadyHere(existing)
    if file is not None and agency is not None:
        check_room(agency, file.size)
    document = Document.objects.create(region=region, agency=agency, created_by=by, **about)
    version = _new_version(document, 1, by, file, link)
    record("document.added", by=by, on=document, says=f"menambahkan dokumen {_called(document)}", **_trace(version))
    return document


def add_version(
    document: Document,
    *,
    by: User,
    file: File[bytes] | Arrival | Inspected | None = None,
    link: str = "",
    allowed: Iterable[str] | None = None,
    max_bytes: int | None = None,
    max_seconds: int | None = None,
) -> Version:
    """Put a newer file or link in the place of the current one, which stays readable.

    Clicked twice, the version of the first click is returned. Raises ``Refused`` if ``by`` may not, the file is not
    acceptable, or nothing would change. Inside a transaction, ``receive`` the file before it begins.
    """
    policies.can_replace(by, document).require()
    return _replace(document, by, _content(file, link, by, document.region, allowed, max_bytes, max_seconds), link)


@transaction.atomic
def _replace(document: Document, by: User, file: Inspected | None, link: str) -> Version:
    document = _locked(document)
    policies.can_replace(by, document).require()
    latest = document.versions.first()
    if latest is not None and (latest.sha256, latest.link) == (file.sha256 if file else "", link):
        if latest.by_id == by.pk and latest.at >= timezone.now() - DOUBLE_CLICK:
            return latest
        raise Refused(f"Isinya sama persis dengan versi {latest.number} yang berlaku. Tidak ada yang perlu diganti.")
    if file is not None and document.agency is not None:
        check_room(document.agency, file.size)
    document.versions.filter(is_current=True).update(is_current=False)
    version = _new_version(document, latest.number + 1 if latest else 1, by, file, link)
    record("document.replaced", by=by, on=document, says=f"mengganti berkas dokumen {_called(document)} menjadi versi {version.number}", **_trace(version))  # fmt: skip
    return version


@transaction.atomic
def correct(document: Document, *, by: User, base: str = "", **fields: Any) -> Document:
    """Correct what is written about ``document`` (``CORRECTABLE`` fields); its file stays.

    ``base`` is the ``fingerprint`` the person saw: if another has corrected it since, ``Overtaken`` is raised. Raises ``Refused`` if
    ``by`` may not. Correcting to what it already says changes nothing and leaves no trace.
    """
    if unknown := fields.keys() - set(CORRECTABLE):
        raise TypeError(f"not correctable: {sorted(unknown)}")
    document = _locked(document)
    policies.can_correct(by, document).require()
    before = {name: getattr(document, name) for name in fields}
    after = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    changed = [name for name in fields if before[name] != after[name]]
    if not changed:
        return document
    if base and base != fingerprint(document):
        raise Overtaken(
            "Data dokumen ini baru saja diubah orang lain. Periksa data terbarunya, lalu simpan lagi bila masih perlu."
        )
    for name in changed:
        setattr(document, name, after[name])
    _check_about({name: getattr(document, name) for name in CORRECTABLE})
    document.save(update_fields=changed)
    record("document.corrected", by=by, on=document, says=f"mengoreksi data dokumen {_called(document)}", changes={name: [_plain(before[name]), _plain(after[name])] for name in changed})  # fmt: skip
    return document


def fingerprint(document: Document) -> str:
    """Changes with every correction of ``document``."""
    said = "\x1f".join(str(getattr(document, name)) for name in CORRECTABLE)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _locked(document: Document) -> Document:
    return Document.objects.select_for_update(of=("self",)).select_related("agency", "region").get(pk=document.pk)


def _check_about(about: dict[str, Any]) -> None:
    if not about["subject"]:
        raise Refused("Isi “tentang” agar dokumen ini dapat dikenali.")
    for name in ("subject", "number", "issuer"):
        field = cast("CharField[str, str]", Document._meta.get_field(name))
        if len(about[name]) > (field.max_length or 0):
            raise Refused(
                f"Isian “{field.verbose_name}” terlalu panjang: paling banyak {field.max_length} huruf. Ringkas."
            )
    if about["instrument"] not in Document.Instrument.values:
        raise Refused("Pilih jenis dokumen dari daftar.")
    if about["valid_from"] and about["valid_until"] and about["valid_until"] < about["valid_from"]:
        raise Refused("Tanggal akhir masa berlaku lebih awal daripada awalnya. Perbaiki salah satunya.")


def _content(
    file: File[bytes] | Arrival | Inspected | None,
    link: str,
    by: User,
    region: Region,
    allowed: Iterable[str] | None,
    max_bytes: int | None,
    max_seconds: int | None,
) -> Inspected | None:
    """The file inspected and kept, or ``None`` for a link found well formed."""
    if (file is None) == (not link):
        raise Refused(ONE_OF_TWO)
    if link:
        if fault := links.fault_of(link):
            raise Refused(fault)
        return None
    if isinstance(file, Inspected) or file is None:
        return file
    return receive(file, by=by, region=region, allowed=allowed, max_bytes=max_bytes, max_seconds=max_seconds)


def _new_version(document: Document, number: int, by: User, file: Inspected | None, link: str) -> Version:
    said = {} if file is None else {
        "sha256": file.sha256, "source_sha256": file.source_sha256, "size": file.size, "media_type": file.media_type,
        "original_name": file.name, "pages": file.pages, "seconds": file.seconds,
    }  # fmt: skip
    version = Version.objects.create(
        document=document, region=document.region, number=number, by=by, link=link, **cast(dict[str, Any], said)
    )
    for task in settings.TASKS_ON_ARRIVAL:
        transaction.on_commit(partial(async_task, task, version.pk, group="arrival"))
    if file is not None:
        file_as(document, file.sha256, by=by)
    return version


def _called(document: Document) -> str:
    return f"“{document.subject}”" + (f" nomor {document.number}" if document.number else "")


def _trace(version: Version) -> dict[str, Any]:
    return {"version": version.number, "sha256": version.sha256, "link": version.link}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
