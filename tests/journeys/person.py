"""A person before a browser: what they open, read, fill in and press."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Response

from tests.journeys.site import PASSWORD, Site


class Person:
    """``Person`` speaks of the page as its reader does: by labels, headings and the words on buttons."""

    def __init__(self, site: Site, context: BrowserContext, email: str = "") -> None:
        self.site, self.context, self.email = site, context, email
        self.faults: list[str] = []
        self.page = self.tab()

    def tab(self) -> Page:
        """One more tab of the same browser, whose errors are remembered."""
        page = self.context.new_page()
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        return page

    def _heard(self, kind: str, text: str) -> None:
        # The browser itself reports every answer of 400 and more as an error; forms with faults are answered so.
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(text)

    # -- going and reading ------------------------------------------------------------------------------------------

    def go(self, address: str, *, status: int = 200) -> Response:
        answer = self.page.goto(address)
        assert answer is not None, address
        assert answer.status == status, f"{self.email} at {address}: {answer.status}, not {status}"
        return answer

    def knock(self, address: str) -> int:
        """The status of the answer to a plain request with this person's cookies."""
        return self.context.request.get(self.site.url + address, max_redirects=0).status

    def opens(self, address: str) -> int:
        """The status of what this person gets in the end: a file is handed out by a short-lived address of its own."""
        return self.context.request.get(self.site.url + address).status

    @property
    def address(self) -> str:
        return self.page.url.removeprefix(self.site.url)

    @property
    def text(self) -> str:
        """The words of the page's main part, spaces evened out."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def sees(self, *words: str) -> None:
        text = self.text.casefold()
        unseen = [word for word in words if word.casefold() not in text]
        assert unseen == [], f"{self.email} at {self.address} reads: {self.text[:1500]}"

    def misses(self, *words: str) -> None:
        text = self.text.casefold()
        assert [word for word in words if word.casefold() in text] == []

    # -- filling and pressing -----------------------------------------------------------------------------------------

    def field(self, label: str) -> Locator:
        return self.page.locator("main").get_by_label(label).first

    def fill(self, label: str, value: str) -> None:
        self.field(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        self.field(label).select_option(label=option)

    def pick(self, label: str) -> None:
        """A radio button or a check box, by its label."""
        self.field(label).check()

    def upload(self, label: str, file: Path | dict[str, Any]) -> None:
        self.field(label).set_input_files(file)  # type: ignore[arg-type]

    def press(self, words: str, *, status: int = 200, within: Locator | None = None) -> None:
        """Press the button, and wait for the page that answers."""
        button = (within or self.page.locator("main")).get_by_role("button", name=words).first
        self._leave(button.click, words, status)

    def follow(self, words: str, *, status: int = 200, within: Locator | None = None) -> None:
        link = (within or self.page.locator("main")).get_by_role("link", name=words).first
        self._leave(link.click, words, status)

    def _leave(self, act: Callable[[], None], words: str, status: int) -> None:
        with self.page.expect_navigation() as leaving:
            act()
        answer = leaving.value
        assert answer is not None
        assert answer.status == status, f"{self.email}, {words}: {answer.status}, not {status}\n{self.text[:800]}"

    # -- account --------------------------------------------------------------------------------------------------------

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/akun/login/")
        self.fill("Alamat surel", email)
        self.fill("Kata sandi", password)
        self.press("Masuk")
        self.email = email

    def confirm_password(self, password: str = PASSWORD) -> None:
        """Where the site wants to be sure who sits there."""
        if "/reauthenticate/" in self.address:
            self.fill("Kata sandi", password)
            self.press("Lanjutkan")
