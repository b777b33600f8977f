"""A policy for VIP customers is made, tried and published; a case explains its deadline, which stands over a make-up
Saturday to the minute and follows a day that becomes a day off (SLA-1, SLA-4, SLA-6).
"""

from __future__ import annotations

from datetime import date, datetime

import pytest
from playwright.sync_api import expect

from huiyin.cases.actions.open_case import open_case
from huiyin.cases.models import Case, SlaList, SlaPolicy
from huiyin.cases.rules.shipped import POLICIES
from huiyin.customers.public import Customer
from huiyin.promises.models import Promise
from huiyin.promises.tasks import sweep
from tests.conftest import SHANGHAI
from tests.journeys.walk import Walk, words

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
BEGINNING = date(2007, 1, 1)


def test_a_policy_for_vip_customers(walk: Walk) -> None:
    _shipped(walk)
    walk.clock.set("2026-10-09 09:00")  # a Friday; the Saturday after it makes up for the National Day holiday
    before = _opened(walk, "vip")
    _made(walk, before)
    _put_first(walk)
    vip, plain = _opened(walk, "vip"), _opened(walk, "regular")
    assert [(each.policy, each.policy_version) for each in (before, vip, plain)] == [
        ("standard", 1),
        ("vip", 1),
        ("standard", 1),
    ]
    assert _dues(before) == {"first_response": "10-09 18:00", "solve": "10-15 09:00", "verify": "10-10 09:00"}
    assert _dues(vip) == {"first_response": "10-09 11:00", "solve": "10-13 09:00", "verify": "10-10 09:00"}
    assert _dues(plain) == _dues(before)
    _explained(walk, vip)
    _day_off(walk)
    assert (_dues(vip)["solve"], _dues(plain)["solve"]) == ("10-14 09:00", "10-15 09:00")
    _said_so(walk, vip)
    _late_to_the_minute(walk, vip)


def _shipped(walk: Walk) -> None:
    """What migrations put in place, and two customers."""
    for policy in POLICIES:
        SlaPolicy.objects.get_or_create(code=policy["code"], version=1, defaults=policy | {"effective_from": BEGINNING})
    SlaList.objects.get_or_create(version=1, defaults={"codes": ["standard"], "effective_from": BEGINNING})
    for tier, name in (("vip", "林悦"), ("regular", "周宁")):
        customer = Customer.objects.create(
            number=f"CS{tier}".upper(), name=name, sort_key=tier, tier=tier, registered_at="2026-09-01T00:00:00Z"
        )
        walk.notes[tier] = str(customer.pk)


def _opened(walk: Walk, tier: str) -> Case:
    return open_case(
        walk.company.call("agent"),
        kind="inquiry",
        topic="other",
        channel="phone",
        level="general",
        description="制冰机出冰慢",
        customer_id=int(walk.notes[tier]),
    )


def _made(walk: Walk, case: Case) -> None:
    """The director fills the form in, tries the policy on past cases, and saves it."""
    page = walk.open("director", "/cases/clocks/new/")
    page.get_by_label(walk.say("名称", "Name"), exact=True).fill("VIP")
    page.locator("[name=code]").fill("vip")
    page.locator("[name=condition-0-new]").select_option("tier")
    page.locator("[name=condition-0-0-value][value=vip]").check()
    page.locator("[name=clock-6-amount]").fill("2")
    page.locator("[name=clock-7-amount]").fill("3")
    page.locator("[name=follows_calendar]").check()
    page.locator("[name=do][value=preview]").click()
    tried = page.locator("#preview")
    met = walk.say(
        "最近 90 天收到 1 个工单，其中 1 个符合条件；1 个",
        "Of 1 cases received in the last 90 days 1 meet the conditions; 1 of",
    )
    expect(tried).to_contain_text(met)
    expect(tried).to_contain_text(case.number)
    for moved in (
        walk.say("首次响应: 18:00 → 11:00", "First response: 18:00 → 11:00"),
        walk.say("解决或答复: 10月15日 09:00 → 10月13日 09:00", "Solve or answer: 15 Oct 09:00 → 13 Oct 09:00"),
    ):
        expect(tried).to_contain_text(moved)
    walk.picture(page, "tried")
    page.locator("[name=reason]").fill("VIP")
    page.locator("[name=do][value=save]").click()
    page.wait_for_url(lambda url: "/new/" not in url)
    expect(page.locator(".card", has_text="VIP")).to_contain_text(walk.say("加入列表", "Put into the list"))


def _put_first(walk: Walk) -> None:
    """It takes effect by its place in the list: before the one for every case."""
    page = walk.page("director")
    page.locator(".card", has_text="VIP").get_by_text(walk.say("加入列表", "Put into the list")).click()
    expect(page.locator("ol > .card").first).to_contain_text("VIP")
    walk.picture(page, "in-the-list")
    page.locator("[name=reason]").fill("VIP")
    page.locator("form.form .btn-primary").click()
    page.wait_for_url(lambda url: "order=" not in url)
    assert SlaList.objects.latest("version").codes == ["vip", "standard"]


def _explained(walk: Walk, case: Case) -> None:
    """The deadline on the case's page leads to why it is so."""
    page = walk.open("agent", f"/cases/{case.pk}/")
    expect(page.locator(".facts", has_text="VIP").first).to_contain_text("v1")
    walk.picture(page, "case")
    page.locator(f"a[href='/promises/{_promise(case, 'solve').pk}/']").first.click()
    why = words(page.locator(".why"))
    for part in (
        walk.say("适用时限政策“VIP”第 1 版。", "Under policy “VIP”, version 1."),
        walk.say(
            "它是列表第 2 版中第一条条件符合的政策：客户级别：VIP 客户。",
            "It was the first in version 2 of the list whose conditions the case met: "
            "Tier of the customer: VIP customer.",
        ),
        walk.say("日历变动时，此时限会随之重算。", "The deadline follows changes of the calendar."),
        walk.say(
            "2026年10月10日（星期六）调休上班（国庆节），为第 1 个工作日。",
            "Sat 10 Oct 2026 is a make-up workday (National Day) and is working day 1.",
        ),
        walk.say("时限为 2026年10月13日（星期二）09:00。", "The deadline is Tue 13 Oct 2026, 09:00."),
    ):
        assert part in why, why
    walk.picture(page, "explained")


def _day_off(walk: Walk) -> None:
    """On the make-up Saturday, Monday becomes a day off; the worker does the rest."""
    walk.at("2026-10-10 10:00")
    page = walk.open("director", "/calendar/standard/day/")
    page.locator("[name=day]").fill("2026-10-12")
    page.locator("[name=kind]").select_option("closure")
    page.locator("[name=name]").fill(walk.say("盘点", "Stocktaking"))
    page.locator("[name=note]").fill(walk.say("公司盘点放假", "Closed for stocktaking"))
    page.locator("form.form .btn-primary").click()
    page.wait_for_url(lambda url: "/day/" not in url)
    walk.work()
    page = walk.open("director", "/cases/clocks/")
    said = walk.say("已查看 1 个工单中的 1 个，重算 1 个时限", "1 of 1 cases looked at, 1 deadlines reckoned anew")
    expect(page.locator(".progress").first).to_contain_text(said)
    walk.picture(page, "reckoned-anew")


def _said_so(walk: Walk, case: Case) -> None:
    """The case's page shows the new deadline and why it moved; its explanation knows the day off."""
    page = walk.open("agent", f"/cases/{case.pk}/")
    clocks = page.locator("section.stack").first
    solve = clocks.locator("span.row", has_text=walk.say("解决或答复", "Solve or answer")).last
    expect(solve).to_contain_text(walk.say("调整原因：公司盘点放假", "Moved: Closed for stocktaking"))
    expect(clocks.locator("span.row", has_text=walk.say("首次响应", "First response")).last).not_to_contain_text(
        walk.say("调整原因", "Moved")
    )
    walk.picture(page, "case-moved")
    solve.locator("a").click()
    why = words(page.locator(".why"))
    for part in (
        walk.say("2026年10月12日（星期一）停业（盘点），不计。", "Mon 12 Oct 2026 is closed: Stocktaking."),
        walk.say("时限为 2026年10月14日（星期三）09:00。", "The deadline is Wed 14 Oct 2026, 09:00."),
        walk.say("调整原因：公司盘点放假", "Moved: Closed for stocktaking"),
    ):
        assert part in why, why
    walk.picture(page, "explained-anew")


def _late_to_the_minute(walk: Walk, case: Case) -> None:
    """The old deadline passes without a breach, the new one with it."""
    for moment, broken in (("2026-10-13 09:01", None), ("2026-10-14 08:59", None), ("2026-10-14 09:00", "10-14 09:00")):
        walk.at(moment)
        walk.job(sweep)
        found = _promise(case, "solve").broken_at
        assert (found and _shown(found)) == broken


def _promise(case: Case, goal: str) -> Promise:
    return Promise.objects.get(subject="cases.case", subject_id=case.pk, kind=f"case.{goal}")


def _dues(case: Case) -> dict[str, str]:
    owed = Promise.objects.filter(subject="cases.case", subject_id=case.pk)
    return {each.kind.removeprefix("case."): _shown(each.due_at) for each in owed}


def _shown(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
