"""A ZIP in the inbox: its files come out one by one, and nothing else does."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from pamong.audit.models import Event
from pamong.evidence import tasks
from pamong.evidence.actions import checking
from pamong.evidence.inspection import archive, kinds
from pamong.evidence.models import Arrival, Piece
from pamong.evidence.states import Reception
from tests.build import People
from tests.evidence import build

LETTER, PHOTO = build.pdf_bytes("surat"), build.jpg_bytes()


def unpacked(people: People, content: bytes, name: str = "bukti.zip") -> Arrival:
    return build.checked(people.region, people.operator, name, content)


def members(arrival: Arrival) -> dict[str, str]:
    return dict(arrival.members.order_by("member").values_list("name", "state"))


def special(name: str, *, link: bool = False, flags: int = 0) -> bytes:
    """A ZIP with one such member and one plain one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16 if link else 0
        made.writestr(info, b"/etc/passwd" if link else LETTER)
        made.writestr("baik.pdf", LETTER)
    content = bytearray(out.getvalue())
    if flags:
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            place = content.index(mark) + at
            content[place : place + 2] = struct.pack("<H", flags)
    return bytes(content)


def test_every_file_of_a_zip_becomes_an_arrival_of_its_own(people: People) -> None:
    content = build.zip_bytes({
        "bukti/": b"", "bukti/SK tim.pdf": LETTER, "bukti/foto.jpg": PHOTO, "bukti/kosong.pdf": b"",
        "__MACOSX/bukti/._SK tim.pdf": b"x", "bukti/.DS_Store": b"x", "bukti/halaman.pdf": b"<html>", "bukti/lagi.zip": build.zip_bytes({"a": b"a"}),
        "bukti/paparan.docx": build.docx_bytes(),
    })  # fmt: skip
    arrival = unpacked(people, content)
    acts = Event.objects.filter(act="arrival.unpacked").values_list("says", flat=True)
    assert (arrival.state, list(acts)) == (
        Reception.UNPACKED,
        ["mengirim “bukti.zip”, yang dibongkar menjadi 6 berkas"],
    )
    assert tasks.check_waiting() == 5
    assert members(arrival) == {
        "SK tim.pdf": "ready", "foto.jpg": "ready", "kosong.pdf": "refused", "halaman.pdf": "refused",
        "lagi.zip": "refused", "paparan.docx": "ready",
    }  # fmt: skip
    assert Piece.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (special("../../etc/cron.d/jahat"), archive.TRICK),
        (special("/etc/passwd"), archive.TRICK),
        (special("C:\\Windows\\a.pdf"), archive.TRICK),
        (special("tautan.pdf", link=True), archive.TRICK),
        (special("rahasia.pdf", flags=1), archive.LOCKED),
    ],
)
def test_a_member_that_plays_tricks_stays_inside_and_the_good_one_is_kept(
    people: People, content: bytes, fault: str
) -> None:
    arrival = unpacked(people, content)
    bad, good = arrival.members.order_by("member")
    assert (bad.state, bad.reason, good.state, good.name) == (Reception.REFUSED, fault, Reception.WAITING, "baik.pdf")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (build.zip_bytes({}), archive.EMPTY),
        (build.zip_bytes({f"{n}.pdf": b"x" for n in range(201)}), archive.CROWDED),
        (build.zip_bytes({"nol.pdf": bytes(40 * 1024 * 1024)}), archive.HEAVY),
        (build.zip_bytes({"a.pdf": LETTER})[:-30], archive.BROKEN),
    ],
)
def test_an_archive_that_cannot_be_taken_apart_is_refused_whole(people: People, content: bytes, said: str) -> None:
    arrival = unpacked(people, content)
    assert (arrival.state, arrival.reason, members(arrival)) == (Reception.REFUSED, said, {})


def test_a_bomb_that_hides_its_size_is_stopped_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_BYTES", 1024 * 1024)
    monkeypatch.setattr(archive, "_check_bounds", lambda *bounds: None)
    content = build.zip_bytes({"nol.pdf": bytes(5 * 1024 * 1024)})
    with pytest.raises(archive.Refused, match="terlalu besar"):
        archive.unpack(io.BytesIO(content), len(content), tmp_path, 10**9)


def test_a_damaged_member_is_named_and_the_others_come_out(tmp_path: Path) -> None:
    content = bytearray(build.zip_bytes({"a.pdf": LETTER * 3, "b.pdf": LETTER}))
    content[60] ^= 0xFF
    found = archive.unpack(io.BytesIO(bytes(content)), len(content), tmp_path, 10**6)
    assert [(each.name, each.fault) for each in found] == [("a.pdf", archive.DAMAGED), ("b.pdf", "")]
    assert (tmp_path / found[1].copy).read_bytes() == LETTER


def test_unpacking_that_was_killed_goes_on_where_it_stopped(people: People) -> None:
    arrival = build.arrival(
        people.region, people.operator, "bukti.zip", build.zip_bytes({"a.pdf": LETTER, "b.jpg": PHOTO})
    )
    Arrival.objects.create(
        region=people.region, by=people.operator, name="a.pdf", length=1, archive=arrival, member=0, state="refused"
    )
    checking.check(arrival)
    assert (members(arrival), Arrival.objects.get(pk=arrival.pk).state) == (
        {"a.pdf": "refused", "b.jpg": "waiting"},
        "unpacked",
    )


def test_an_inbox_without_room_for_its_content_refuses_the_zip(people: People, settings: object) -> None:
    arrival = build.arrival(people.region, people.operator, "bukti.zip", build.zip_bytes({"a.pdf": bytes(300_000)}))
    settings.INBOX_MAX_BYTES = 200_000  # type: ignore[attr-defined]
    checking.check(arrival)
    arrival.refresh_from_db()
    assert (arrival.state, "penuh" in arrival.reason, members(arrival)) == (Reception.REFUSED, True, {})


def test_an_office_file_is_no_archive() -> None:
    assert kinds.is_archive(b"PK\x03\x04", "bukti.zip")
    assert not kinds.is_archive(b"PK\x03\x04", "surat.docx")
