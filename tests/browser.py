"""A real browser for journeys: ``visit(who, language, theme, size)`` opens a page on the running site."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from tests.conftest import Company

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's event loop lives in the tests' thread
CHROMIUM = os.environ.get("HUIYIN_CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the whole run: Debian's, or playwright's own where that is missing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        path = CHROMIUM if os.path.exists(CHROMIUM) else None  # noqa: PTH110 - a fixed path
        browser = play.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, company: Company) -> Iterator[Callable[..., Page]]:
    """Opens a fresh visitor's page; a script error or a refused style fails the test."""
    opened = []
    faults: list[str] = []

    def open_page(
        who: str | None = None, *, language: str = "zh-hans", theme: str = "light", size: str = "desk"
    ) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="zh-CN" if language == "zh-hans" else "en-GB",
            color_scheme="dark" if theme == "dark" else "light",
            has_touch=size == "phone",
        )
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme}
        if who is not None:
            person = company.staff[who]
            type(person).objects.filter(pk=person.pk).update(language=language, theme=theme)
            client = Client()
            client.force_login(person)
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        opened.append(context)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert faults == []
