"""Words are counted as a reader sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pamong.engine.words import count_words, plain_text


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("satu", 1),
        ("satu dua\ntiga\tempat", 4),
        ("<p>satu</p><p>dua</p>", 2),
        ("satu<br>dua<br/>tiga", 3),
        ("<ul><li>satu</li><li>dua</li></ul>", 2),
        ("ba<b>ru</b> sekali", 2),
        ("satu&nbsp;dua &amp; tiga", 4),
        ("satu\u00a0dua", 2),
        ("<script>var a b c</script>satu<style>p { x }</style>", 1),
        ("<!-- catatan panjang sekali -->satu", 1),
        ("2 < 3 dan 4 > 1", 7),
        ("<p class='panjang sekali'>satu", 1),
        ("</script>satu dua", 2),
        ("pra-sejahtera", 1),
    ],
)
def test_words_are_counted_after_markup_is_removed(markup: str, words: int) -> None:
    assert count_words(markup) == words


def test_plain_text_keeps_the_words_and_nothing_else() -> None:
    assert (
        plain_text("<h1>Dasar  hukum</h1>\n<p>UU &lt;23&gt; <em>tahun</em> 2014</p>")
        == "Dasar hukum UU <23> tahun 2014"
    )


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True)), st.sampled_from(["p", "div", "li", "td"]))
def test_paragraphs_have_as_many_words_as_their_text(words: list[str], tag: str) -> None:
    assert count_words("".join(f"<{tag}>{word}</{tag}>" for word in words)) == len(words)
