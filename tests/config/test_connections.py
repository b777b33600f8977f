"""A browser keeps its connections open and mostly says nothing on them: that keeps nobody else out."""

from __future__ import annotations

from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from tests.config.product import Product

pytestmark = pytest.mark.crash
QUIET = 200
SOON = 10.0  # seconds; a server that takes no more connections lets us wait until it closes quiet ones after 30


def test_quiet_connections_keep_nobody_out(web: Product):
    with ExitStack() as opened:
        for _ in range(QUIET):
            browser = opened.enter_context(closing(HTTPConnection("127.0.0.1", web.port, timeout=SOON)))
            browser.request("GET", "/healthz")
            assert browser.getresponse().read() != b""
