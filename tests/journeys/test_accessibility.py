"""Every page anybody can walk to, as each of them sees it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error as PlaywrightError

from tests.journeys import looking
from tests.journeys.conftest import Opens
from tests.journeys.person import Person

WALKERS = {
    "anonymous": "",
    "operator": "operator.dlh@contoh.id",
    "agency head": "kepala.bapperida@contoh.id",
    "verifier": "verifikator@contoh.id",
    "region admin": "admin@contoh.id",
    "head of region": "walikota@contoh.id",
    "province": "provinsi@contoh.id",
    "site admin": "situs@contoh.id",
    "a year that is over": "admin.magetan@contoh.id",
    "citizen": "warga@contoh.id",
}
# So often does the first walker who comes by open one address: entries, documents and indicators differ by their state.
# Whoever comes later opens it once. With words in the query (sorted, filtered) it is opened once for each set of words.
EACH = 2
MOST = 150
FILES = ("export", "file", "sample", "download", "inputs", "head_pdf")
FIRST_PAGE_BYTES = 150_000


class Walk:
    """Follows every link of every page, breadth first, as one person."""

    def __init__(self, person: Person, seen: dict[str, set[str]]) -> None:
        self.person, self.seen = person, seen
        self.opened: Counter[str] = Counter()
        self.found: list[str] = []
        self.linked_from: dict[str, str] = {}
        self.walked_before = set(seen)

    def all(self, start: str) -> list[str]:
        waiting = deque([start])
        self.linked_from[start] = "the start"
        while waiting and sum(self.opened.values()) < MOST:
            here = waiting.popleft()
            for address in self.look(here):
                if address not in self.linked_from:
                    self.linked_from[address] = here
                    waiting.append(address)
        return self.found

    def look(self, address: str) -> Iterator[str]:
        name, asked = _name(address), urlsplit(address).query
        kind = f"{name}?{'&'.join(sorted(part.split('=')[0] for part in asked.split('&')))}" if asked else name
        if not name or self.opened[kind] >= (1 if asked or name in self.walked_before else EACH):
            return
        self.opened[kind] += 1
        if any(word in name for word in FILES) or "format=xlsx" in address:
            if (status := self.person.knock(address)) >= 400:
                self.found.append(f"{address}: {status}")
            return
        self.check(address, name)
        yield from self.links()

    def check(self, address: str, name: str) -> None:
        page = self.person.page
        try:
            answer = page.goto(address)
        except PlaywrightError as fault:
            self.found.append(f"{address}: {fault.message.splitlines()[0]}")
            return
        if answer is None or answer.status != 200:
            status = answer and answer.status
            self.found.append(f"{address}, linked from {self.linked_from[address]}: answers {status}")
            return
        here = _name(self.person.address) or name
        faults = looking.faults(page)
        if self.is_new(here, looking.kinds(page)):
            faults += looking.violations(page)
        self.found += [f"{address} ({here}): {fault}" for fault in faults + self.person.faults]
        self.person.faults.clear()

    def is_new(self, name: str, kinds: set[str]) -> bool:
        """Whether an address shows kinds of elements it did not show before and the gallery of components does not have."""
        known = self.seen.get(name)
        self.seen[name] = (known or set()) | kinds
        return known is None or bool(kinds - known - self.seen["gallery"])

    def links(self) -> list[str]:
        hrefs = self.person.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
        return [
            parts.path + (f"?{parts.query}" if parts.query else "")
            for parts in map(urlsplit, hrefs)
            if f"{parts.scheme}://{parts.netloc}" == self.person.site.url
        ]


def _name(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """The kinds of elements axe has seen at each address; ``gallery``: those it sees in the gallery of components."""
    return {"gallery": set()}


@pytest.mark.parametrize("walker", WALKERS)
def test_no_page_keeps_anybody_out(browser_as: Opens, seen: dict[str, set[str]], walker: str) -> None:
    person = browser_as(WALKERS[walker])
    if not seen["gallery"]:
        person.go("/komponen/")
        assert looking.violations(person.page) == []
        seen["gallery"] = looking.kinds(person.page)
    assert Walk(person, seen).all("/") == []


@pytest.mark.parametrize(
    ("email", "address"), [("", "/"), ("", "/akun/login/"), ("walikota@contoh.id", "/kota-magelang/")]
)
def test_the_first_page_is_light_enough_for_a_slow_line(browser_as: Opens, email: str, address: str) -> None:
    person = browser_as(email)
    person.context.clear_cookies() if not email else None
    weights: dict[str, int] = {}
    page = person.tab()
    page.on("requestfinished", lambda request: weights.update({request.url: request.sizes()["responseBodySize"]}))
    page.goto(address, wait_until="networkidle")
    assert weights
    assert sum(weights.values()) <= FIRST_PAGE_BYTES, sorted(weights.items(), key=lambda each: -each[1])[:8]
