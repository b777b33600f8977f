"""A browser keeps its connections open and mostly says nothing on them: that keeps nobody else out."""

from __future__ import annotations

import fcntl
import os
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
    set_up = (Path("/proc") / str(anybody) / "environ").read_bytes().split(b"\0")
    descriptor, _, processes = (
        next(word for word in set_up if word.startswith(SHARED.encode())).decode()[len(SHARED) + 1 :].partition(":")
    )
    shared = os.open(f"/proc/{anybody}/fd/{descriptor}", os.O_RDWR)
    assert os.fstat(shared).st_size == int(processes) * SIZE == 2 * SIZE
    until(lambda: not any(_is_free(shared, place) for place in range(2)), "both are loaded and have taken a place")
    os.close(shared)


def _is_free(shared: int, place: int) -> bool:
    try:
        fcntl.lockf(shared, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
    except OSError:
        return False
    fcntl.lockf(shared, fcntl.LOCK_UN, 1, place)
    return True
