"""``pamong score`` keeps its contract (docs/reference/score.md): a score, or a reason for every fault and nothing else."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pamong.engine import score_input
from pamong.engine.cli_score import main
from pamong.engine.edition import load
from tests.engine.given import cases, innovations, spread

DOCUMENT = (Path(__file__).parents[2] / "docs/reference/score.md").read_text(encoding="utf-8")
KEYS = [
    "edition",
    "digest",
    "institution",
    "maturity",
    "count",
    "total",
    "index",
    "band",
    "reported",
    "accepted",
    "divisor",
    "affairs",
    "innovations",
    "lines",
    "unverified",
]


def run(content: object, *options: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error for ``content`` on standard input."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    stdin = io.TextIOWrapper(io.BytesIO(data))
    stdout, stderr = io.StringIO(), io.StringIO()
    return main(["-", *options], stdin, stdout, stderr), stdout.getvalue(), stderr.getvalue()


def scored(content: object) -> dict[str, Any]:
    status, stdout, stderr = run(content)
    assert (status, stderr) == (0, "")
    result: dict[str, Any] = json.loads(stdout)
    return result


def refused(content: object) -> list[str]:
    status, stdout, stderr = run(content)
    assert (status, stdout) == (2, "")
    assert "Traceback" not in stderr
    return stderr.splitlines()


def document(**changes: Any) -> dict[str, Any]:
    return {"edition": "iid-2026", "institution": {"1": 3}, "innovations": [innovation()]} | changes


def innovation(**changes: Any) -> dict[str, Any]:
    return {"code": "x", "affair": "kesehatan", "status": "accepted", "levels": {"16": 2, "35": 1}} | changes


def given_by(case: dict[str, Any]) -> dict[str, Any]:
    edition = load(case["edition"])
    return {
        "edition": case["edition"],
        "institution": spread(case["institution"], edition.institution_codes),
        "innovations": [
            {
                "code": each.code,
                "affair": each.affair,
                "status": "accepted" if each.accepted else "rejected",
                "levels": each.levels,
            }
            for each in innovations(edition, case["innovations"])
        ],
    }


@pytest.mark.parametrize("case", cases("index"), ids=lambda case: case["name"])
def test_the_command_gives_the_worked_examples(case: dict[str, Any]) -> None:
    result = scored(given_by(case))
    assert {name: result[name] for name in case["expected"]} == case["expected"]


@pytest.mark.parametrize("case", cases("index"), ids=lambda case: case["name"])
def test_printed_lines_add_up_to_what_is_printed_above_them(case: dict[str, Any]) -> None:
    result = scored(given_by(case))
    assert sum(Decimal(line["points"]) for line in result["lines"]) == Decimal(result["total"])
    for each in result["innovations"]:
        assert sum(Decimal(line["points"]) for line in each["lines"]) == Decimal(each["maturity"])


def test_the_output_has_exactly_the_documented_keys() -> None:
    result = scored(document())
    assert list(result) == KEYS
    assert list(result["innovations"][0]) == ["code", "maturity", "lines"]
    keys = {tuple(line) for line in [*result["lines"], *result["innovations"][0]["lines"]]}
    assert keys == {("code", "label", "level", "weight", "points", "source")}
    assert result["digest"] == load("iid-2026").digest
    assert [each["path"] for each in result["unverified"]] == [each.path for each in load("iid-2026").unverified]


def test_the_lines_are_the_institution_then_the_mean_then_the_count() -> None:
    lines = scored(document())["lines"]
    assert [line["code"] for line in lines] == [*load("iid-2026").institution_codes, "kematangan", "36"]
    assert lines[0] == {
        "code": "1",
        "label": "Visi dan Misi",
        "level": 3,
        "weight": "1",
        "points": "3",
        "source": "bskdn-2026",
    }
    assert [(line["level"], line["weight"]) for line in lines[-2:]] == [(None, None), (None, "0.38")]


def test_numbers_are_plain_decimal_strings() -> None:
    text = json.dumps(scored(given_by(cases("index")[0])))
    assert re.findall(r'"(?:points|total|maturity)": "([^"]*[eE+][^"]*)"', text) == []
    assert '"index": "100.00"' in text


def test_nothing_sent_is_a_score_too() -> None:
    result = scored({"edition": "iid-2026", "institution": {}, "innovations": []})
    assert (result["index"], result["band"], result["innovations"]) == ("0.00", "tidak-dapat-dinilai", [])


def test_a_byte_order_mark_is_tolerated() -> None:
    assert scored(b"\xef\xbb\xbf" + json.dumps(document()).encode())["reported"] == 1


LEVEL = "harus bilangan bulat 0 sampai 3, bukan"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (document(edition="iid-1999"), '$.edition: edisi "iid-1999" tidak dikenal; yang tersedia: iid-2023, iid-2024, iid-2025, iid-2026, iid-2027, iid-2028, iid-2029'),
        (document(edition="../seals"), '$.edition: edisi "../seals" tidak dikenal; yang tersedia: iid-2023, iid-2024, iid-2025, iid-2026, iid-2027, iid-2028, iid-2029'),
        (document(edition=2026), "$.edition: harus teks, bukan 2026"),
        (document(institution=[]), "$.institution: harus objek, bukan larik"),
        (document(institution={"16": 1}), "$.institution.16: indikator tidak dikenal; yang ada: 1, 2a, 2b, 3, 4, 5a, 5b, 6, 7, 8, 9, 10a, 10b, 11a, 11b, 12, 13a, 13b, 14, 15"),
        (document(institution={"1": 4}), f"$.institution.1: {LEVEL} 4"),
        (document(institution={"1": -1}), f"$.institution.1: {LEVEL} -1"),
        (document(institution={"1": True}), f"$.institution.1: {LEVEL} true"),
        (document(institution={"1": 2.0}), f"$.institution.1: {LEVEL} 2.0"),
        (document(institution={"1": "2"}), f'$.institution.1: {LEVEL} "2"'),
        (document(institution={"1": None}), f"$.institution.1: {LEVEL} null"),
        (document(institution={"1": float("nan")}), f"$.institution.1: {LEVEL} NaN"),
        (document(institution={"1": float("inf")}), f"$.institution.1: {LEVEL} Infinity"),
        (document(institution={"1": [3]}), f"$.institution.1: {LEVEL} larik"),
        (document(institution={"1": {}}), f"$.institution.1: {LEVEL} objek"),
        (document(institution={"1": "z" * 99}), f'$.institution.1: {LEVEL} "{"z" * 59}...'),
        (document(innovations={}), "$.innovations: harus larik, bukan objek"),
        (document(innovations=[7]), "$.innovations[0]: harus objek, bukan 7"),
        (document(innovations=[innovation(code=7)]), "$.innovations[0].code: harus teks, bukan 7"),
        (document(innovations=[innovation(code="")]), "$.innovations[0].code: panjangnya harus 1 sampai 200 huruf"),
        (document(innovations=[innovation(code="x" * 201)]), "$.innovations[0].code: panjangnya harus 1 sampai 200 huruf"),
        (document(innovations=[innovation(code="a\nb")]), "$.innovations[0].code: memuat huruf yang tidak dapat ditulis"),
        (document(innovations=[innovation(code="\ud800")]), "$.innovations[0].code: memuat huruf yang tidak dapat ditulis"),
        (document(innovations=[innovation(), innovation()]), "$.innovations[1].code: sudah dipakai oleh $.innovations[0]"),
        (document(innovations=[innovation(affair="angkasa")]), '$.innovations[0].affair: urusan "angkasa" tidak dikenal; daftarnya ada pada edisi iid-2026'),
        (document(innovations=[innovation(affair=["kesehatan"])]), "$.innovations[0].affair: harus teks, bukan larik"),
        (document(innovations=[innovation(status="maybe")]), '$.innovations[0].status: harus accepted atau rejected, bukan "maybe"'),
        (document(innovations=[innovation(status=["accepted"])]), "$.innovations[0].status: harus accepted atau rejected, bukan larik"),
        (document(innovations=[innovation(levels=[])]), "$.innovations[0].levels: harus objek, bukan larik"),
        (document(innovations=[innovation(levels={"16": 9})]), f"$.innovations[0].levels.16: {LEVEL} 9"),
        (document(innovations=[innovation(levels={"36": 1})]), "$.innovations[0].levels.36: indikator tidak dikenal; yang ada: " + ", ".join(map(str, range(16, 36)))),
        (document(innovations=[innovation(note=1)]), "$.innovations[0].note: kunci tidak dikenal; yang boleh: code, affair, status, levels"),
        (document(extra=1), "$.extra: kunci tidak dikenal; yang boleh: edition, institution, innovations"),
        (document(**{"a b\n": 1}), '$["a b\\n"]: kunci tidak dikenal; yang boleh: edition, institution, innovations'),
        ([], "$: harus objek, bukan larik"),
        ("text", '$: harus objek, bukan "text"'),
        (b"null", "$: harus objek, bukan null"),
        (b"", "$: bukan JSON yang sah (baris 1, kolom 1)"),
        (b"{", "$: bukan JSON yang sah (baris 1, kolom 2)"),
        (b'{"a": 1} x', "$: bukan JSON yang sah (baris 1, kolom 10)"),
        (b"{'a': 1}", "$: bukan JSON yang sah (baris 1, kolom 2)"),
        (b'{"a": "\xff"}', "$: bukan UTF-8 (bita ke-8)"),
        (b"[" * 100_000, "$: kurung bersarang terlalu dalam"),
        (b'{"a":' * 100_000, "$: kurung bersarang terlalu dalam"),
        (b'{"edition": ' + b"9" * 5000 + b"}", "$: ada bilangan yang terlalu panjang"),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else "",
)  # fmt: skip
def test_wrong_input_is_refused_with_its_path_and_prints_nothing(content: object, fault: str) -> None:
    found = refused(content)
    assert found[0] == fault
    whole = isinstance(content, bytes) or not isinstance(content, dict)
    assert whole or found == [fault]


def test_repeated_keys_are_refused_wherever_they_stand() -> None:
    text = (
        b'{"edition": "iid-2026", "edition": "iid-2026", "institution": {"1": 1, "1": 2}, "innovations": '
        b'[{"code": "x", "code": "y", "affair": "sosial", "status": "accepted", "levels": {"16": 1, "16": 1}}]}'
    )
    assert refused(text) == [
        f"{path}: kunci ditulis lebih dari sekali"
        for path in ("$.edition", "$.institution.1", "$.innovations[0].code", "$.innovations[0].levels.16")
    ]


def test_missing_keys_are_all_named() -> None:
    assert refused({}) == [f"$.{key}: wajib ada" for key in ("edition", "institution", "innovations")]
    assert refused(document(innovations=[{}])) == [
        f"$.innovations[0].{key}: wajib ada" for key in ("code", "affair", "status", "levels")
    ]


def test_faults_are_reported_together_one_per_line() -> None:
    found = refused(
        document(institution={"1": 9, "2a": "1"}, innovations=[innovation(status="x"), innovation(levels=1)])
    )
    assert [line.split(": ")[0] for line in found] == [
        "$.institution.1",
        "$.institution.2a",
        "$.innovations[0].status",
        "$.innovations[1].code",
        "$.innovations[1].levels",
    ]


def test_input_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_input, "MAX_BYTES", 1024 * 1024)
    assert refused(b" " * (1024 * 1024 + 1)) == ["$: masukan melebihi 1 MB"]


def test_a_file_is_read_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "daerah.json"
    path.write_text(json.dumps(document()))
    stdout, stderr = io.StringIO(), io.StringIO()
    assert main([str(path)], io.StringIO(), stdout, stderr) == 0
    assert (json.loads(stdout.getvalue()), stderr.getvalue()) == (scored(document()), "")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("tidak-ada.json", "tidak ditemukan"), (".", "adalah folder"), ("nol\0.json", "tidak dapat dibaca")],
)
def test_a_file_that_cannot_be_read_is_refused(name: str, reason: str, tmp_path: Path) -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    path = str(tmp_path / name)
    assert main([path], io.StringIO(), stdout, stderr) == 2
    assert (stdout.getvalue(), stderr.getvalue()) == ("", f"$: berkas {path!r} {reason}\n")


@pytest.mark.parametrize(
    "argv", [[], ["a", "b"], ["-", "--format"], ["-", "--format", "xml"], ["-", "--format=xml"], ["--warna", "-"]]
)
def test_a_wrong_command_line_is_refused(argv: list[str]) -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    assert main(argv, io.StringIO("{}"), stdout, stderr) == 2
    assert stdout.getvalue() == ""
    assert stderr.getvalue().startswith("pamong score: ")


def test_help_is_given_in_indonesian() -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    assert main(["--help"], io.StringIO(), stdout, stderr) == 0
    assert stdout.getvalue().startswith("Pemakaian: pamong score BERKAS.json [--format json|table]\n")
    assert stderr.getvalue() == ""


def test_the_table_is_for_people() -> None:
    case = next(case for case in cases("index") if case["name"] == "inovasi yang ditolak tetap menjadi pembagi")
    status, stdout, stderr = run(given_by(case), "--format", "table")
    assert (status, stderr) == (0, "")
    lines = stdout.splitlines()
    assert lines[1:4] == [
        "Indeks 41,82: Inovatif",
        "Kurang 23,19 lagi untuk Sangat inovatif",
        "Dilaporkan 12, diterima 9, pembagi 12, urusan pelayanan dasar 5 dari 6",
    ]
    assert "           Jumlah                                                104,56 / 250" in lines
    assert lines.count("1-0: kematangan 0 (ditolak)") == 1
    assert "Belum pasti pada edisi ini:" in lines


def test_a_terminal_without_the_letters_still_gets_the_table() -> None:
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(document(innovations=[innovation(code="ñ→x")])).encode()))
    stdout = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert main(["-", "--format=table"], stdin, stdout, io.StringIO()) == 0
    stdout.seek(0)
    assert "??x: kematangan 10" in stdout.read()


def test_the_command_runs_as_a_process() -> None:
    command = [sys.executable, "-m", "pamong.engine.cli_score", "-"]
    done = subprocess.run(command, input=json.dumps(document()), capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout), done.stderr) == (0, scored(document()), "")


def test_the_example_of_the_reference_page_is_true() -> None:
    given, printed = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[:2]
    expected, found = json.loads(printed), scored(given.encode())
    assert {name: found[name] for name in expected} == expected


def test_the_refusals_of_the_reference_page_are_true() -> None:
    given = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)[2]
    printed = re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)[0]
    assert refused(given.encode()) == printed.splitlines()


def test_the_reference_page_names_every_key_of_the_output() -> None:
    assert [key for key in KEYS if f"| `{key}` |" not in DOCUMENT] == []
