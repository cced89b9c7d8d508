"""Bringing what exists: a table is read and kept, its columns are named, its rows are taken over. Twice changes nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pamong.accounts.models import User
from pamong.agencies.models import Region
from pamong.audit.actions import record
from pamong.common.permit import Overtaken, Refused
from pamong.innovations import policies, queries
from pamong.innovations.actions.capturing import record_new
from pamong.innovations.actions.editing import write
from pamong.innovations.actions.living import record_existing
from pamong.innovations.models import ImportFile, ImportMapping
from pamong.innovations.tables import columns, reading
from pamong.innovations.tables.plan import Outcome, Plan, RowPlan, plan
from pamong.innovations.words import normal

KEPT = timedelta(days=7)
KEPT_PER_PERSON = 5


def bring(*, region: Region, by: User, content: bytes, name: str) -> ImportFile:
    """Read a table and keep it for this person until it is taken over or a week has passed. Raises ``Refused``."""
    policies.can_import(by, region).require()
    table = reading.read(content, name)
    if not table.rows:
        raise Refused("Tabel ini tidak berisi baris di bawah judul kolomnya.")
    return _kept(region, by, table, name)


@transaction.atomic
def _kept(region: Region, by: User, table: reading.Table, name: str) -> ImportFile:
    mine = ImportFile.objects.filter(region=region, person=by)
    older = list(mine.values_list("pk", flat=True)[KEPT_PER_PERSON - 1 :])
    ImportFile.objects.filter(region=region, pk__in=older).delete()
    ImportFile.objects.filter(region=region, at__lt=timezone.now() - KEPT).delete()
    return ImportFile.objects.create(
        region=region,
        person=by,
        file_name=name[-200:],
        sheet=table.sheet,
        headers=table.headers,
        rows=table.rows,
        columns=columns.guess(table.headers, queries.remembered_columns(region)),
    )


@transaction.atomic
def name_columns(table: ImportFile, fields: Sequence[str], *, by: User) -> ImportFile:
    """Say which field each column means, and remember it for the region's next table. Raises ``Refused``."""
    table = _mine(table, by)
    _require_columns(table, fields)
    table.columns = list(fields)
    table.save(update_fields=["columns"])
    named = {normal(header)[:200]: name for header, name in zip(table.headers, fields, strict=True) if header}
    ImportMapping.objects.bulk_create(
        [ImportMapping(region=table.region, header=header, field=name) for header, name in named.items() if header],
        update_conflicts=True,
        unique_fields=["region", "header"],
        update_fields=["field"],
    )
    return table


def _require_columns(table: ImportFile, fields: Sequence[str]) -> None:
    used = [name for name in fields if name]
    if len(fields) != len(table.headers) or any(name not in columns.labels() for name in used):
        raise Refused("Pilihan kolom tidak dikenal. Muat ulang halaman lalu pilih lagi.")
    if repeated := {columns.labels()[name] for name in used if used.count(name) > 1}:
        raise Refused(f"Dipilih untuk lebih dari satu kolom: {', '.join(sorted(repeated))}. Pilih satu kolom saja.")
    if "name" not in used and columns.CODE not in used:
        raise Refused("Tunjuk kolom yang berisi nama inovasi.")


@transaction.atomic
def drop(table: ImportFile, *, by: User) -> None:
    """Forget a table that was brought."""
    ImportFile.objects.filter(pk=table.pk, person=by).delete()


@transaction.atomic
def take_over(table: ImportFile, *, by: User, digest: str, only_good: bool = False) -> ImportFile:
    """Carry out the plan the person has read (``digest``): all rows, or with ``only_good`` those without errors.

    Sent twice, it happens once. Raises ``Overtaken`` if the plan is another by now, ``Refused`` if rows are faulty and
    ``only_good`` was not chosen; then nothing has changed.
    """
    table = _mine(table, by)
    if table.applied_at is not None:
        return table
    policies.can_import(by, table.region).require()
    planned = planned_for(table, by)
    if planned.digest != digest:
        raise Overtaken("Data berubah sejak tabel ini diperiksa. Baca hasil pemeriksaan yang baru, lalu ambil lagi.")
    if planned.count(Outcome.ERROR) and not only_good:
        raise Refused("Masih ada baris yang salah. Perbaiki berkasnya, atau ambil baris yang baik saja.")
    for row in planned.rows:
        _take(row, table.region, by)
    return _closed(table, planned, by)


def planned_for(table: ImportFile, by: User) -> Plan:
    """The dry run: what taking over ``table`` would do now."""
    return plan(table.rows, table.columns, queries.known_to(by, table.region))


def _mine(table: ImportFile, by: User) -> ImportFile:
    """The row, locked; a table is its bringer's alone."""
    return ImportFile.objects.select_for_update(of=("self",)).select_related("region").get(pk=table.pk, person=by)


def _take(row: RowPlan, region: Region, by: User) -> None:
    values: dict[str, Any] = dict(row.values)
    if row.outcome is Outcome.NEW and row.agency is not None:
        record_new(region=region, agency=row.agency, by=by, applied=row.applied, values=values)
    elif row.outcome is Outcome.CHANGE and row.innovation is not None:
        innovation = row.innovation
        if row.applied:
            innovation = record_existing(innovation, by=by, on=values.pop("applied_on"))
        write(innovation, by=by, base_version=innovation.version, fields=values)


def _closed(table: ImportFile, planned: Plan, by: User) -> ImportFile:
    counts: dict[str, Any] = {outcome.value: planned.count(outcome) for outcome in Outcome}
    table.applied_at = timezone.now()
    table.report = counts
    table.save(update_fields=["applied_at", "report"])
    says = f"mengimpor inovasi dari {table.file_name}: {counts['new']} baru, {counts['change']} diperbarui"
    record("innovations.imported", by=by, on=table, says=says, **counts)
    return table
