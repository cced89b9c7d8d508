"""The tags and filters every template has without loading: the parts pages are made of.

They build their markup directly (no included template): some stand in every row of long tables. Everything from
outside is escaped by ``format_html``. ``/komponen/`` shows each one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from decimal import InvalidOperation as NotANumber
from functools import cache, lru_cache
from html import escape
from string import Formatter
from typing import Any

from django import template
from django.core.paginator import Page
from django.core.signals import setting_changed
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pamong.common import devices, fields, places
from pamong.common.permit import Permit

register = template.Library()

TONES = ("neutral", "info", "good", "warn", "bad")
MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
NOTHING = "–"


# -- pictures and words in boxes --------------------------------------------------------------------------------------


@cache
def _icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("pamong/icons.svg"),
        name,
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "plus" %}``: a picture that only repeats what the words beside it say."""
    return _icon(str(name))


setting_changed.connect(lambda **_: fields.forget(_icon), weak=False)


@register.simple_tag
def badge(value: object, label: object = "", tone: str = "neutral") -> SafeString:
    """``{% badge entry.state entry.get_state_display "good" %}`` or ``{% badge "Draf" %}``: a state in a box."""
    return _badge(str(value), str(label or value), tone if tone in TONES else "neutral")


@lru_cache(maxsize=512)  # few states, shown in every row of every list
def _badge(value: str, label: str, tone: str) -> SafeString:
    return format_html('<span class="tag tag-{}" data-value="{}">{}</span>', tone, value, label)


@register.simple_tag
def level(value: int | str | None, label: object = "") -> SafeString:
    """``{% level 2 %}``: three dots and "Tingkat 2"; None is not judged or not claimed yet."""
    if value is None or value == "":
        return format_html('<span class="level level-none">{}</span>', label or "Belum ada")
    number = max(0, min(3, int(value)))
    return _level(number, str(label or f"Tingkat {number}"))


@lru_cache(maxsize=64)
def _level(number: int, label: str) -> SafeString:
    return format_html(
        '<span class="level"><span class="level-dots" aria-hidden="true">{}</span> {}</span>', DOTS[number], label
    )


DOTS = tuple(mark_safe('<i class="on"></i>' * on + "<i></i>" * (3 - on)) for on in range(4))  # noqa: S308 (constant)


@register.simple_tag
def meter(value: Any, maximum: Any, label: object = "", tone: str = "") -> SafeString:
    """``{% meter 42.5 60 "Kematangan" %}``: a bar, with the figures as text beside it."""
    share = 0.0
    if value is not None and maximum:
        share = max(0.0, min(100.0, float(value) / float(maximum) * 100))
    return format_html(
        '<span class="meter{}"><span class="meter-text"><span>{}</span><b>{} / {}</b></span>'
        '<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="4"></rect></svg></span>',
        f" meter-{tone}" if tone in TONES else "",
        label,
        plain(value),
        plain(maximum),
        f"{share:.1f}",
    )


# -- places -------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def place(context: dict[str, Any], called: str, **given: Any) -> SafeString:
    """``{% place "claim" entry=entry %}``: what features above this page's own say here (``common.places``)."""
    return places.filled(called, context["request"], **given)


# -- answers ------------------------------------------------------------------------------------------------------------


@register.simple_tag
def reasons(source: Permit | Iterable[object] | str | None, title: object = "", tone: str = "warning") -> SafeString:
    """``{% reasons permit %}`` or ``{% reasons list %}``: why not, and what to do. Nothing for a yes."""
    said = _said(source)
    if not said:
        return SafeString("")
    heading = format_html('<p class="alert-heading"><strong>{}</strong></p>', title) if title else ""
    body = (
        format_html("<p>{}</p>", said[0])
        if len(said) == 1
        else format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in said)))
    )
    return format_html(
        '<div class="alert alert-{} note" role="{}">{}<div>{}{}</div></div>',
        tone,
        "alert" if tone in ("warning", "danger") else "note",
        _icon({"danger": "error", "info": "info", "success": "success"}.get(tone, "warning")),
        heading,
        body,
    )


def _said(source: Permit | Iterable[object] | str | None) -> list[object]:
    if isinstance(source, Permit):
        return list(source.reasons)
    return [source] if isinstance(source, str) and source else list(source or ())


@register.simple_tag
def empty(text: object, url: str = "", label: object = "", picture: str = "list") -> SafeString:
    """``{% empty "Belum ada inovasi." url "Catat inovasi" %}``: nothing here yet, and the way to the first one."""
    link = format_html('<a class="btn btn-primary" href="{}">{}</a>', url, label) if url and label else ""
    return format_html('<div class="nothing">{}<p>{}</p>{}</div>', _icon(picture), text, link)


@register.simple_tag
def dl_row(label: object, value: object) -> SafeString:
    """``<dl class="facts">{% dl_row "Nomor" document.number %}</dl>``: one fact; an empty one shows a dash."""
    shown = NOTHING if value is None or value == "" else value
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, shown)


# -- forms --------------------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, label: object = "", help_text: object = None) -> SafeString:
    """``{% field form.name %}``: label, help, example, error and control, tied together for every reader."""
    return fields.render(bound, label=label, help_text=help_text, error_icon=_icon("error"))


@register.simple_tag
def form_errors(form: BaseForm, title: object = "") -> SafeString:
    """``{% form_errors form %}``: what is wrong, each line a link to its field; nothing when all is well."""
    return fields.summary(form, title or _("Ada yang perlu diperbaiki"), _icon("error"))


# -- lists --------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def pager(context: dict[str, Any], page: Page[Any], name: str = "page") -> SafeString:
    """``{% pager page %}``: how many there are, and links to the other pages that keep the filters."""
    paginator = page.paginator
    if not paginator.count:
        return SafeString("")
    first, last = page.start_index(), page.end_index()
    told = format_html("<p>{}–{} dari {}</p>", plain(first), plain(last), plain(paginator.count))
    if paginator.num_pages == 1:
        return format_html('<div class="pager">{}</div>', told)
    request: HttpRequest = context["request"]
    query = request.GET.copy()

    def link(number: int, text: object, label: str, rel: str = "") -> SafeString:
        query[name] = str(number)
        return format_html(
            '<li><a href="?{}" aria-label="{}"{}>{}</a></li>', query.urlencode(), label, SafeString(rel), text
        )

    items: list[SafeString] = []
    if page.has_previous():
        items.append(link(page.previous_page_number(), "‹ Sebelumnya", "Halaman sebelumnya", ' rel="prev"'))
    for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if number == page.number:
            items.append(format_html('<li><span aria-current="page">{}</span></li>', number))
        elif isinstance(number, int):
            items.append(link(number, number, f"Halaman {number}"))
        else:
            items.append(SafeString('<li><span aria-hidden="true">…</span></li>'))
    if page.has_next():
        items.append(link(page.next_page_number(), "Berikutnya ›", "Halaman berikutnya", ' rel="next"'))
    return format_html(
        '<nav class="pager" aria-label="Halaman">{}<ul>{}</ul></nav>',
        told,
        format_html_join("", "{}", ((item,) for item in items)),
    )


@register.simple_tag
def nav_links(items: Iterable[Any]) -> SafeString:
    """``{% nav_links nav %}``: the list of the side navigation; an item has label, url, icon, current, apart."""
    links = "".join(
        f'<li{APART if item.apart else ""}><a href="{escape(item.url)}"{HERE if item.current else ""}>'
        f"{_icon(item.icon)}{escape(item.label)}</a></li>"
        for item in items
    )
    return SafeString(f'<ul class="side-links">{links}</ul>')  # twice on every page; everything in it is escaped


APART, HERE = ' class="apart"', ' aria-current="page"'


# -- long tables ------------------------------------------------------------------------------------------------------------


@register.tag
def lines(parser: Any, token: Any) -> Lines:
    """``{% lines rows %}<tr><td>{name}</td></tr>{% endlines %}``: the body once for every row, with its attributes in braces.

    What is not marked safe is escaped. The body is text without tags: whether and how something is shown is decided
    before, in the row. So a line costs a seventh of a loop's, and lines are most of what a long page costs.
    """
    _, rows = token.split_contents()
    body = parser.parse(("endlines",))
    parser.delete_first_token()
    if any(not isinstance(node, template.base.TextNode) for node in body):
        raise template.TemplateSyntaxError("between lines and endlines there are no tags, only names in braces")
    return Lines(parser.compile_filter(rows), "".join(node.s for node in body))


class Lines(template.Node):
    """The rows of a long table."""

    def __init__(self, rows: template.base.FilterExpression, body: str) -> None:
        parts = list(Formatter().parse(body.strip()))
        self.rows = rows
        self.line = "".join(text.replace("%", "%%") + ("" if name is None else "%s") for text, name, *_ in parts)
        self.names = [name for _, name, *_ in parts if name]

    def render(self, context: template.Context) -> SafeString:
        line, names = self.line, self.names
        written = [
            line % tuple([each if type(each) is SafeString else escape(str(each)) for each in values])
            for values in ([getattr(row, name) for name in names] for row in self.rows.resolve(context))
        ]
        return SafeString("".join(written))  # everything in it is escaped


# -- numbers and days -------------------------------------------------------------------------------------------------------


@register.filter
def decimal(value: Any, places: int = 2) -> str:
    """``{{ 12345.674|decimal:2 }}``: "12.345,67"; a missing number is a dash. Half is rounded up, away from zero."""
    if value is None or value == "":
        return NOTHING
    try:
        exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
    except NotANumber:
        return str(value)
    shown = f"{exact:,.{int(places)}f}"
    if get_language() == "en":
        return shown
    return shown.translate(SWAP)


SWAP = str.maketrans(",.", ".,")


def plain(value: Any) -> str:
    """A number with as many decimals as it needs, two at most: "60", "42,5"."""
    shown = decimal(value, 2)
    point = "." if get_language() == "en" else ","
    return shown.rstrip("0").rstrip(point) if point in shown else shown


@register.filter
def day(value: date | datetime | None) -> str:
    """``{{ date|day }}``: "3 Mei 2026"; a missing date is a dash."""
    if not value:
        return NOTHING
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    months = MONTHS["en" if get_language() == "en" else "id"]
    return f"{value.day} {months[value.month - 1]} {value.year}"


def short_day(value: date, *, year: bool = True) -> str:
    """A day for a narrow column: "3 Mei 2026", "17 Agu"."""
    month = MONTHS["id"][value.month - 1][:3]
    return f"{value.day} {month} {value.year}" if year else f"{value.day} {month}"


@register.filter
def moment(value: datetime | None) -> str:
    """``{{ dt|moment }}``: "3 Mei 2026, 14.05" in the installation's time zone."""
    if not value:
        return NOTHING
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{day(value)}, {value:%H.%M}"


@register.filter
def size(value: int | None) -> str:
    """``{{ bytes|size }}``: "340 KB", "2,4 MB"; thousands of 1024."""
    if value is None:
        return NOTHING
    amount = float(value)
    for unit in ("byte", "KB", "MB", "GB"):
        if amount < 1024 or unit == "GB":
            break
        amount /= 1024
    return f"{decimal(amount, 0 if amount >= 10 or unit in ('byte', 'KB') else 1)} {unit}"


register.filter("device", devices.device)
