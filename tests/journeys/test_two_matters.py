"""A suggestion is turned down with reasons and asked about once more; two cases become one, and one becomes two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from huiyin.cases.actions.arrange_stages import save_stage
from huiyin.cases.public import Case, ProblemType
from huiyin.cases.rules.shipped import PROBLEM_TYPES
from huiyin.customers.public import Contact, Customer
from huiyin.promises.public import Promise
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_suggestion_is_turned_down_with_reasons_and_the_customer_asks_once_more(walk: Walk) -> None:
    walk.at("2026-09-28 09:00")
    case, phone = _suggested(walk)
    _turned_down(walk, case)
    _asks_once_more(walk, case, phone)
    _explained(walk, case, phone)


def _suggested(walk: Walk) -> tuple[Case, Page]:
    """Somebody writes a suggestion in the public form."""
    phone = walk.open("customer", "/feedback/")
    phone.select_option("[name=kind]", "suggestion")
    phone.select_option("[name=topic]", "need")
    phone.fill("[name=description]", walk.say("希望遥控器能连手机", "The remote should work with my phone"))
    phone.fill("[name=reporter_phone]", "13900000001")
    phone.locator(".public-card button.btn-primary").click()
    phone.wait_for_url("**/c/**")
    return Case.objects.get(), phone


def _turned_down(walk: Walk, case: Case) -> None:
    """R&D weighs it, decides against it, and says why."""
    walk.at("2026-09-28 14:00")
    take(walk, "rnd_head", case, "take")
    take(walk, "rnd_head", case, "verify", note=walk.say("已与客户核对", "Checked with the customer"))
    page = walk.open("rnd_head", f"/cases/{case.pk}/diagnose/")
    page.fill("[name=cause]", walk.say("红外模块不支持", "The infrared part cannot do it"))
    page.fill("[name=guidance]", walk.say("介绍了现有的小程序", "Showed the app there is"))
    page.select_option("[name=helped]", "no")
    walk.picture(page, "diagnose")
    submit(page)
    take(walk, "rnd_head", case, "start")
    take(walk, "rnd_head", case, "finish", test=walk.say("评审:不采纳", "Reviewed: not taken up"))
    reasons = walk.say("本代产品不采纳:成本翻倍。", "Not in this product: it would double the cost.")
    take(walk, "rnd_head", case, "tell", result=reasons)
    page = walk.open("rnd_head", f"/cases/{case.pk}/")
    walk.picture(page, "told")
    case.refresh_from_db()
    assert case.state == "told"


def _asks_once_more(walk: Walk, case: Case, phone: Page) -> None:
    """The customer reads the reasons and is not content: the case is in work again by itself."""
    phone.reload()
    assert walk.say("成本翻倍", "double the cost") in phone.content()
    phone.locator("[name=verdict][value=not]").check()
    phone.locator("[name=words]").last.fill(walk.say("那下一代呢?", "And the next one?"))
    walk.picture(phone, "asks-once-more")
    phone.locator("[action$='/verdict/'] button.btn-primary").click()
    phone.wait_for_load_state()
    case.refresh_from_db()
    assert (case.state, case.reopened_times, case.verdict) == ("reopened", 1, "")
    assert list(case.verdicts.values_list("verdict", flat=True)) == ["not"]


def _explained(walk: Walk, case: Case, phone: Page) -> None:
    """The second answer is accepted; a later day is agreed and becomes a visit."""
    walk.at("2026-09-29 10:00")
    take(walk, "rnd_head", case, "start")
    take(walk, "rnd_head", case, "finish", test=walk.say("列入下一代需求池", "On the list for the next product"))
    take(walk, "rnd_head", case, "tell", result=walk.say("已列入下一代需求。", "It is on the list for the next one."))
    phone.reload()
    phone.locator("[name=verdict][value=mostly]").check()
    phone.locator("[action$='/verdict/'] button.btn-primary").click()
    phone.wait_for_load_state()
    case.refresh_from_db()
    assert (case.state, case.ended_as, case.verdict) == ("closed", "verdict", "mostly")
    assert not Promise.objects.filter(subject="cases.case", subject_id=case.pk, state__in=["open", "paused"]).exists()
    walk.picture(walk.open("rnd_head", f"/cases/{case.pk}/"), "closed")


def test_two_cases_become_one_and_one_becomes_two(walk: Walk) -> None:
    walk.at("2026-09-28 09:00")
    first, second = _two_calls(walk)
    link = second.links.get().token
    _merged(walk, second, first)
    _led_on(walk, first, link)
    _split(walk, first)
    _in_a_stage(walk, first)


def _two_calls(walk: Walk) -> tuple[Case, Case]:
    """The customer calls, and calls again."""
    now = walk.clock.now
    buyer = Customer.objects.create(
        number="CS202609001",
        name=walk.say("周敏", "Zhou Min"),
        sort_key="zhoumin",
        registered_at=now,
        language=walk.say("zh-hans", "en"),
    )
    Contact.objects.create(customer=buyer, name=buyer.name, phone="+8613900001111", is_primary=True)
    for code, name, name_en, topic, parent in PROBLEM_TYPES:  # a journey before this one may have emptied the tree
        above = ProblemType.objects.filter(code=parent).first()
        named = {"name": name, "name_en": name_en, "topic": topic, "parent": above}
        ProblemType.objects.get_or_create(code=code, defaults=named)
    made = []
    for said in (
        walk.say("空调停机,另外安装师傅态度差", "The air conditioner stops; also the fitter was rude"),
        walk.say("空调又停机了,请快些", "It stopped again, please hurry"),
    ):
        page = walk.open("agent", f"/cases/new/?customer={buyer.number}")
        page.select_option("[name=kind]", "complaint")
        page.select_option("[name=topic]", "technical")
        page.fill("[name=problem_type_id]", walk.say("技术问题 › 故障报修", "Technical question › Breakdown"))
        page.fill("[name=description]", said)
        if not made:
            walk.picture(page, "new-case")
        page.locator(".form-end button.btn-primary").click()
        page.wait_for_url(re.compile(r"/cases/\d+/"))
        made.append(Case.objects.latest("pk"))
        walk.clock.advance(minutes=10)
    assert {case.problem_type.code for case in made if case.problem_type} == {"technical.failure"}
    return made[0], made[1]


def _merged(walk: Walk, case: Case, into: Case) -> None:
    """The agent makes one of them."""
    page = walk.open("agent", f"/cases/{case.pk}/merge/")
    assert page.locator(f"datalist option[value='{into.number}']").count() == 1
    page.fill("[name=into]", into.number)
    page.fill("[name=reason]", walk.say("同一件事", "The same matter"))
    walk.picture(page, "merge")
    submit(page)
    case.refresh_from_db()
    assert (case.state, case.merged_into_id, case.ended_as) == ("merged", into.pk, "merged")
    page = walk.open("agent", f"/cases/{case.pk}/")
    assert page.get_by_text(walk.say("撤销合并", "Undo the merge")).count() >= 1
    walk.picture(page, "merged")
    page = walk.open("agent", f"/cases/{into.pk}/")
    assert (
        page.locator(".talk").get_by_text(walk.say("空调又停机了,请快些", "It stopped again, please hurry")).count()
        == 1
    )
    walk.picture(page, "goes-on")


def _led_on(walk: Walk, into: Case, token: str) -> None:
    """The link of the merged one shows the case that goes on."""
    phone = walk.open("customer", f"/c/{token}/")
    assert into.number in phone.content()
    assert words(phone.locator("h2").first) == into.title
    walk.picture(phone, "led-on")


def _split(walk: Walk, case: Case) -> None:
    """The fitter's manners are a matter of their own."""
    page = walk.open("agent", f"/cases/{case.pk}/split/")
    page.fill("[name=description]", walk.say("安装师傅态度差", "The fitter was rude"))
    page.select_option("[name=topic]", "attitude")
    walk.picture(page, "split")
    submit(page)
    part = Case.objects.latest("pk")
    assert (part.topic, part.customer_id, part.received_at) == ("attitude", case.customer_id, case.received_at)
    page = walk.open("agent", f"/cases/{case.pk}/")
    assert page.get_by_text(walk.say("拆分出", "Split off into")).count() == 1
    walk.picture(page, "split-off")


def _in_a_stage(walk: Walk, case: Case) -> None:
    """A stage of the company's own: made, used, and not taken away without a word about its cases."""
    manager = walk.company.call("service_manager")
    save_stage(manager, None, code="on_site", name="已到现场", name_en="Arrived on site", state="verified")
    take(walk, "agent", case, "verify", note=walk.say("已核对", "Checked"))
    page = walk.open("agent", f"/cases/{case.pk}/own_stage/")
    page.locator("[name=stage][value=on_site]").check()
    submit(page)
    page = walk.open("agent", f"/cases/{case.pk}/")
    assert page.locator(".sheet-lead").get_by_text(walk.say("已到现场", "Arrived on site")).count() == 1
    walk.picture(page, "in-a-stage")
    page = walk.open("service_manager", "/cases/stages/")
    walk.picture(page, "stages")
    page.locator("tbody a", has_text=walk.say("已到现场", "Arrived on site")).click()
    asked = walk.say("有 1 张工单处于该阶段", "1 cases are in this stage")
    page.get_by_text(asked).first.wait_for()
    walk.picture(page, "asks-where-cases-go")
    walk.picture(walk.open("service_manager", "/cases/problem-types/"), "problem-types")


def take(walk: Walk, who: str, case: Case, verb: str, **given: str) -> None:
    """Takes a step on its page."""
    page = walk.open(who, f"/cases/{case.pk}/{verb}/")
    for name, value in given.items():
        page.fill(f"[name={name}]", value)
    submit(page)


def submit(page: Page) -> None:
    """Sends the form of a step and waits for what follows."""
    page.locator("form[enctype] .form-end button").click()
    page.wait_for_url(re.compile(r"/cases/\d+/(\?.*)?$"))
