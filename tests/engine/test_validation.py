"""A faulty edition is refused, and the message says where, on which line, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from pamong.engine.edition import FOLDER, EditionInvalid, Fault, parse
from pamong.engine.faults import line_numbers

TEXT = (FOLDER / "iid-2026.toml").read_text(encoding="utf-8")


def faults(old: str, new: str, text: str = TEXT) -> tuple[Fault, ...]:
    """The faults of the edition of 2026 with ``old`` replaced, once, by ``new``."""
    assert old in text
    with pytest.raises(EditionInvalid) as refused:
        parse(text.replace(old, new, 1).encode(), file="coba.toml")
    return refused.value.faults


WEIGHT_OF_16 = 'name = "Regulasi Inovasi Daerah"\nvariable = "infrastruktur"\nweight = 3'
FIRST_LEVELS = '  { level = 2, text = "Kepala daerah memiliki visi yang memuat inovasi" },\n'
INOVATIF = "lower = 40.01\nupper = 65.00"


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        (WEIGHT_OF_16, WEIGHT_OF_16.replace("3", "4"), "declared.maturity", "tertulis 111, tetapi jumlahnya 114."),
        (WEIGHT_OF_16, WEIGHT_OF_16.replace("3", "-1"), "innovation[0].weight", "bobot -1 tidak dapat dipakai."),
        (WEIGHT_OF_16, WEIGHT_OF_16.replace("3", "3.00001"), "innovation[0].weight", "bobot 3.00001 tidak dapat dipakai."),
        ("weight = 0.38", "weight = 0.37", "declared.count", "tertulis 76, tetapi jumlahnya 74.00."),
        ("weight = 0.38", "weight = -0.38", "count.weight", "bobot tidak dapat dipakai."),
        ("total = 250", "total = 251", "declared.total", "tertulis 251, tetapi jumlahnya 250."),
        ('code = "2a"', 'code = "1"', "institution[1].code", "kode '1' dipakai dua kali."),
        ('code = "2a"', 'code = "16"', "innovation[0].code", "kode '16' juga ada di institution."),
        (FIRST_LEVELS, "", "institution[0].levels", "tingkat yang ada [1, 3]."),
        (FIRST_LEVELS, FIRST_LEVELS.replace("Kepala daerah memiliki visi yang memuat inovasi", " "), "institution[0].levels[1]", "teks kosong."),
        (FIRST_LEVELS, FIRST_LEVELS.replace(" }", ", at_least = 1 }"), "institution[0].levels[1]", "ada batas angka tetapi tidak ada measure."),
        (", at_least = 8.17", "", "institution[3].levels[2]", "batas angka belum ada."),
        ("at_least = 8.17", "at_least = -60", "institution[3].levels[2]", "batas -60 tidak lebih berat daripada -50.33."),
        ("at_most = 2.35", "at_most = 7", "institution[6].levels[2]", "batas 7 tidak lebih berat daripada 5.92."),
        ('(WTP)", level = 3', '(WTP)", level = 4', "institution[9].options[4]", "tingkat 4 tidak ada."),
        (INOVATIF, "lower = 40.01\nupper = 65.02", "bands[1]", "predikat inovatif bertumpang tindih dengan sangat-inovatif."),
        (INOVATIF, "lower = 40.01\nupper = 64.00", "bands[1]", "predikat inovatif berjarak dari sangat-inovatif."),
        ("upper = 100", "upper = 99", "bands", "predikat harus meliputi 100 sampai 0, bukan 99 sampai 0."),
        ('"ketenteraman", "sosial"]', '"ketenteraman", "angkasa"]', "count.affairs[5]", "'angkasa' bukan urusan pelayanan dasar."),
        ('"ketenteraman", "sosial"]', '"ketenteraman", "pangan"]', "count.affairs[5]", "'pangan' bukan urusan pelayanan dasar."),
        ("affairs_minimum = 5", "affairs_minimum = 7", "count.affairs_minimum", "melebihi banyaknya urusan yang dihitung."),
        ('"region-2"', '"region-9"', "formula", "'region-9' tidak dikenal."),
        ('"region-2"', '"region-1"', "count.affairs_minimum", "region-1 tidak mengenal syarat urusan."),
        ('mode = "half-up"', 'mode = "half-even"', "rounding.mode", "'half-even' tidak dikenal."),
        ("floor = 12", "floor = 0", "divisor.floor", "pembagi paling kecil harus sedikitnya 1."),
        ('max_entries = 2\ndevelopment_renews = true\nsource = "bskdn-2026"', 'max_entries = 2\ndevelopment_renews = true\nsource = "kabar"', "window.source", "sumber 'kabar' tidak ada di sources."),
        ('variable = "institusi"', 'variable = "istana"', "institution[0].variable", "'istana' tidak ada di variables."),
        ('stages = ["penerapan"]', 'stages = ["panen"]', "window.stages", "tahapan 'panen' tidak ada di stages."),
        ('without_innovations = ""', 'without_innovations = "biasa"', "banding.without_innovations", "predikat tidak dikenal."),
        ('type = "longtext"', 'type = "puisi"', "fields[17].type", "jenis 'puisi' tidak dikenal."),
        ('options = "stages"', 'options = "sources"', "fields[2].options", "pilihan tidak cocok dengan jenis isian."),
        ("min_words = 300\n\n", "min_words = 300\nmax_words = 200\n\n", "fields[17]", "min_words melebihi max_words."),
        ('path = "count.uses"', 'path = "count.hopes"', "unverified[1].path", "'count.hopes' tidak menunjuk apa pun."),
        ('years = ["T-0"]', 'years = ["2026"]', "institution[0].evidence.years", "tahun '2026' tidak dikenal."),
        ('code = "peran", label', 'code = "surat", label', "innovation[1].evidence.requirements[1].code", "kode 'surat' dipakai dua kali."),
        ("from_level = 2 },", "from_level = 5 },", "institution[15].evidence.requirements[1]", "minimum atau from_level di luar batas."),
        ('confidence = "V2"', 'confidence = "yakin"', "declared.confidence", "nilai 'yakin' tidak dikenal."),
        ("cap = 200", "cap = 200\ncup = 1", "count.cup", "kunci tidak dikenal."),
        ("cap = 200\n", "", "count.cap", "belum diisi."),
        ("cap = 200", "cap = true", "count.cap", "harus bilangan bulat, bukan True."),
        ("cap = 200", 'cap = "200"', "count.cap", "harus bilangan bulat, bukan '200'."),
        ("weight = 0.38", "weight = nan", "count.weight", "harus bilangan berhingga, bukan Decimal('NaN')."),
        ("issued = 2026-04-29", "issued = 2026-04-29T10:00:00", "issued", "harus tanggal, bukan "),
        ("mandatory = true", 'mandatory = "ya"', "institution[0].mandatory", "harus true atau false, bukan 'ya'."),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_path(old: str, new: str, path: str, message: str) -> None:
    consequences = {"declared.maturity", "declared.count"} - {path}  # a wrong weight also makes a wrong sum
    found = {fault.path: fault for fault in faults(old, new) if fault.path not in consequences}
    assert list(found) == [path]
    assert found[path].message.startswith(message)
    assert found[path].remedy
    assert found[path].line > 0


def test_a_mandatory_indicator_without_evidence_is_a_fault() -> None:
    start = TEXT.index("requirements = [\n", TEXT.index('name = "Ketersediaan dan peran SDM"'))
    end = TEXT.index("\n]\n", start) + 3
    found = faults(TEXT[start:end], "requirements = []\n")
    assert [fault.path for fault in found] == ["innovation[1].evidence.requirements"]


def test_a_fault_names_file_and_line_of_the_data() -> None:
    fault = faults("at_least = 8.17", "at_least = -60")[0]
    line = (
        TEXT.replace("at_least = 8.17", "at_least = -60", 1)
        .splitlines()
        .index('  { level = 3, text = "Perubahan jumlah izin ≥ 8,17%", at_least = -60 },')
    )
    assert fault.line == line + 1
    assert str(fault) == (
        f"coba.toml:{line + 1}: institution[3].levels[2]: batas -60 tidak lebih berat daripada -50.33. Urutkan batasnya."
    )


def test_all_faults_are_reported_together() -> None:
    text = TEXT.replace("cap = 200", 'cap = "banyak"', 1)
    assert {fault.path for fault in faults("floor = 12\n", "", text)} == {"divisor.floor", "count.cap"}


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff", "bukan UTF-8"), (b"a = ", "bukan TOML yang sah"), (b"a = 1\na = 2", "bukan TOML yang sah")],
)
def test_what_cannot_be_read_is_refused_with_the_name_of_the_file(content: bytes, message: str) -> None:
    with pytest.raises(EditionInvalid) as refused:
        parse(content, file="coba.toml")
    assert str(refused.value).startswith(f"coba.toml: (akar): {message}")


def test_an_empty_edition_lists_every_missing_key() -> None:
    with pytest.raises(EditionInvalid) as refused:
        parse(b"")
    paths = {fault.path for fault in refused.value.faults}
    assert {"code", "year", "bands", "innovation"} <= paths
    assert {fault.message for fault in refused.value.faults} == {"belum diisi."}


def test_lines_are_found_below_nested_tables() -> None:
    lines = line_numbers("a = 1\n[[b]]\nc = [\n  { d = 1 },\n  { d = 2 },\n]\n[b.e]\nf = 1\n[[b]]\n[[b.g]]\nh = 2\n")
    assert lines == {
        "a": 1, "b": 2, "b[0]": 2, "b[0].c": 3, "b[0].c[0]": 4, "b[0].c[1]": 5, "b[0].e": 7, "b[0].e.f": 8,
        "b[1]": 9, "b[1].g": 10, "b[1].g[0]": 10, "b[1].g[0].h": 11,
    }  # fmt: skip


def test_shipped_editions_have_no_faults() -> None:
    for path in sorted(Path(FOLDER).glob("iid-*.toml")):
        parse(path.read_bytes(), file=path.name)
