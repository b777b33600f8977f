"""The calendar page and its forms, as people with and without the right see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client

from huiyin.working_time.public import calendar_of
from huiyin.working_time.rules.calendar import DayKind
from tests.conftest import Company, MovableClock
from tests.working_time.calendars import OFFICE, hours, sh

SignIn = Callable[[str], Client]
CLOSURE = {"day": "2026-09-29", "kind": "closure", "name": "台风", "note": "台风停工", "version": "1"}


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def errors_of(answer: HttpResponse) -> str:
    return " ".join(str(error) for errors in answer.context["form"].errors.values() for error in errors)


def test_everybody_sees_the_calendar_and_only_some_may_change_it(company: Company, sign_in: SignIn) -> None:
    seen, changed = sign_in("agent").get("/calendar/"), sign_in("administrator").get("/calendar/")
    assert (seen.status_code, changed.status_code) == (200, 200)
    assert "/calendar/standard/day/" not in text_of(seen)
    assert "/calendar/standard/day/?day=2026-10-10" in text_of(changed)
    for address in ("/calendar/standard/day/", "/calendar/standard/hours/", "/calendar/new/"):
        assert sign_in("agent").get(address).status_code == 403


def test_strangers_are_asked_to_sign_in(client: Client, db: None) -> None:
    assert client.get("/calendar/").headers["Location"] == "/accounts/login/?next=/calendar/"


def test_the_year_shows_holidays_and_make_up_days_by_name_and_sign(company: Company, sign_in: SignIn) -> None:
    answer = sign_in("agent").get("/calendar/?year=2026")
    page = answer.context["page"]
    assert (page.working_days, len(page.months), page.calendar.version) == (248, 12, 1)
    october = [cell for week in page.months[9].weeks for cell in week if cell]
    assert [cell.day.day.day for cell in october if cell.kind.code == "holiday"] == list(range(1, 8))
    assert [(cell.day.day.day, cell.kind.sign, cell.name) for cell in october if cell.kind.code == "make_up"] == [
        (10, "班", "国庆节")
    ]
    assert "10月1日至10月7日" in text_of(answer)
    assert [cell.day.day for week in page.months[8].weeks for cell in week if cell and cell.today] == [
        date(2026, 9, 28)
    ]


@pytest.mark.parametrize("query", ["?year=0", "?year=99999", "?year=x", "?version=x", "?year=2101", "?region=火星"])
def test_an_odd_address_still_shows_a_year(company: Company, sign_in: SignIn, query: str) -> None:
    assert sign_in("agent").get(f"/calendar/{query}").status_code == 200


@pytest.mark.parametrize("query", ["?code=nowhere", "?version=99", "?code=standard&version=99999"])
def test_what_does_not_exist_is_404(company: Company, sign_in: SignIn, query: str) -> None:
    assert sign_in("agent").get(f"/calendar/{query}").status_code == 404


def test_a_closure_is_entered_and_stands_in_the_versions(company: Company, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    saved = client.post("/calendar/standard/day/", CLOSURE)
    assert (saved.status_code, saved.headers["Location"]) == (302, "/calendar/?code=standard&year=2026")
    assert calendar_of().kind_of(date(2026, 9, 29)) is DayKind.CLOSURE
    page = client.get("/calendar/").context["page"]
    newest = page.versions[0]
    assert (newest.number, newest.by, newest.note, newest.days[0].name) == (2, "administrator", "台风停工", "台风")
    assert "正在查看第 1 版，最新为第 2 版" in text_of(client.get("/calendar/?version=1"))


def test_a_double_click_makes_one_version(company: Company, sign_in: SignIn) -> None:
    client, entry = sign_in("administrator"), CLOSURE | {"once": "twice"}
    assert [client.post("/calendar/standard/day/", entry).status_code for _ in range(2)] == [302, 302]
    assert calendar_of().version == 2


def test_whoever_was_overtaken_keeps_the_entry_and_can_send_it_again(company: Company, sign_in: SignIn) -> None:
    sign_in("director").post("/calendar/standard/day/", CLOSURE)
    client, late = sign_in("administrator"), CLOSURE | {"day": "2026-09-30", "name": "盘点"}
    refused = client.post("/calendar/standard/day/", late)
    assert refused.status_code == 422
    assert "director刚刚修改过这份日历，现在是第 2 版" in errors_of(refused)
    assert 'value="盘点"' in text_of(refused)
    shown = re.search(r'name="version" value="(\d+)"', text_of(refused))
    assert shown is not None
    assert client.post("/calendar/standard/day/", late | {"version": shown[1]}).status_code == 302
    assert calendar_of().version == 3


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"day": "2026-02-30"}, "有效的日期"),
        ({"name": ""}, "请写明这一天是什么日子"),
        ({"kind": "special", "hours": "9点到12点"}, "不是时间"),
        ({"kind": "special", "hours": "22:00-06:00"}, "跨零点"),
        ({"kind": "special", "hours": "09:00-12:00 11:00-13:00"}, "重叠"),
        ({"kind": "special", "hours": "25:00-26:00"}, "不是时间"),
        ({"day": "0026-09-29"}, "年份应在 1900 到 2200 之间"),
        ({"last_day": "2026-09-01"}, "截止日期早于开始日期"),
        ({"kind": "party"}, "party"),
        ({"note": ""}, "必填"),
    ],
)
def test_a_wrong_entry_says_what_is_wrong_and_changes_nothing(
    company: Company, sign_in: SignIn, changes: dict[str, str], why: str
) -> None:
    refused = sign_in("administrator").post("/calendar/standard/day/", CLOSURE | changes)
    assert refused.status_code == 422
    assert why in errors_of(refused)
    assert calendar_of().version == 1


def test_the_form_shows_what_the_day_is_now(company: Company, sign_in: SignIn) -> None:
    form = sign_in("administrator").get("/calendar/standard/day/?day=2026-10-10").context["form"]
    assert (form.initial["kind"], form.initial["name"]) == ("make_up", "国庆节")
    assert sign_in("administrator").get("/calendar/standard/day/?day=nonsense").status_code == 200


def test_hours_are_changed_from_a_day_on(company: Company, sign_in: SignIn) -> None:
    client = sign_in("administrator")
    shown = client.get("/calendar/standard/hours/").context["form"]
    assert shown.initial["effective_from"] == date(2026, 9, 29)
    week = {f"day_{n}": "9:30～12:00，13:00—17:30" if n < 5 else "" for n in range(7)}
    entry = week | {"effective_from": "2026-11-02", "zone": "Asia/Shanghai", "note": "冬季作息", "version": "1"}
    assert client.post("/calendar/standard/hours/", entry).status_code == 302
    assert calendar_of().intervals_on(date(2026, 11, 2)) == hours("09:30-12:00", "13:00-17:30")
    assert calendar_of().intervals_on(date(2026, 10, 30)) == OFFICE
    assert client.get("/calendar/").context["page"].coming_hours[0][0] == "2026年11月2日（星期一）"
    refused = client.post("/calendar/standard/hours/", entry | {"zone": "Mars/Base", "version": "2"})
    assert "没有名为 Mars/Base 的时区" in errors_of(refused)


def test_a_department_gets_its_calendar(company: Company, sign_in: SignIn) -> None:
    client, department = sign_in("administrator"), company.departments["service"].pk
    entry = {"name": "热线", "code": "hotline", "like": "standard", "department": department, "note": "热线作息"}
    assert client.post("/calendar/new/", entry).headers["Location"] == "/calendar/?code=hotline&year=2026"
    assert client.get("/calendar/?code=hotline").context["page"].department == "客户服务部"
    assert "已有代码为 hotline 的日历" in errors_of(client.post("/calendar/new/", entry))


def test_the_missing_year_is_noticed_from_november_and_announced_when_entered(
    company: Company, sign_in: SignIn, clock: MovableClock
) -> None:
    client = sign_in("administrator")
    assert client.get("/calendar/").context["page"].missing is None
    clock.set("2026-11-01T09:00")
    client = sign_in("administrator")
    assert "缺少 2027 年的放假安排" in text_of(client.get("/calendar/"))
    refused = client.post("/calendar/standard/announce/", {"year": "2027", "version": "1"}, follow=True)
    assert "内置名单还没有 2027 年的放假安排" in text_of(refused)
    client.post("/calendar/standard/day/", CLOSURE | {"day": "2027-01-01", "kind": "holiday", "name": "元旦"})
    client.post("/calendar/standard/announce/", {"year": "2027", "version": "2"})
    assert client.get("/calendar/").context["page"].missing is None
    assert calendar_of().announced_through == date(2027, 12, 31)


def test_the_calculator_answers_with_and_without_javascript(company: Company, sign_in: SignIn) -> None:
    client, asked = sign_in("agent"), {"start": "2026-09-30T16:00", "amount": "4", "unit": "working_hours"}
    whole = client.get("/calendar/deadline/", asked)
    part = client.get("/calendar/deadline/", asked, headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert answer.context["page"].at == sh("2026-10-08T11:00")
        assert "2026年10月1日（星期四）至2026年10月7日（星期三）放假（国庆节），不计。" in text_of(answer)
    assert "<html" in text_of(whole)
    assert "<html" not in text_of(part)


def test_the_calculator_reads_the_start_on_the_calendars_clock(company: Company, sign_in: SignIn) -> None:
    company.staff["agent"].time_zone = "Europe/Berlin"
    company.staff["agent"].save()
    asked = {"start": "2026-09-30T16:00", "amount": "3", "unit": "working_days"}
    assert sign_in("agent").get("/calendar/deadline/", asked).context["page"].at == sh("2026-10-10T16:00")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"amount": "-1"}, "0"),
        ({"amount": "999999"}, "十年"),
        ({"amount": "1.5", "unit": "days"}, "整数"),
        ({"start": "soon"}, "有效的日期"),
        ({"unit": "moons"}, "moons"),
        ({"start": "1700-01-01T09:00"}, "1900"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(
    company: Company, sign_in: SignIn, changes: dict[str, str], why: str
) -> None:
    asked = {"start": "2026-09-30T16:00", "amount": "4", "unit": "working_hours"} | changes
    answer = sign_in("agent").get("/calendar/deadline/", asked)
    assert (answer.status_code, answer.context["page"].at) == (422, None)
    assert why in errors_of(answer)
