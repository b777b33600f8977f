"""Somebody who walks through the product: pages of several people, the clock, the worker, a picture of each step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from tests.browser import SIZES
from tests.conftest import Company, MovableClock

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

PICTURES = Path(__file__).resolve().parent.parent.parent / "test-results" / "journeys"
CUSTOMER = "customer"


@dataclass
class Walk:
    """One walk in one language. ``notes`` carries what a later step needs to know of an earlier one."""

    language: str
    visit: Callable[..., Page]
    company: Company
    clock: MovableClock
    work: Callable[[], None]
    folder: Path
    album: Path
    pages: dict[str, Page] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    taken: int = 0

    def say(self, chinese: str, english: str) -> str:
        """The text in the walk's language."""
        return chinese if self.language == "zh-hans" else english

    def at(self, moment: str) -> datetime:
        """Moves the clock, forward only."""
        before = self.clock.now
        after = self.clock.set(moment)
        assert after >= before, "a walk does not go back in time"
        return after

    def job(self, task: Task) -> None:  # type: ignore[type-arg]
        """Lets a periodic job of the worker run now, with all that waits beside it."""
        with suppress(AlreadyEnqueued), transaction.atomic():
            task.defer(timestamp=int(self.clock.now.timestamp()))
        self.work()

    def page(self, who: str) -> Page:
        """The browser of a person; customers hold a phone and are not signed in."""
        if who not in self.pages:
            self.pages[who] = (
                self.visit(None, language=self.language, size="phone")
                if who.startswith(CUSTOMER)
                else self.visit(who, language=self.language)
            )
        return self.pages[who]

    def open(self, who: str, address: str) -> Page:
        """Somebody opens an address; it answers 200."""
        page = self.page(who)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address} answered {answer.status}"
        return page

    def status(self, who: str, address: str) -> int:
        """What an address answers to somebody."""
        answer = self.page(who).goto(address)
        assert answer is not None
        return answer.status

    def picture(self, page: Page, name: str) -> None:
        """Keeps how the page looks on desk and phone; nothing may run out of the screen."""
        self.taken += 1
        before = page.viewport_size
        for size, (width, height) in SIZES.items():
            if page.evaluate("navigator.maxTouchPoints > 0") and size == "desk":
                continue
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=self.album / f"{self.taken:02}-{name}-{size}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is too wide for a {size}"
        if before:
            page.set_viewport_size(before)


def words(found: Locator) -> str:
    """The visible text of one element, spaces folded."""
    return " ".join(found.inner_text().split())
