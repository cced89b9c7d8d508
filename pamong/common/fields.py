"""How one field of a form is written: label, help, example, error and control, tied together.

A form field may carry ``example`` (shown as "Contoh: …"), ``words_min`` and ``words_max`` (a counter under a text area).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

NONE = SafeString("")


def forget(function: Any) -> None:
    """Empty what ``functools.cache`` remembers of ``function`` (settings changed)."""
    function.cache_clear()


def render(
    bound: BoundField, *, label: object = "", help_text: object = None, error_icon: SafeString = NONE
) -> SafeString:
    """Return the whole field as markup. A hidden field is only its control; ``help_text=""`` leaves the help out.

    Placeholders are dropped: they vanish while one types. Give help or an example instead.
    """
    widget = bound.field.widget
    if bound.is_hidden:
        return SafeString(str(bound))
    grouped = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    single = isinstance(widget, forms.CheckboxInput)
    widget.attrs.pop("placeholder", None)
    if help_text is not None:
        bound.help_text = str(help_text)  # Django ties the input to it by itself, so it must know
    parts = _Parts(bound, label or bound.label or bound.name, bound.help_text, error_icon)
    shape: Callable[[_Parts], SafeString] = _group if grouped else _check if single else _line
    return shape(parts)


class _Parts:
    """The pieces of one field and the ids that tie them."""

    def __init__(self, bound: BoundField, label: object, help_text: object, error_icon: SafeString) -> None:
        self.bound, self.label, self.icon = bound, label, error_icon
        self.id = bound.id_for_label or bound.auto_id or f"id_{bound.html_name}"
        self.group_id = bound.auto_id or self.id
        self.errors = list(bound.errors)
        self.help_text = help_text
        self.example = getattr(bound.field, "example", "")

    @property
    def described_by(self) -> str:
        ids = [
            f"{self.group_id}_{part}"
            for part, present in (
                ("error", self.errors),
                ("help", self.help_text),
                ("example", self.example),
                ("count", self.counts),
            )
            if present
        ]
        return " ".join(ids)

    @property
    def counts(self) -> bool:
        if not isinstance(self.bound.field.widget, forms.Textarea):
            return False
        attrs = self.bound.field.widget.attrs
        return any(name in attrs for name in ("data-wordcount", "data-words-min", "data-words-max")) or any(
            getattr(self.bound.field, name, None) for name in ("words_min", "words_max")
        )

    @property
    def mark(self) -> SafeString:
        if not self.bound.field.required:
            return NONE
        return SafeString(' <span class="required" aria-hidden="true">*</span>')

    @property
    def about(self) -> SafeString:
        """Help, example and error, in the order they are read out."""
        return format_html("{}{}{}", self._help(), self._example(), self._errors())

    def _help(self) -> SafeString:
        if not self.help_text:
            return NONE
        return format_html('<p class="field-help" id="{}_help">{}</p>', self.group_id, self.help_text)

    def _example(self) -> SafeString:
        if not self.example:
            return NONE
        return format_html(
            '<p class="field-example" id="{}_example">{}: {}</p>', self.group_id, _("Contoh"), self.example
        )

    def _errors(self) -> SafeString:
        if not self.errors:
            return NONE
        said = format_html_join(SafeString("<br>"), "{}", ((one,) for one in self.errors))
        return format_html(
            '<p class="field-error" id="{}_error">{}<span><span class="visually-hidden">{} </span>{}</span></p>',
            self.group_id,
            self.icon,
            _("Salah:"),
            said,
        )

    def control(self, kind: str, **more: Any) -> SafeString:
        """The input itself, with its class and its ties."""
        own = self.bound.field.widget.attrs.get("class", "")
        attrs: dict[str, Any] = {
            "class": " ".join(part for part in (kind, own, "is-invalid" if self.errors else "") if part)
        }
        if self.described_by:
            attrs["aria-describedby"] = self.described_by
        if self.errors:
            attrs["aria-invalid"] = "true"
        return SafeString(self.bound.as_widget(attrs=attrs | more))


def _wrap(parts: _Parts, inner: SafeString, tag: str = "div") -> SafeString:
    return format_html(
        '<{} class="field{}" id="{}_field">{}</{}>',
        SafeString(tag),
        " has-error" if parts.errors else "",
        parts.group_id,
        inner,
        SafeString(tag),
    )


def _line(parts: _Parts) -> SafeString:
    widget = parts.bound.field.widget
    kind = "form-select" if isinstance(widget, forms.Select) else "form-control"
    more: dict[str, Any] = {}
    if parts.counts:
        more = _count_attrs(parts)
    label = format_html('<label for="{}">{}{}</label>', parts.id, parts.label, parts.mark)
    return _wrap(
        parts,
        format_html("{}{}{}{}", label, parts.about, parts.control(kind, **more), _counter(parts) if more else NONE),
    )


def _check(parts: _Parts) -> SafeString:
    inner = format_html(
        '{}<div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>',
        parts.about,
        parts.control("form-check-input"),
        parts.id,
        parts.label,
    )
    return _wrap(parts, inner)


def _group(parts: _Parts) -> SafeString:
    choices = format_html_join(
        "",
        '<div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>',
        ((_choice(parts, one), one.id_for_label, one.choice_label) for one in parts.bound),
    )
    inner = format_html(
        '<legend>{}{}</legend>{}<div class="choices">{}</div>', parts.label, parts.mark, parts.about, choices
    )
    return _wrap(parts, inner, "fieldset")


def _choice(parts: _Parts, choice: Any) -> SafeString:
    """One box or button, written in one go: Django renders a template for each, and lists here have hundreds."""
    attrs = choice.data["attrs"] | {"class": "form-check-input"}
    if parts.described_by:
        attrs["aria-describedby"] = parts.described_by
    if parts.errors:
        attrs["aria-invalid"] = "true"
    given = {"type": choice.data["type"], "name": choice.data["name"], "value": str(choice.data["value"])}
    return format_html("<input{}>", flatatt(given | attrs))


def _limits(parts: _Parts) -> tuple[int | None, int | None]:
    attrs, own = parts.bound.field.widget.attrs, parts.bound.field
    least = attrs.get("data-words-min") or getattr(own, "words_min", None)
    most = attrs.get("data-words-max") or getattr(own, "words_max", None)
    return (int(least) if least else None, int(most) if most else None)


def _count_attrs(parts: _Parts) -> dict[str, Any]:
    least, most = _limits(parts)
    attrs: dict[str, Any] = {"data-wordcount": "1"}
    if least:
        attrs["data-words-min"] = least
    if most:
        attrs["data-words-max"] = most
    return attrs


def _counter(parts: _Parts) -> SafeString:
    least, most = _limits(parts)
    count = len(str(parts.bound.value() or "").split())
    look = (
        "is-over" if most and count > most else "is-enough" if least and count >= least else "is-short" if least else ""
    )
    limits = ""
    if least and most:
        limits = _(" – sedikitnya {least}, paling banyak {most}").format(least=least, most=most)
    elif least:
        limits = _(" – sedikitnya {least}").format(least=least)
    elif most:
        limits = _(" – paling banyak {most}").format(most=most)
    return format_html(
        '<span class="count {}" id="{}_count"><b>{}</b> {}{}</span>', look, parts.group_id, count, _("kata"), limits
    )


def summary(form: BaseForm, title: object, icon: SafeString) -> SafeString:
    """Everything wrong with ``form`` in one box, each line a link to its field. Empty when nothing is wrong."""
    if not form.errors:
        return NONE
    lines = [format_html("<li>{}</li>", one) for one in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label if not isinstance(bound.field.widget, forms.MultiWidget) else f"{bound.auto_id}_0"
        for one in bound.errors:
            lines.append(
                format_html("<li>{}: {}</li>", bound.label, one)
                if bound.is_hidden
                else format_html('<li><a href="#{}">{}</a>: {}</li>', target or f"{bound.auto_id}_0", bound.label, one)
            )
    return format_html(
        '<div class="alert alert-danger note" role="alert">{}<div><h2>{}</h2><ul>{}</ul></div></div>',
        icon,
        title,
        format_html_join("", "{}", ((line,) for line in lines)),
    )
