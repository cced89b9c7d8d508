"""What every page must be: titled, one heading, within 320 pixels, and without a fault axe can find at two widths."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

WIDTHS = (360, 1280)
NARROWEST = 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": RULES}
# Rows repeat: the first few of a long table or list stand for all of them.
SCOPE = {"exclude": [["tbody > tr:nth-child(n+5)"], ["option:nth-child(n+5)"], [".choices > :nth-child(n+6)"]]}
# Every kind of element on the page: what is new to axe, and what it has seen on an earlier page of the same address.
KINDS = (
    "() => [...new Set([...document.body.querySelectorAll('*')].map(e => e.tagName + '.' + e.className?.toString()))]"
)
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? '' : [...document.body.querySelectorAll('*')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-box'))
  .map(e => e.tagName.toLowerCase() + '.' + e.className).slice(-3).join(', ') || 'page'"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def kinds(page: Page) -> set[str]:
    return set(page.evaluate(KINDS))


def faults(page: Page) -> list[str]:
    """What any reader would trip over, quickly found."""
    found = []
    if page.title().strip() in ("", "Pamong"):
        found.append(f"title is {page.title()!r}")
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} h1")
    if not page.locator("html").get_attribute("lang"):
        found.append("no language")
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    if wide := page.evaluate(TOO_WIDE):
        found.append(f"scrolls sideways at {NARROWEST} px: {wide}")
    return found


def violations(page: Page) -> list[str]:
    """What axe finds, once at each width."""
    page.evaluate(_axe())
    found: dict[str, None] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        result: Any = page.evaluate("([scope, options]) => axe.run(scope, options)", [SCOPE, OPTIONS])
        for each in result["violations"]:
            for node in each["nodes"][:3]:
                found[f"{each['id']}: {node['target'][-1]} {node['html'][:160]} ({width} px)"] = None
    return list(found)
