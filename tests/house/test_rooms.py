"""Every feature has the same rooms, and in each room only what belongs there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house import source

FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "mixins", "signals"}


def test_no_module_is_named_for_nothing_in_particular() -> None:
    found = [p for p in source.modules() if FORBIDDEN_NAMES & set(p.relative_to(source.PACKAGE).with_suffix("").parts)]
    assert found == []


def test_actions_never_see_requests_forms_or_messages() -> None:
    forbidden = ("django.http", "django.forms", "django.shortcuts", "django.contrib.messages", "django.views")
    found = [
        f"{source.where(path, line)} imports {name}"
        for path in source.modules("actions", "policies", "queries", "states")
        for line, name in source.imports(path)
        if name.startswith(forbidden)
    ]
    assert found == []


def test_views_never_reach_for_rows_nor_write_them() -> None:
    pattern = re.compile(r"\.objects\b|\.(save|delete|bulk_create|bulk_update|update_or_create|get_or_create)$")
    found = [
        f"{source.where(path, line)} calls {name}"
        for path in source.modules("views")
        for line, name in source.calls(path)
        if pattern.search(name) and not re.search(r"(form|request\.session)\.(save|delete)$", name)
    ]
    assert found == []


def test_forms_neither_write_nor_act() -> None:
    found = []
    for path in source.modules("forms"):
        found += [
            f"{source.where(path, line)} imports {name}"
            for line, name in source.imports(path)
            if re.search(r"\.actions(\.|$)", name)
        ]
        found += [
            f"{source.where(path, line)} calls {name}"
            for line, name in source.calls(path)
            if re.search(r"\.(save|delete|bulk_create|bulk_update|get_or_create|update_or_create)$", name)
            and not name.startswith("super()")
        ]
    assert found == []


def test_queries_and_policies_never_write() -> None:
    verbs = re.compile(r"\.(save|bulk_create|bulk_update|get_or_create|update_or_create|create|delete)$")
    found = [
        f"{source.where(path, line)} calls {name}"
        for path in source.modules("queries", "policies", "states")
        for line, name in source.calls(path)
        if verbs.search(name)
    ]
    assert found == []


def test_models_hold_no_business_in_save() -> None:
    found = [
        source.where(path, node.lineno)
        for path in source.modules("models")
        for node in ast.walk(source.tree(path))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "full_clean"}
    ]
    assert found == []


def test_no_request_escapes_its_region() -> None:
    """``scopes_disabled`` is for what a clock or an operator starts, and for the engine room of the whole nation."""
    allowed = {"management", "tasks", "demo"}
    found = [
        source.where(path, line)
        for path in source.modules()
        for line, name in source.calls(path)
        if name.endswith("scopes_disabled")
        and not allowed & set(path.relative_to(source.PACKAGE).with_suffix("").parts)
    ]
    assert found == []


def test_templates_carry_no_inline_style_script_or_handler() -> None:
    inline = re.compile(
        r"""\sstyle\s*=|<style\b|\son[a-z]+\s*=\s*["']|javascript:|<script(?![^>]*\bsrc=)[^>]*>""", re.I
    )
    comment = re.compile(r"{%\s*comment.*?%}.*?{%\s*endcomment\s*%}|{#.*?#}", re.S)
    found = []
    for path in source.templates():
        text = comment.sub(lambda match: "\n" * match[0].count("\n"), path.read_text())
        found += [
            f"{source.where(path, text[: match.start()].count(chr(10)) + 1)}: {match[0].strip()}"
            for match in inline.finditer(text)
            if 'type="application/json"' not in match[0]
        ]
    assert found == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "HACK"])
def test_nothing_is_left_for_later_in_the_source(word: str) -> None:
    pattern = re.compile(rf"\b{word}\b")
    files = [p for top in ("pamong", "tests", "benchmarks", "frontend/src") for p in (source.ROOT / top).rglob("*")]
    texts = [p for p in files if p.suffix in {".py", ".html", ".js", ".css", ".toml"} and "node_modules" not in p.parts]
    found = [
        source.where(path, number)
        for path in texts
        if path.name != "test_rooms.py" and "dist" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
