"""A flood of mails with the worker killed three times: each is handled once (CHN-1, CHN-2).

HUIYIN_FLOOD=10000 tries it at full size; without it a tenth of a tenth keeps the suite quick.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.mail_servers import MailServers, mail_servers
from tests.crash.flood import Flood
from tests.crash.scene import Scene

pytestmark = pytest.mark.crash
COUNT = int(os.environ.get("HUIYIN_FLOOD", "240"))


@pytest.fixture
def servers() -> Iterator[MailServers]:
    root = Path(tempfile.mkdtemp(prefix="hyflood"))
    try:
        with mail_servers(root) as running:
            yield running
    finally:
        shutil.rmtree(root, ignore_errors=True)


def test_each_mail_is_handled_once_whatever_happens_to_the_worker(scene: Scene, servers: MailServers):
    flood = Flood(scene, servers, COUNT).start()
    for share in (5, 2, 1.25):
        flood.wait_for(int(COUNT / share))
        scene.kill_worker()
    flood.check()
    scene.do("close_mailbox")
    scene.check_whole()
