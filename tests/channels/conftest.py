"""Channels are tested against real mail servers and a real worker."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from huiyin.channels.events import MessageReceived
from huiyin.channels.models import Mailbox, MailboxProgress, Security
from huiyin.foundation import events
from tests.channels.mail_servers import PASSWORD, MailServers, mail_servers
from tests.channels.sms_fixtures import care as care  # noqa: PLC0414 - fixtures, shared
from tests.channels.sms_fixtures import peers as peers  # noqa: PLC0414
from tests.channels.sms_fixtures import services as services  # noqa: PLC0414
from tests.channels.staff_fixtures import platform as platform  # noqa: PLC0414
from tests.channels.staff_fixtures import platform_at as platform_at  # noqa: PLC0414


@pytest.fixture(scope="session")
def running_servers() -> Iterator[MailServers]:
    """One pair of servers for all tests of a run."""
    root = Path(tempfile.mkdtemp(prefix="hymail"))
    try:
        with mail_servers(root) as servers:
            yield servers
    finally:
        shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def servers(running_servers: MailServers) -> MailServers:
    """The pair with empty mailboxes."""
    running_servers.clear()
    return running_servers


@pytest.fixture(autouse=True)
def nobody_above_listens() -> Iterator[None]:
    """The room alone: no case is made of a mail here."""
    listeners = events._listeners[MessageReceived]
    above = list(listeners)
    listeners.clear()
    yield
    listeners[:] = above


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    """Files of received mails go into a folder of the test."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def mailbox(db: None, servers: MailServers, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    """The company's mailbox on the real servers."""
    monkeypatch.setenv("HUIYIN_MAIL_TEST", PASSWORD)
    made = Mailbox.objects.create(
        address=servers.address("service"),
        name="客户服务部",
        username="service",
        secret="env:HUIYIN_MAIL_TEST",
        imap_host="127.0.0.1",
        imap_port=servers.imap_port,
        imap_security=Security.PLAIN,
        smtp_host="127.0.0.1",
        smtp_port=servers.smtp_port,
        smtp_security=Security.PLAIN,
    )
    MailboxProgress.objects.create(mailbox=made)
    return made
