"""A small sample of the corpus, judged as it ought to be; the whole table is made by ``make evidence-checks``."""

from __future__ import annotations

from pathlib import Path

import pytest

from pamong.reading.reader import Limits
from tests.reading import measure
from tests.reading.corpus import papers
from tests.reading.corpus.cases import Case, cases

# One of each born digital: reading scans takes too long for every run of the tests.
SAMPLE = (
    "decree-0", "invitation-0", "assignment-0", "agreement-0", "attendance-0", "report-0", "sop-0", "manual-0", "budget-0", "number-blank-0",
    "draft-0", "date-blank-0", "date-future-0", "all-blank-0", "signed-0", "altered-0", "written-over-0", "qr-0", "video-long-0", "video-cut-0",
    "link-link-drive-0", "link-link-malformed-0", "link-good-0",
)  # fmt: skip
BY_NAME = {case.name: case for half in ("seen", "held") for case in cases(half)}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(measure, "CACHE", tmp_path)
    (tmp_path / "root.pem").write_bytes(papers.authority(papers.AUTHORITY)[0])
    return str(tmp_path / "root.pem")


@pytest.mark.parametrize("half", ["seen", "held"])
@pytest.mark.parametrize("name", SAMPLE)
def test_a_sample_of_the_corpus_is_judged_rightly(cache: str, half: str, name: str) -> None:
    case: Case = BY_NAME[f"{half}-{name}"]
    outcome = measure.examine(case, cache, Limits(ocr_pages=2, trust_roots=cache))
    assert outcome.found.keys() == case.expected
    wrong = {
        field: pair for field, pair in outcome.fields.items() if (pair[0] or pair[1]) and not measure.is_same(*pair)
    }
    assert wrong == {}


def test_the_corpus_is_the_same_every_time_and_large_enough() -> None:
    assert [case.name for case in cases("seen")] == [case.name for case in cases("seen")]
    assert len(BY_NAME) >= 300
    assert BY_NAME["seen-decree-0"].make() == BY_NAME["seen-decree-0"].make()


def test_the_published_table_covers_every_finding() -> None:
    table = (Path(__file__).parents[2] / "docs/reference/evidence-checks.md").read_text()
    expected = {code for case in BY_NAME.values() for code in case.expected}
    assert {code for code in expected if f"`{code}`" not in table} == set()
