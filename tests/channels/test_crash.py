"""kill -9 of a sender: nothing is lost; a copy, where SMTP leaves no choice, is recognisable."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huiyin.channels.models import Mailbox, OutgoingMessage
from huiyin.channels.public import send_message
from huiyin.channels.tasks import deliver_all
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from tests.channels.mail_servers import MailServers

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

DIES = """
import os, signal
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {database!r}
import huiyin.channels.tasks as tasks
def die(*_args):
    os.kill(os.getpid(), signal.SIGKILL)
{where}
tasks.deliver_all()
"""
BEFORE_SENDING = "tasks.channel_kinds = die"
AFTER_SENDING = "tasks.settle_message = die"


def die_while_sending(where: str) -> None:
    """Has another process claim the message and die at a moment of its work."""
    code = DIES.format(database=connection.settings_dict["NAME"], where=where)
    dead = subprocess.run([sys.executable, "-c", code], env=os.environ, check=False, capture_output=True, timeout=60)
    assert dead.returncode == -signal.SIGKILL, dead.stderr.decode()


@pytest.fixture
def message(mailbox: Mailbox) -> OutgoingMessage:
    return send_message(system_call(), kind="email", to="customer@company.example", subject="您好", text="正文")


def after_the_lease() -> int:
    """What the minute's job does once the dead sender's lease is over."""
    clock.set_clock(datetime.now(UTC) + timedelta(minutes=16))
    try:
        return deliver_all()
    finally:
        clock.set_clock(None)


def test_killed_before_sending_it_is_sent_once(message: OutgoingMessage, servers: MailServers) -> None:
    die_while_sending(BEFORE_SENDING)
    message.refresh_from_db()
    assert message.state == "sending"
    assert deliver_all() == 0
    assert after_the_lease() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts, message.doubtful) == ("sent", 2, 1)
    assert len(servers.inbox("customer")) == 1


def test_killed_after_sending_the_copy_bears_the_same_message_id(
    message: OutgoingMessage, servers: MailServers
) -> None:
    die_while_sending(AFTER_SENDING)
    assert after_the_lease() == 1
    message.refresh_from_db()
    assert (message.state, message.doubtful) == ("sent", 1)
    ids = [mail["Message-ID"] for mail in servers.inbox("customer", at_least=2)]
    assert ids == [message.message_id, message.message_id]
