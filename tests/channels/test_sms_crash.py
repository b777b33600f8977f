"""kill -9 of a sender: exactly one SMS reaches the customer, wherever it dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from huiyin.channels.models import OutgoingMessage
from huiyin.channels.tasks import deliver_all
from huiyin.foundation import clock
from tests.channels.sms_fixtures import Services, text
from tests.channels.test_crash import AFTER_SENDING, BEFORE_SENDING, DIES
from tests.channels.test_sms_receiving import push, tencent_report

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


def die_while_sending(where: str) -> None:
    """Has another process claim the message and die at a moment of its work."""
    code = DIES.format(database=connection.settings_dict["NAME"], where=where)
    dead = subprocess.run([sys.executable, "-c", code], env=os.environ, check=False, capture_output=True, timeout=60)
    assert dead.returncode == -signal.SIGKILL, dead.stderr.decode()


def work_on(message: OutgoingMessage) -> list[str]:
    """Does the minute's job whenever it is due until nothing is left to do; returns the states it went through."""
    states = []
    try:
        for minutes in (0, 4, 6, 16, 36, 61, 242, 1442):
            clock.set_clock(datetime.now(UTC) + timedelta(minutes=minutes))
            deliver_all()
            message.refresh_from_db()
            states.append(message.state)
    finally:
        clock.set_clock(None)
    return states


def test_killed_before_sending_it_is_sent_once_the_provider_has_proven_that_it_has_nothing(services: Services) -> None:
    message = text()
    die_while_sending(BEFORE_SENDING)
    states = work_on(message)
    assert states[:5] == ["sending", "uncertain", "uncertain", "uncertain", "sent"]
    assert len(services.aliyun.peer.accepted) == 1
    assert services.tencent.peer.calls == []


def test_killed_after_sending_it_is_found_at_the_provider_and_not_sent_again(services: Services) -> None:
    message = text()
    die_while_sending(AFTER_SENDING)
    assert len(services.aliyun.peer.accepted) == 1
    assert work_on(message)[:2] == ["sending", "sent"]
    assert services.aliyun.peer.calls.count("SendSms") == 1


def test_killed_after_sending_to_tencent_its_receipt_settles_it(services: Services) -> None:
    services.only_tencent()
    message = text()
    die_while_sending(AFTER_SENDING)
    assert work_on(message)[-1] == "uncertain"
    push(services.second, "reports", [tencent_report(services.tencent.peer.accepted[0].serial)])
    message.refresh_from_db()
    assert message.state == "delivered"
    assert services.tencent.peer.calls.count("SendSms") == 1


def test_killed_between_claim_and_receipt_the_receipt_wins(services: Services) -> None:
    message = text()
    die_while_sending(AFTER_SENDING)
    one = services.aliyun.peer.accepted[0]
    from tests.channels.test_sms_receiving import aliyun_report

    push(services.first, "reports", [aliyun_report(one.serial, one.reference)])
    assert set(work_on(message)) == {"delivered"}
    assert len(services.aliyun.peer.accepted) == 1
