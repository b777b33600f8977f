"""A real browser for journeys: ``visit(who, language, theme, size)`` opens a page on the running site.

The site runs inside the test's own transaction: what the browser does is seen by the test, and gone after it. Requests
are answered one after another, because they share the test's connection.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import WSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test import Client
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


class SiteThread(LiveServerThread):
    """The site in a thread that borrows the test's connection and gives it back open."""

    server_class = WSGIServer

    def run(self) -> None:
        """Serves until it is told to stop."""
        connections["default"] = self.connections_override["default"]
        handler = self.static_handler(WSGIHandler())
        self.httpd = self.server_class((self.host, 0), QuietWSGIRequestHandler)
        self.port = self.httpd.server_address[1]
        self.httpd.set_app(handler)
        self.is_ready.set()
        self.httpd.serve_forever(poll_interval=0.05)

    def terminate(self) -> None:
        """Stops serving; the connection stays the test's."""
        self.httpd.shutdown()
        self.httpd.server_close()
        self.join()


@pytest.fixture
def site(db: None) -> Iterator[str]:
    """The running site's address."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # it would close the test's transaction
    connections["default"].inc_thread_sharing()
    thread = SiteThread("127.0.0.1", StaticFilesHandler, connections_override={"default": connections["default"]})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()
    connections["default"].dec_thread_sharing()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def visit(chromium: Browser, site: str, company: Company) -> Iterator[Callable[..., Page]]:
    """Opens a fresh visitor's page; a script error or a refused style fails the test."""
    opened = []
    faults: list[str] = []

    def open_page(
        who: str | None = None, *, language: str = "zh-hans", theme: str = "light", size: str = "desk"
    ) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=site,
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
        context.add_cookies([{"name": key, "value": value, "url": site} for key, value in cookies.items()])
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 500 else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        opened.append(context)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert faults == []
