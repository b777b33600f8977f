"""kill -9 of a sender: exactly one notice reaches the person, wherever it dies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.channels.models import NoticeWish, StaffAccount
from huiyin.channels.tasks import deliver_all
from huiyin.foundation import clock
from tests.channels.staff_fixtures import Platform
from tests.channels.test_crash import AFTER_SENDING, BEFORE_SENDING
from tests.channels.test_sms_crash import die_while_sending
from tests.channels.test_staff_platforms import states, tell
from tests.conftest import Company

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def never_quiet(company: Company) -> None:
    """Another process sends: these tests run at the machine's own hour."""
    clock.set_clock(None)
    NoticeWish.objects.create(staff=company.staff["agent"], quiet_from="00:00", quiet_until="00:00")


def work_on(minutes: tuple[int, ...] = (4, 7, 16, 36)) -> None:
    try:
        for each in minutes:
            clock.set_clock(datetime.now(UTC) + timedelta(minutes=each))
            deliver_all()
    finally:
        clock.set_clock(None)


@pytest.mark.parametrize("where", [BEFORE_SENDING, AFTER_SENDING], ids=["before", "after"])
def test_killed_before_or_after_sending_the_person_gets_it_once(
    company: Company, platform: Platform, where: str
) -> None:
    tell(company)
    die_while_sending(where)
    work_on()
    assert platform.told == ["zhangsan"]
    assert set(states(platform)) <= {"sent", "delivered"}


def test_killed_after_sending_to_a_group_it_is_not_sent_again(company: Company, platform: Platform) -> None:
    StaffAccount.objects.filter(pk=platform.app.pk).update(is_active=False)
    platform.robot.is_active = True
    platform.robot.save()
    tell(company)
    die_while_sending(AFTER_SENDING)
    work_on()
    assert (states(platform), platform.told) == (["uncertain"], ["group"])
