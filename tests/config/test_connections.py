"""A browser keeps its connections open and mostly says nothing on them: that keeps nobody else out."""

from __future__ import annotations

from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

from huiyin.config.serving.tally import SHARED, SIZE
from tests.config.product import Product
from tests.config.waiting import until

pytestmark = pytest.mark.crash
QUIET = 200
SOON = 10.0  # seconds; a server that takes no more connections lets us wait until it closes quiet ones after 30


def test_quiet_connections_keep_nobody_out(web: Product):
    with ExitStack() as opened:
        for _ in range(QUIET):
            browser = opened.enter_context(closing(HTTPConnection("127.0.0.1", web.port, timeout=SOON)))
            browser.request("GET", "/healthz")
            assert browser.getresponse().read() != b""


def test_both_web_processes_have_a_place_in_what_they_share(web: Product):
    anybody = web.pids_of("granian").pop()
    told = dict(word.partition("=")[::2] for word in Path(f"/proc/{anybody}/environ").read_text().split("\0"))
    descriptor, _, processes = told[SHARED].partition(":")
    memory = Path(f"/proc/{anybody}/fd/{descriptor}").stat()
    assert memory.st_size == int(processes) * SIZE == 2 * SIZE
    until(lambda: _places_taken(memory.st_ino) == {0, 1}, "both are loaded and have taken a place")


def _places_taken(file: int) -> set[int]:
    """The bytes of a file that processes hold locks on, as the system tells it."""
    locks = (line.split() for line in Path("/proc/locks").read_text().splitlines())
    return {int(start) for *_, whose, start, _end in locks if whose.endswith(f":{file}")}
