"""Notices reach people at WeCom, DingTalk and Feishu once, as wished, and another way when that fails (CHN-2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest

from huiyin.channels.models import Mailbox, NoticeWish, OutgoingMessage, StaffAccount, StaffNotice
from huiyin.channels.public import notify_staff
from huiyin.channels.tasks import deliver_all
from huiyin.foundation import clock as clocks
from huiyin.foundation.calls import system_call
from huiyin.kernel.words import message
from tests.channels.staff_fixtures import Platform
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.usefixtures("clock")
TEXT = "Late: %(what)s · %(title)s"


def tell(company: Company, *roles: str, title: str = "工单 1", page: str = "people") -> None:
    people = [company.staff[role].pk for role in roles or ("agent",)]
    notify_staff(system_call(), people, message(TEXT, what="x", title=title), page=page)


def states(platform: Platform) -> list[str]:
    return [one.state for one in platform.sent()]


def test_a_notice_reaches_the_person_with_a_link(company: Company, platform: Platform) -> None:
    tell(company)
    assert deliver_all() == 1
    (one,) = platform.peer.told
    assert one.to == "zhangsan"
    assert one.text == "已超时：x · 工单 1\nhttp://127.0.0.1:8000/organisation/"
    assert StaffNotice.objects.count() == 1
    assert states(platform) == ["sent"]


def test_no_full_personal_number_leaves_the_house(company: Company, platform: Platform) -> None:
    tell(company, title="林悦 13812345678 lin@x.cn 510104199001011234 GD20260928-0001 2026-09-28")
    deliver_all()
    text = platform.peer.told[0].text
    assert "林悦 ****78 l**** ****34 GD20260928-0001 2026-09-28" in text


def test_a_wrong_secret_sends_nothing_and_loses_nothing(
    company: Company, platform: Platform, monkeypatch: pytest.MonkeyPatch, clock: MovableClock
) -> None:
    monkeypatch.setenv("HUIYIN_STAFF_TEST", "another")
    tell(company)
    deliver_all()
    assert states(platform) == ["queued"]
    monkeypatch.setenv("HUIYIN_STAFF_TEST", "loopback-secret")
    clock.advance(minutes=1)
    deliver_all()
    assert (states(platform), platform.told) == (["sent"], ["zhangsan"])


def test_a_token_that_ran_out_is_renewed_on_the_way(company: Company, platform: Platform) -> None:
    tell(company)
    deliver_all()
    platform.peer.tokens = ["withdrawn"]
    tell(company, title="工单 2")
    deliver_all()
    assert platform.told == ["zhangsan", "zhangsan"]
    assert states(platform) == ["sent", "sent"]


def test_an_answer_that_was_lost_brings_no_second_copy(
    company: Company, platform: Platform, clock: MovableClock
) -> None:
    """Accepted, then the line broke: asked for again under the same key, the platform lets it through once."""
    platform.peer.moods = ["drop"]
    tell(company)
    deliver_all()
    assert states(platform) == ["uncertain"]
    clock.advance(minutes=3)
    deliver_all()
    assert (states(platform), platform.told) == (["sent"], ["zhangsan"])


def test_a_request_that_never_arrived_is_sent_when_it_is_looked_up(
    company: Company, platform: Platform, clock: MovableClock
) -> None:
    platform.peer.moods = ["lost"]
    tell(company)
    deliver_all()
    clock.advance(minutes=3)
    deliver_all()
    assert (states(platform), platform.told) == (["sent"], ["zhangsan"])


def test_a_platform_that_is_down_is_tried_again_and_then_mail_goes(
    company: Company, platform: Platform, clock: MovableClock
) -> None:
    Mailbox.objects.create(address="service@company.example", name="客服", smtp_host="127.0.0.1", smtp_port=1)
    company.staff["agent"].email = "agent@company.example"
    company.staff["agent"].save()
    platform.running.stop()
    tell(company)
    for minutes in (0, 1, 5, 15, 60):
        clock.advance(minutes=minutes)
        deliver_all()
    assert states(platform) == ["gave_up"]
    mail = OutgoingMessage.objects.get(kind="email")
    assert (mail.to, mail.subject) == ("agent@company.example", "已超时：x · 工单 1")
    assert "http://127.0.0.1:8000/organisation/" in mail.text


def test_who_is_unknown_there_is_refused_and_told_by_mail(company: Company, platform: Platform) -> None:
    Mailbox.objects.create(address="service@company.example", name="客服", smtp_host="127.0.0.1", smtp_port=1)
    company.staff["agent2"].email = "two@company.example"
    company.staff["agent2"].save()
    tell(company, "agent2")
    deliver_all()
    if platform.code == "dingtalk":  # it accepts first and says afterwards whom it did not reach
        assert states(platform) == ["sent"]
        return
    assert states(platform) == ["failed"]
    assert OutgoingMessage.objects.get(kind="email").to == "two@company.example"


def test_dingtalk_says_afterwards_what_became_of_a_notice(
    company: Company, platform_at: Callable[[str], Platform], clock: MovableClock
) -> None:
    dingtalk = platform_at("dingtalk")
    tell(company, "agent", "agent2")
    deliver_all()
    clock.advance(minutes=6)
    deliver_all()
    assert states(dingtalk) == ["delivered", "undelivered"]


def test_quiet_hours_hold_a_notice_until_morning(company: Company, platform: Platform, clock: MovableClock) -> None:
    clock.set("2026-09-28 22:30")
    tell(company)
    deliver_all()
    assert (states(platform), platform.told) == (["queued"], [])
    assert platform.sent()[0].error == "quiet"
    clock.set("2026-09-29 08:00")
    deliver_all()
    assert platform.told == ["zhangsan"]


def test_what_was_read_on_the_screen_is_not_sent_any_more(
    company: Company, platform: Platform, clock: MovableClock
) -> None:
    clock.set("2026-09-28 22:30")
    tell(company)
    StaffNotice.objects.update(read_at=clocks.now())
    clock.set("2026-09-29 08:00")
    deliver_all()
    assert (states(platform), platform.told) == (["withheld"], [])
    assert OutgoingMessage.objects.count() == 1, "no other way is tried either"


def test_a_wish_decides_by_group_and_sets_own_quiet_hours(
    company: Company, platform: Platform, clock: MovableClock
) -> None:
    NoticeWish.objects.create(
        staff=company.staff["agent"],
        ways={"late": [platform.code], "other": []},
        quiet_from=time(0),
        quiet_until=time(0),
    )
    clock.set("2026-09-28 23:00")
    tell(company)
    notify_staff(system_call(), [company.staff["agent"].pk], message("x"))
    deliver_all()
    assert len(platform.peer.told) == 1
    assert StaffNotice.objects.count() == 2


def test_a_group_hears_once_of_what_concerns_several(company: Company, platform: Platform) -> None:
    StaffAccount.objects.filter(pk=platform.app.pk).update(is_active=False)
    platform.robot.is_active = True
    platform.robot.save()
    tell(company, "agent", "agent2")
    notify_staff(system_call(), [company.staff["agent"].pk], message("x"))
    deliver_all()
    assert platform.told == ["group"]
    assert platform.peer.told[0].text.startswith("已超时：x · 工单 1\n")


def test_a_robot_tells_only_what_concerns_its_department(company: Company, platform: Platform) -> None:
    StaffAccount.objects.filter(pk=platform.app.pk).update(is_active=False)
    platform.robot.is_active = True
    platform.robot.department = company.departments["rnd"]
    platform.robot.save()
    tell(company, "agent")
    assert platform.sent() == []
    tell(company, "rnd_head")
    assert len(platform.sent()) == 1


def test_a_robots_lost_answer_is_never_sent_twice(company: Company, platform: Platform, clock: MovableClock) -> None:
    StaffAccount.objects.filter(pk=platform.app.pk).update(is_active=False)
    platform.robot.is_active = True
    platform.robot.save()
    platform.peer.moods = ["drop"]
    tell(company)
    for minutes in (0, 2, 5, 15, 35, 60):
        clock.advance(minutes=minutes)
        deliver_all()
    assert (states(platform), platform.told) == (["uncertain"], ["group"])


@pytest.mark.parametrize("seconds", [-3700, 3700])
def test_a_clock_that_is_off_is_refused_by_the_platform_and_tried_again(
    company: Company, platform_at: Callable[[str], Platform], clock: MovableClock, seconds: int
) -> None:
    feishu = platform_at("feishu")
    StaffAccount.objects.filter(pk=feishu.app.pk).update(is_active=False)
    feishu.robot.is_active = True
    feishu.robot.save()
    feishu.peer.now = lambda: clocks.now() + timedelta(seconds=seconds)
    tell(company)
    deliver_all()
    assert (states(feishu), feishu.told) == (["queued"], [])
    feishu.peer.now = clocks.now
    clock.advance(minutes=1)
    deliver_all()
    assert feishu.told == ["group"]
