"""``pamong composite`` keeps its contract (docs/reference/composite.md): a result, or a reason for every fault and nothing else."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pamong.engine.cli_composite import main
from pamong.engine.composite import spec_input, table

DOCUMENT = (Path(__file__).parents[3] / "docs/reference/composite.md").read_text(encoding="utf-8")
JSONS = re.findall(r"```json\n(.*?)```", DOCUMENT, re.DOTALL)
CSVS = re.findall(r"```csv\n(.*?)```", DOCUMENT, re.DOTALL)
TEXTS = re.findall(r"```text\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture
def run(tmp_path: Path) -> Any:
    def go(spec: Any, data: str | bytes, *options: str) -> tuple[int, str, str]:
        (tmp_path / "s.json").write_bytes(spec if isinstance(spec, bytes) else json.dumps(spec).encode())
        (tmp_path / "d.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
        stdout, stderr = io.StringIO(), io.StringIO()
        status = main([str(tmp_path / "s.json"), str(tmp_path / "d.csv"), *options], io.StringIO(), stdout, stderr)
        return status, stdout.getvalue(), stderr.getvalue()

    return go


@pytest.fixture
def computed(run: Any) -> Any:
    def go(*given: Any) -> dict[str, Any]:
        status, stdout, stderr = run(*given)
        assert (status, stderr) == (0, "")
        result: dict[str, Any] = json.loads(stdout)
        return result

    return go


@pytest.fixture
def refused(run: Any) -> Any:
    def go(*given: Any) -> list[str]:
        status, stdout, stderr = run(*given)
        assert (status, stdout) == (2, "")
        assert "Traceback" not in stderr
        return str(stderr).splitlines()

    return go


def of(*children: Any, **more: Any) -> dict[str, Any]:
    return {"id": "id", "tree": {"name": "i", "children": list(children)}} | more


A = {"column": "a"}
DATA = "id,a,b\nx,1,10\ny,2,5\nz,3,\n"


def test_the_example_of_the_reference_page_is_true(computed: Any) -> None:
    found = computed(JSONS[0].encode(), CSVS[0])
    assert found["rows"][1] == json.loads(JSONS[1])


def test_the_refusals_of_the_reference_page_are_true(refused: Any) -> None:
    assert refused(JSONS[3].encode(), CSVS[0]) == TEXTS[0].splitlines()
    assert refused(JSONS[0].encode(), CSVS[1]) == TEXTS[1].splitlines()


def test_the_alternatives_of_the_reference_page_are_understood(computed: Any) -> None:
    more = json.loads("{" + JSONS[2] + "}")
    scale = {"normalise": {"method": "minmax", "range": [1, 2]}}
    assert "geometric" in more["alternatives"]["aggregate"]
    more["alternatives"]["normalise"] = [{"method": "zscore", "mean": 100, "sd": 10}, {"method": "rank"}]
    assert computed(of(A, **scale, **more), DATA, "--draws", "10")["simulation"]["draws"] == 10


def test_the_reference_page_names_every_key_of_the_output(computed: Any) -> None:
    found = computed(of(A), DATA, "--draws", "2")
    keys = [*found, *found["rows"][0], *found["simulation"], *found["rows"][0]["rank_distribution"]]
    assert [key for key in keys if f"`{key}`" not in DOCUMENT and key != "id"] == []


def test_rows_keep_their_order_and_ties_share_a_rank(computed: Any) -> None:
    found = computed(of(A), "id,a\nq,1\np,3\nr,3\n")
    assert [(row["id"], row["rank"]) for row in found["rows"]] == [("q", 3), ("p", 1), ("r", 1)]


def test_a_row_without_values_has_null_everywhere(computed: Any) -> None:
    found = computed(of(A, {"column": "b"}), "id,a,b\nx,,\ny,1,2\n", "--draws=5", "--seed=3", "--weight-noise=0.1")
    assert found["rows"][0] == {
        "id": "x", "score": None, "rank": None, "scores": {"i": None}, "ranks": {"i": None},
        "indicators": {"a": None, "b": None}, "rank_distribution": None,
    }  # fmt: skip
    assert found["simulation"] == {"draws": 5, "seed": 3, "weight_noise": 0.1}


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfid;a;b\r\nx;1;10\r\ny;2;5\r\n",
        "id\ta\tb\nx\t1,0\t10\ny\t2,0\t5\n",
        '\n"id", a ,b\n\n x ,1,"10"\n\ny,2.0,5e0\n',
        "b,extra,a,id\n10,?,1,x\n5,,2,y\n",
    ],
)
def test_tables_are_read_in_the_forms_spreadsheets_write(data: str | bytes, computed: Any) -> None:
    found = computed(of(A, {"column": "b"}), data)
    assert [(row["id"], row["score"]) for row in found["rows"]] == [("x", 50), ("y", 50)]


def test_a_line_break_in_a_cell_does_not_shift_the_lines(refused: Any) -> None:
    assert refused(of(A), 'id,a,b\n"x\ny",1,2\nz,?,3\n') == ['baris 4: kolom "a" harus angka atau kosong, bukan "?"']


NUMBER = 'baris 2: kolom "a" harus angka atau kosong, bukan'


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (
            "",
            ['baris 1: kolom "id" tidak ada; yang ada: tidak ada', 'baris 1: kolom "a" tidak ada; yang ada: tidak ada'],
        ),
        ("id,b\nx,1\n", ['baris 1: kolom "a" tidak ada; yang ada: "id", "b"']),
        ("id,a,a\nx,1,1\n", ['baris 1: kolom "a" ada lebih dari satu']),
        ("id,a\n", ["baris 2: tidak ada baris data"]),
        ("id,a\nx,nan\n", [f'{NUMBER} "nan"']),
        ("id,a\nx,-inf\n", [f'{NUMBER} "-inf"']),
        ("id,a\nx,1e999\n", [f'{NUMBER} "1e999"']),
        ("id,a\nx,1_000\n", [f'{NUMBER} "1_000"']),
        ("id,a\nx,-\n", [f'{NUMBER} "-"']),
        ("id,a\nx,٣\n", [f'{NUMBER} "\\u0663"']),
        ("id,a\nx,0x10\n", [f'{NUMBER} "0x10"']),
        ('id,a\nx,"1,5"\n', [f'{NUMBER} "1,5"']),
        ("id;a\ny;1.5\nx;1,5\n", [f'{NUMBER} "1.5"']),
        ("id,a\nx,1\nx,2\n", ['baris 3: pengenal "x" sudah dipakai pada baris 2']),
        ("id,a\n,1\n", ["baris 2: pengenal baris kosong"]),
        ("id,a\nx,1,2\n", ["baris 2: ada 3 sel, seharusnya 2"]),
        ('id,a\nx,"1\n', ["baris 2: tanda kutip tidak berpasangan atau sel terlalu panjang"]),
        (b"id,a\nx,\xff\n", ["baris 2: bukan UTF-8; simpan ulang berkas sebagai CSV UTF-8"]),
    ],
)
def test_a_wrong_table_is_refused_by_its_line(data: str | bytes, faults: list[str], refused: Any) -> None:
    assert refused(of(A), data) == faults


@pytest.mark.parametrize(
    ("spec", "faults"),
    [
        ({}, ["$.id: wajib ada", "$.tree: wajib ada"]),
        ([], ["$: harus objek, bukan larik"]),
        (of(A, extra=1), ["$.extra: kunci tidak dikenal; yang boleh: id, tree, normalise, aggregate, outliers, missing, alternatives"]),
        ({"id": 1, "tree": A}, ["$.id: harus teks yang tidak kosong, bukan 1", "$.tree: akar pohon harus punya children"]),
        (of(), ["$.tree.children: harus larik yang tidak kosong, bukan larik kosong"]),
        (of(A, A), ['$.tree.children[1].column: nama "a" sudah dipakai oleh $.tree.children[0]; beri name yang lain']),
        (of({"name": "i", "children": [A]}), ['$.tree.children[0].name: nama "i" sudah dipakai oleh $.tree; beri name yang lain']),
        (of({"column": "id"}), ["$.tree.children[0].column: kolom pengenal baris tidak dapat menjadi indikator"]),
        (of({"column": "a", "weight": 0}), ["$.tree.children: paling sedikit satu bobot harus lebih dari nol"]),
        (of({"column": "a", "weight": True}), ["$.tree.children[0].weight: harus angka, bukan true", "$.tree.children: paling sedikit satu bobot harus lebih dari nol"]),
        (of({"column": "a", "weight": "1"}), ['$.tree.children[0].weight: harus angka, bukan "1"', "$.tree.children: paling sedikit satu bobot harus lebih dari nol"]),
        (of({"column": "a", "direction": 1.0}), ["$.tree.children[0].direction: harus 1 atau -1, bukan 1.0"]),
        (of({"column": "a", "children": []}), ["$.tree.children[0].column: kunci tidak dikenal; yang boleh: name, children, weight, aggregate", "$.tree.children[0].name: wajib ada", "$.tree.children[0].children: harus larik yang tidak kosong, bukan larik kosong"]),
        (of(A, normalise={"method": "minmax", "range": [1, 1]}), ["$.normalise.range: angka pertama harus lebih kecil daripada yang kedua"]),
        (of(A, normalise={"method": "minmax", "range": [0]}), ["$.normalise.range: harus dua angka, misalnya [0, 100], bukan larik"]),
        (of(A, normalise={"method": "zscore", "range": [0, 1]}), ["$.normalise.range: kunci tidak dikenal; yang boleh: method, mean, sd"]),
        (of(A, normalise={"range": [0, 1]}), ["$.normalise.method: wajib ada"]),
        (of(A, normalise="percentile"), ['$.normalise: harus salah satu dari minmax, zscore, rank, goalposts, none, bukan "percentile"']),
        (of(A, normalise="goalposts"), ["$.tree.children[0].goalposts: wajib ada karena $.normalise memilih goalposts"]),
        (of({"column": "a", "direction": -1}, normalise="none"), ["$.tree.children[0].direction: -1 perlu skala, sedangkan $.normalise memilih none"]),
        (of({"column": "a", "transform": "log", "goalposts": [0, 1]}), ["$.tree.children[0].goalposts: harus lebih dari nol karena transform memilih log"]),
        (of(A, outliers={"method": "percentile", "percentiles": [95, 101]}), ["$.outliers.percentiles[1]: harus antara 0 dan 100, bukan 101"]),
        (of(A, missing="zero"), ['$.missing: harus salah satu dari siblings, error, bukan "zero"']),
        (of(A, alternatives={"aggregate": []}), ["$.alternatives.aggregate: harus larik yang tidak kosong, bukan larik kosong"]),
        (of(A, alternatives={"aggregate": ["x"], "bobot": [1]}), ["$.alternatives.bobot: kunci tidak dikenal; yang boleh: normalise, aggregate, outliers", '$.alternatives.aggregate[0]: harus salah satu dari arithmetic, geometric, harmonic, copeland, bukan "x"']),
        (b'{"id": "id", "tree": {"name": "i", "children": [{"column": "a", "weight": NaN}]}}', ["$.tree.children[0].weight: harus angka, bukan NaN", "$.tree.children: paling sedikit satu bobot harus lebih dari nol"]),
        (b'{"id": "id", "id": "id", "tree": {"name": "i", "children": [{"column": "a"}]}}', ["$.id: kunci ditulis lebih dari sekali"]),
        (b"{", ["$: bukan JSON yang sah (baris 1, kolom 2)"]),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_a_wrong_specification_is_refused_by_its_path(spec: Any, faults: list[str], refused: Any) -> None:
    found = refused(spec, DATA)
    assert found[: len(faults)] == faults


def test_a_tree_too_deep_or_too_large_is_refused(refused: Any) -> None:
    node: dict[str, Any] = A
    for level in range(12):
        node = {"name": f"g{level}", "children": [node]}
    deep = "$.tree" + ".children[0]" * 12
    assert refused({"id": "id", "tree": node}, DATA) == [f"{deep}: pohon lebih dari 12 tingkat atau 2000 simpul"]
    wide = of(*({"column": f"c{n}"} for n in range(spec_input.MAX_NODES + 5)))
    assert refused(wide, DATA)[0].endswith("pohon lebih dari 12 tingkat atau 2000 simpul")


def test_of_very_many_faults_the_first_hundred_are_told(refused: Any) -> None:
    found = refused(of(A), "id,a\n" + "".join(f"{n},?\n" for n in range(150)))
    assert (len(found), found[0][:8], found[-1]) == (101, "baris 2:", "baris 1: dan 50 kesalahan lain")


def test_too_many_rows_are_refused(refused: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_ROWS", 2)
    assert refused(of(A), DATA) == ["baris 4: lebih dari 2 baris data"]
    monkeypatch.undo()
    many = "id,a\n" + "".join(f"{n},{n}\n" for n in range(4097))
    assert refused(of(A), many, "--draws", "1") == ["baris 4098: simulasi paling banyak untuk 4096 baris"]


@pytest.mark.parametrize(
    ("argv", "fault"),
    [
        ([], "sebutkan SPEC.json lalu DATA.csv; salah satu boleh -; lihat --help"),
        (["-", "-"], "sebutkan SPEC.json lalu DATA.csv; salah satu boleh -; lihat --help"),
        (["a", "b", "--warna"], "pilihan '--warna' tidak dikenal; lihat --help"),
        (["a", "b", "--draws"], "--draws harus bilangan bulat 1 sampai 1000000, bukan ''"),
        (["a", "b", "--draws", "0"], "--draws harus bilangan bulat 1 sampai 1000000, bukan '0'"),
        (["a", "b", "--draws", "1.5"], "--draws harus bilangan bulat 1 sampai 1000000, bukan '1.5'"),
        (["a", "b", "--seed", "1"], "--seed hanya berarti bersama --draws"),
        (["a", "b", "--draws=9", "--seed=-1"], f"--seed harus bilangan bulat 0 sampai {2**63 - 1}, bukan '-1'"),
        (["a", "b", "--draws=9", "--weight-noise=1"], "--weight-noise harus dari 0 sampai kurang dari 1, bukan '1'"),
        (["a", "b", "--draws=9", "--weight-noise=nan"], "--weight-noise harus dari 0 sampai kurang dari 1, bukan 'nan'"),
        (["a", "b", "--draws=9", "--weight-noise=x"], "--weight-noise harus dari 0 sampai kurang dari 1, bukan 'x'"),
    ],
)  # fmt: skip
def test_a_wrong_command_line_is_refused(argv: list[str], fault: str) -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    assert main(argv, io.StringIO(), stdout, stderr) == 2
    assert (stdout.getvalue(), stderr.getvalue()) == ("", f"pamong composite: {fault}\n")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    stdout, stderr = io.StringIO(), io.StringIO()
    path = str(tmp_path / "tidak-ada.json")
    assert main([path, path], io.StringIO(), stdout, stderr) == 2
    assert (stdout.getvalue(), stderr.getvalue()) == ("", f"$: berkas {path!r} tidak ditemukan\n")


def test_help_is_given_in_indonesian() -> None:
    stdout = io.StringIO()
    assert main(["--help"], io.StringIO(), stdout, io.StringIO()) == 0
    assert stdout.getvalue().startswith("Pemakaian: pamong composite SPEC.json DATA.csv [--draws N]")


def test_the_command_runs_as_a_process_and_reads_standard_input(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps(of(A)))
    command = [sys.executable, "-m", "pamong.engine.cli_composite", str(tmp_path / "s.json"), "-", "--draws", "9"]
    done = subprocess.run(command, input=DATA, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["rank"] for row in json.loads(done.stdout)["rows"]] == [3, 2, 1]
