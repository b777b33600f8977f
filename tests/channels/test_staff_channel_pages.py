"""Accounts at platforms, who is who there, and everybody's own wishes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.channels.models import NoticeWish, StaffAccount, StaffAddress
from huiyin.channels.rules.staff.discreet import discreet
from huiyin.channels.rules.staff.groups import STEPS, group_of
from huiyin.channels.tasks import deliver_all
from tests.channels.staff_fixtures import Platform
from tests.conftest import Company

SignIn = Callable[[str], Client]
ACCOUNT = {
    "platform": "wecom",
    "mode": "app",
    "name": "企业微信",
    "key_id": "corp",
    "agent_id": "1000002",
    "secret": "env:HUIYIN_STAFF_TEST",
    "is_active": "on",
}


def test_an_account_is_set_up_and_its_secret_is_nowhere_stored(company: Company, sign_in: SignIn) -> None:
    answer = sign_in("administrator").post("/staff-channels/new/", {**ACCOUNT, "once": "1"})
    made = StaffAccount.objects.get()
    assert answer["Location"] == f"/staff-channels/{made.pk}/"
    assert (made.platform, made.secret, made.groups) == ("wecom", "env:HUIYIN_STAFF_TEST", [])
    assert "企业微信" in sign_in("administrator").get("/staff-channels/").content.decode()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"secret": "secret itself"}, "secret"),
        ({"callback_key": "env:HOME"}, "callback_key"),
        ({"key_id": ""}, "key_id"),
        ({"base_url": "http://evil.example"}, "base_url"),
        ({"platform": "icq"}, "platform"),
    ],
)
def test_what_is_wrong_with_an_account_is_said_at_the_field(
    company: Company, sign_in: SignIn, change: dict[str, str], field: str
) -> None:
    answer = sign_in("administrator").post("/staff-channels/new/", {**ACCOUNT, **change})
    assert (answer.status_code, field in answer.context["form"].errors) == (422, True)
    assert not StaffAccount.objects.exists()


def test_only_who_sets_up_channels_sees_the_accounts(company: Company, sign_in: SignIn) -> None:
    for address in ("/staff-channels/", "/staff-channels/new/", "/staff-channels/people/"):
        assert sign_in("service_manager").get(address).status_code == 403
        assert Client().get(address).status_code == 302


def test_who_is_who_is_written_line_by_line(company: Company, sign_in: SignIn) -> None:
    agent, manager = company.staff["agent"].username, company.staff["service_manager"].username
    admin = sign_in("administrator")
    lines = {"wecom": f"{agent} = zhangsan\n{manager} = lisi", "feishu": f"{agent} = ou_1"}
    assert admin.post("/staff-channels/people/", {**lines, "once": "1"}).status_code == 302
    assert StaffAddress.objects.count() == 3
    assert admin.post("/staff-channels/people/", {"wecom": f"{agent} = lisi"}).status_code == 302
    assert list(StaffAddress.objects.values_list("staff", "platform", "address")) == [
        (company.staff["agent"].pk, "wecom", "lisi")
    ]


@pytest.mark.parametrize("line", ["nonsense", "no-such-person = x", "{agent} = x\n{agent} = y"])
def test_a_line_that_cannot_be_read_changes_nothing(company: Company, sign_in: SignIn, line: str) -> None:
    text = line.format(agent=company.staff["agent"].username)
    answer = sign_in("administrator").post("/staff-channels/people/", {"feishu": text})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["feishu", "__all__"])
    assert not StaffAddress.objects.exists()


def test_a_test_goes_to_who_asks_for_it(platform: Platform, company: Company, sign_in: SignIn) -> None:
    admin = sign_in("administrator")
    refused = admin.post(f"/staff-channels/{platform.app.pk}/test/")
    assert refused["Location"] == f"/staff-channels/{platform.app.pk}/"
    StaffAddress.objects.create(staff=company.staff["administrator"], platform=platform.code, address="lisi")
    assert "/sent/" in admin.post(f"/staff-channels/{platform.app.pk}/test/")["Location"]
    deliver_all()
    assert platform.told == ["lisi"]


def test_everybody_chooses_ways_and_quiet_hours(
    platform_at: Callable[[str], Platform], company: Company, sign_in: SignIn
) -> None:
    platform_at("wecom")
    agent = sign_in("agent")
    page = agent.get("/notices/ways/")
    assert page.context["form"].initial["late"] == ["wecom"]
    sent = {"late": ["wecom"], "quiet_from": "20:00", "quiet_until": "07:30", "once": "1"}
    assert agent.post("/notices/ways/", sent).status_code == 302
    wish = NoticeWish.objects.get()
    assert (wish.staff_id, wish.ways["late"], wish.ways["other"]) == (company.staff["agent"].pk, ["wecom"], [])
    assert str(wish.quiet_from) == "20:00:00"
    assert agent.post("/notices/ways/", {"quiet_from": "20:00"}).status_code == 422
    assert agent.post("/notices/ways/", {"late": ["pigeon"]}).status_code == 422


def test_without_any_platform_the_page_says_so(company: Company, sign_in: SignIn) -> None:
    assert "目前仅在屏幕上通知" in sign_in("agent").get("/notices/ways/").content.decode()


@pytest.mark.parametrize(
    ("text", "page", "group"),
    [
        (STEPS["breach"], "case", "late"),
        ("%(number)s is yours now: %(title)s", "case", "cases"),
        ("x", "visits", "visits"),
        ("x", "plan-week", "visits"),
        ("x", "chat-talk", "chats"),
        ("x", "", "other"),
    ],
)
def test_a_notice_belongs_to_one_group(text: str, page: str, group: str) -> None:
    assert group_of(text, page) == group


@given(st.text(), st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text())
def test_no_mobile_number_survives_between_blanks(before: str, number: str, after: str) -> None:
    assert number not in discreet(f"{before} {number} {after}")
