"""The tags and filters templates are made of: right, accessible, escaped."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils.safestring import SafeString

from pamong.common.inputs import DayInput, FileInput, TextArea
from pamong.common.permit import YES, no
from pamong.common.templatetags.pamong import short_day

EVIL = '<script>alert("x")</script>'
SAFE = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"


def shown(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context)


class Form(forms.Form):
    name = forms.CharField(label="Nama", help_text="Nama sehari-hari.")
    story = forms.CharField(label="Kisah", required=False, widget=TextArea(words_min=3, words_max=5))
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "Digital"), ("b", EVIL)], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(label="Urusan", choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(label="Benar")
    pick = forms.ChoiceField(label="Pilih", choices=[("a", "A")])
    file = forms.FileField(label="Berkas", required=False, widget=FileInput(max_bytes=10, accept=".pdf"))
    since = forms.DateField(label="Sejak", widget=DayInput)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_field_ties_label_help_and_error_to_the_input() -> None:
    assert shown("{% field form.name %}", form=Form({})) == (
        '<div class="field has-error" id="id_name_field">'
        '<label for="id_name">Nama <span class="required" aria-hidden="true">*</span></label>'
        '<p class="field-help" id="id_name_help">Nama sehari-hari.</p>'
        '<p class="field-error" id="id_name_error">'
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="/static/pamong/icons.svg#error"></use></svg>'
        '<span><span class="visually-hidden">Salah: </span>Bidang ini tidak boleh kosong.</span></p>'
        '<input type="text" name="name" class="form-control is-invalid" aria-describedby="id_name_error id_name_help" '
        'aria-invalid="true" required id="id_name"></div>'
    )


def test_field_takes_another_label_and_leaves_help_out_when_told() -> None:
    html = shown('{% field form.name "Nama lain" "" %}', form=Form())
    assert "Nama lain" in html
    assert "field-help" not in html
    assert "aria-describedby" not in html


def test_field_shows_an_example_and_drops_placeholders() -> None:
    form = Form()
    form.fields["name"].example = EVIL  # type: ignore[attr-defined]
    form.fields["name"].widget.attrs["placeholder"] = "hilang saat mengetik"
    html = shown("{% field form.name %}", form=form)
    assert f'<p class="field-example" id="id_name_example">Contoh: {SAFE}</p>' in html
    assert 'aria-describedby="id_name_help id_name_example"' in html
    assert "placeholder" not in html


@pytest.mark.parametrize(
    ("text", "look", "count"), [("", "is-short", 0), ("satu dua tiga", "is-enough", 3), ("a b c d e f", "is-over", 6)]
)
def test_text_area_counts_its_words_without_javascript(text: str, look: str, count: int) -> None:
    html = shown("{% field form.story %}", form=Form({"story": text}))
    line = f'<span class="count {look}" id="id_story_count"><b>{count}</b> kata – sedikitnya 3, paling banyak 5</span>'
    assert line in html
    assert 'data-wordcount="1"' in html
    assert 'aria-describedby="id_story_count"' in html


@pytest.mark.parametrize("name", ["kind", "many"])
def test_choices_are_a_fieldset_with_a_legend(name: str) -> None:
    html = shown("{% field form.field %}", form={"field": Form({})[name]})
    assert html.startswith(f'<fieldset class="field has-error" id="id_{name}_field"><legend>')
    assert f'aria-describedby="id_{name}_error"' in html
    assert f'<label class="form-check-label" for="id_{name}_0">' in html
    assert EVIL not in html


def test_checkbox_select_file_and_day_get_their_looks() -> None:
    form = Form({"since": "2026-05-03"})
    assert 'class="form-check-input is-invalid"' in shown("{% field form.agree %}", form=form)
    assert '<select name="pick" class="form-select is-invalid"' in shown("{% field form.pick %}", form=form)
    assert 'data-max-bytes="10" accept=".pdf"' in shown("{% field form.file %}", form=form)
    assert 'type="date" name="since" value="2026-05-03"' in shown("{% field form.since %}", form=form)
    assert shown("{% field form.secret %}", form=Form()) == '<input type="hidden" name="secret" id="id_secret">'


def test_form_errors_link_to_their_fields() -> None:
    form = Form({"since": "2026-05-03", "kind": "a", "many": ["a"], "agree": "1", "pick": "a", "secret": "x"})
    form.add_error(None, EVIL)
    html = shown("{% form_errors form %}", form=form)
    assert '<a href="#id_name">Nama</a>: Bidang ini tidak boleh kosong.' in html
    assert html.count("<li>") == 2
    assert SAFE in html
    assert shown("{% form_errors form %}", form=Form()) == ""


def test_reasons_list_a_refusal_and_are_silent_about_a_yes() -> None:
    assert shown("{% reasons permit %}", permit=YES) == ""
    assert shown("{% reasons nothing %}", nothing=None) == ""
    assert shown("{% reasons never_defined %}{% reasons nothing %}", nothing="") == ""
    one = shown("{% reasons permit %}", permit=no(EVIL))
    assert f"<p>{SAFE}</p>" in one
    assert 'role="alert"' in one
    two = shown('{% reasons list "Belum" "danger" %}', list=["satu", "dua"])
    assert "<ul><li>satu</li><li>dua</li></ul>" in two
    assert "alert-danger" in two


def test_parts_escape_what_comes_from_outside() -> None:
    source = (
        "{% badge evil evil %}{% level 2 evil %}{% meter 1 2 evil %}{% empty evil evil evil %}{% dl_row evil evil %}"
        "{% icon evil %}{% reasons evil evil %}"
    )
    assert EVIL not in shown(source, evil=EVIL)
    assert "<script" not in shown(source, evil=EVIL)


def test_badge_shows_its_word_and_knows_five_tones() -> None:
    assert shown('{% badge "draft" "Draf" "good" %}') == '<span class="tag tag-good" data-value="draft">Draf</span>'
    assert shown('{% badge "Draf" tone="pink" %}') == '<span class="tag tag-neutral" data-value="Draf">Draf</span>'


def test_level_says_in_words_what_its_dots_show() -> None:
    assert "Belum ada" in shown("{% level None %}")
    html = shown("{% level 2 %}")
    assert html.count('class="on"') == 2
    assert html.endswith("Tingkat 2</span>")
    assert shown("{% level 9 %}").count('class="on"') == 3


@pytest.mark.parametrize(
    ("value", "width"), [("30", "50.0"), (None, "0.0"), ("90", "100.0"), ("-5", "0.0"), (Decimal("0.06"), "0.1")]
)
def test_meter_is_a_bar_within_its_bounds(value: object, width: str) -> None:
    html = shown('{% meter value 60 "Nilai" %}', value=value)
    assert f'<rect width="{width}" height="4">' in html
    assert "style=" not in html


def test_meter_of_nothing_is_empty() -> None:
    assert '<rect width="0.0"' in shown("{% meter 3 0 %}")


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("12345.675"), 2, "12.345,68"),
        (Decimal("0.005"), 2, "0,01"),
        (1234567, 0, "1.234.567"),
        (-3.14159, 3, "-3,142"),
        ("7", 1, "7,0"),
        (None, 2, "–"),
        ("abc", 2, "abc"),
    ],
)
def test_decimal_writes_numbers_the_indonesian_way(value: object, places: int, text: str) -> None:
    assert shown("{{ value|decimal:places }}", value=value, places=places) == text


def test_days_and_moments_are_written_out() -> None:
    moment = datetime(2026, 5, 2, 17, 5, tzinfo=UTC)
    assert shown("{{ day|day }}", day=date(2026, 5, 3)) == "3 Mei 2026"
    assert shown("{{ at|moment }} {{ at|day }}", at=moment) == "3 Mei 2026, 00.05 3 Mei 2026"
    assert shown("{{ none|day }}{{ none|moment }}{{ none|size }}", none=None) == "–––"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 byte"), (1023, "1.023 byte"), (340 * 1024, "340 KB"), (2516582, "2,4 MB"), (5 * 1024**4, "5.120 GB")],
)
def test_size_is_readable(count: int, text: str) -> None:
    assert shown("{{ count|size }}", count=count) == text


def test_years_are_not_written_as_thousands() -> None:
    assert shown("{{ year }}", year=2026) == "2026"


def test_pager_keeps_the_filters_and_marks_the_page() -> None:
    request = RequestFactory().get("/", {"q": 'a"b&c', "page": "2"})
    html = shown("{% pager page %}", page=Paginator(range(1234), 50).page(2), request=request)
    assert "<p>51–100 dari 1.234</p>" in html
    assert '<span aria-current="page">2</span>' in html
    assert 'href="?q=a%22b%26c&amp;page=3"' in html
    assert html.count("<li>") == 7


def test_pager_of_one_page_only_counts_and_of_none_is_silent() -> None:
    request = RequestFactory().get("/")
    html = shown("{% pager page %}", page=Paginator([1], 50).page(1), request=request)
    assert html == '<div class="pager"><p>1–1 dari 1</p></div>'
    assert shown("{% pager page %}", page=Paginator([], 50).page(1), request=request) == ""


def test_tabs_mark_the_open_one() -> None:
    html = shown(
        '{% include "components/tabs.html" with tabs=tabs current="b" %}', tabs=[("a", "A", "/a"), ("b", EVIL, "/b", 0)]
    )
    assert '<a href="/a">A</a>' in html
    assert f'<a href="/b" aria-current="page">{SAFE}<span class="tag tag-neutral">0</span></a>' in html


class Told(NamedTuple):
    name: str
    tag: SafeString
    number: int


def test_lines_write_every_row_and_escape_what_is_not_safe() -> None:
    rows = [Told("<b>100 % {name}</b>", SafeString("<i>aman</i>"), 3), Told("Biasa", SafeString(""), 0)]
    body = '{% lines rows %}<tr title="5 %"><td>{name}</td><td>{tag}</td><td>{number}{name}</td></tr>{% endlines %}'
    once = "&lt;b&gt;100 % {name}&lt;/b&gt;"
    assert shown(body, rows=rows) == (
        f'<tr title="5 %"><td>{once}</td><td><i>aman</i></td><td>3{once}</td></tr>'
        '<tr title="5 %"><td>Biasa</td><td></td><td>0Biasa</td></tr>'
    )


def test_lines_hold_no_tags() -> None:
    with pytest.raises(TemplateSyntaxError, match="only names in braces"):
        shown("{% lines rows %}<tr>{% if x %}{name}{% endif %}</tr>{% endlines %}", rows=[])


def test_a_short_day_fits_a_narrow_column() -> None:
    assert (short_day(date(2026, 8, 17)), short_day(date(2026, 5, 3), year=False)) == ("17 Agu 2026", "3 Mei")
