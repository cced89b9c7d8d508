"""What is looked for under each edition: complete, sealed, cited, and true to the edition."""

from __future__ import annotations

import hashlib

import pytest

from pamong.engine import checks, seals
from pamong.engine.checks import Signing
from pamong.engine.edition import Confidence, EditionInvalid, available, load

every_edition = pytest.mark.parametrize("code", available())


@every_edition
def test_every_edition_says_what_is_looked_for(code: str) -> None:
    rules = checks.load(code)
    assert rules.edition == code
    assert {"16", "17", "18", "20", "21", "22", "23", "24", "27", "31", "33"} <= set(rules.by_code)
    assert len(rules.by_code) == len(rules.indicators)


def test_no_file_was_changed_since_it_was_sealed() -> None:
    found = {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in checks.FOLDER.glob("*.toml")}
    assert seals.recorded("checks") == found == {code: checks.load(code).digest for code in available()}
    assert seals.broken() == ()


@every_edition
def test_nothing_is_firmer_than_the_edition_it_belongs_to(code: str) -> None:
    order, edition = list(Confidence), load(code)
    for asked in checks.load(code).indicators:
        own = edition.indicator(asked.code).confidence
        # The evidence texts of 2026 were read in a source of their own, seen as it is.
        assert asked.source == "bukti-2026" or order.index(asked.confidence) >= order.index(own), asked.code


@every_edition
def test_every_level_of_a_regulation_has_its_instruments(code: str) -> None:
    reaches = checks.load(code).by_code["16"].reaches
    assert {each.level for each in reaches} == {1, 2, 3}
    assert all(each.signed is Signing.HEAD for each in reaches if "perda" in each.instruments)


def test_what_the_edition_does_not_have_is_named_with_its_place() -> None:
    content = (
        (checks.FOLDER / "iid-2026.toml").read_bytes().replace(b'requirement = "sertifikat"', b'requirement = "piagam"')
    )
    with pytest.raises(EditionInvalid, match="'piagam' tidak ada pada edisinya"):
        checks.parse(content, load("iid-2026"), file="iid-2026.toml")
    with pytest.raises(EditionInvalid, match="padahal edisinya 'iid-2025'"):
        checks.parse((checks.FOLDER / "iid-2026.toml").read_bytes(), load("iid-2025"))


def test_an_unknown_key_is_named_with_its_line() -> None:
    content = (checks.FOLDER / "iid-2026.toml").read_bytes().replace(b"name_resembles", b"name_resembels")
    with pytest.raises(EditionInvalid, match=r"iid-2026.toml:\d+: name_resembels: kunci tidak dikenal"):
        checks.parse(content, load("iid-2026"), file="iid-2026.toml")
