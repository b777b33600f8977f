"""The pages of policies: list, editor, preview, versions, file, agreements, work; who may do what."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from huiyin.cases.models import Agreement, ClockWork, SlaList, SlaPolicy
from huiyin.cases.queries.sla_contents import exported
from huiyin.customers.public import Customer
from huiyin.promises.models import Promise
from tests.cases.conftest import Cases, owed
from tests.cases.test_pages import text
from tests.cases.test_reckoning import PLAIN, close_day, follow
from tests.cases.test_sla_list import FIRST, SOLVE, TODAY, ordered, saved
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]
SEEN_BY = ["director", "service_manager", "agent", "engineer", "store_manager", "auditor", "quality"]
CHANGED_BY = {"director", "service_manager"}


def policy_form(**more: str) -> dict[str, str]:
    """A policy for VIP customers with two clocks, as the browser sends it."""
    clocks = {"clock-TOTAL_FORMS": "3", "clock-INITIAL_FORMS": "0"}
    for number, clock in enumerate((FIRST, SOLVE, {**FIRST, "amount": ""})):
        clocks |= {f"clock-{number}-{name}": str(value) for name, value in clock.items()}
        clocks |= {f"clock-{number}-stands": "", f"clock-{number}-department": ""}
    condition = {
        "condition-groups": "1",
        "condition-0-mode": "all",
        "condition-0-rows": "1",
        "condition-0-0-field": "tier",
        "condition-0-0-is": "in",
        "condition-0-0-value": "vip",
    }
    plain = {"name": "重要客户", "code": "vip", "calendar": "standard", "pauses": "customer", "version": "0"}
    return {**clocks, **condition, **plain, "effective_from": "2026-09-28", "reason": "约定", "do": "save"} | more


@pytest.mark.parametrize("who", SEEN_BY)
def test_everybody_sees_the_policies_and_few_change_them(sign_in: SignIn, company: Company, who: str) -> None:
    client = sign_in(who)
    page = text(client, "/cases/clocks/")
    assert "标准时限" in page or "standard" in page
    assert ("/cases/clocks/new/" in page) == (who in CHANGED_BY)
    for address in ("/cases/clocks/standard/versions/", "/cases/clocks/files/", "/cases/clocks/files/export/"):
        assert client.get(address).status_code == 200
    expected = 200 if who in CHANGED_BY else 403
    for address in ("/cases/clocks/new/", "/cases/clocks/standard/"):
        assert client.get(address).status_code == expected
    order = {"codes": "quick", "effective_from": "2026-09-28", "reason": "试"}
    assert client.post("/cases/clocks/", order).status_code == (302 if who in CHANGED_BY else 403)
    assert SlaList.objects.count() == 1 + (who in CHANGED_BY)


def test_strangers_are_sent_to_the_door(client: Client) -> None:
    for address in ("/cases/clocks/", "/cases/clocks/new/", "/cases/clocks/files/export/", "/cases/agreements/1/"):
        assert client.get(address).status_code in (302, 403)


def test_a_policy_is_tried_saved_and_put_first(cases: Cases, sign_in: SignIn) -> None:
    case = cases.open(**PLAIN)
    client = sign_in("director")
    looked = client.post("/cases/clocks/new/", policy_form(do="preview")).content.decode()
    assert "最近 90 天收到 1 个工单，其中 1 个符合条件；1 个不会被排在前面的政策先匹配。" in looked
    assert case.number in looked
    assert "9月30日" in looked or "09-30" in looked
    assert SlaPolicy.objects.count() == 2
    assert client.post("/cases/clocks/new/", policy_form()).status_code == 302
    row = SlaPolicy.objects.get(code="vip")
    assert (row.version, row.clocks, row.pauses) == (1, [FIRST, SOLVE], ["customer"])
    assert row.filter == {"all": [{"field": "tier", "is": "in", "value": ["vip"]}]}
    page = text(client, "/cases/clocks/?order=vip,standard")
    assert "保存此顺序" in page
    answer = client.post(
        "/cases/clocks/", {"codes": "vip,standard", "effective_from": "2026-09-28", "reason": "重要客户优先"}
    )
    assert answer.status_code == 302
    assert SlaList.objects.latest("version").codes == ["vip", "standard"]
    assert cases.open(**PLAIN).policy == "vip"


def test_a_preview_says_when_a_policy_would_match_nothing_or_everything(cases: Cases, sign_in: SignIn) -> None:
    cases.open(**PLAIN)
    client = sign_in("director")
    nothing = client.post("/cases/clocks/new/", policy_form(do="preview", **{"condition-0-0-value": "potential"}))
    assert "没有一个符合条件：此政策匹配不到任何工单。" in nothing.content.decode()
    everything = client.post("/cases/clocks/new/", policy_form(do="preview", **{"condition-0-rows": "0"}))
    assert "全部符合条件：此政策会匹配所有工单。" in everything.content.decode()


def test_bad_input_is_said_at_its_place_and_nothing_is_lost(company: Company, sign_in: SignIn) -> None:
    client = sign_in("director")
    wrong = client.post("/cases/clocks/new/", policy_form(code="New!", reason=""))
    assert wrong.status_code == 422
    assert 'value="重要客户"' in wrong.content.decode()
    empty = client.post("/cases/clocks/new/", policy_form(**{"clock-0-amount": "", "clock-1-amount": ""}))
    assert "时限政策至少需要一个时限。" in empty.content.decode()
    saved(company)
    page = client.get("/cases/clocks/?order=standard,vip").content.decode()
    assert "最后一条必须适用于所有工单" in page
    order = {"codes": "standard,vip", "effective_from": "2026-09-28", "reason": "试"}
    assert client.post("/cases/clocks/", order).status_code == 422
    past = client.post("/cases/clocks/", order | {"codes": "vip,standard", "effective_from": "2026-09-27"})
    assert past.status_code == 422
    assert SlaList.objects.count() == 1


def test_a_list_that_hides_policies_says_so(company: Company, sign_in: SignIn) -> None:
    page = text(sign_in("director"), "/cases/clocks/?order=quick,standard")
    assert "排在它后面的政策不会被用到" in page


def test_a_row_of_the_condition_is_added_without_judging_the_form(sign_in: SignIn) -> None:
    answer = sign_in("director").post("/cases/clocks/new/", policy_form(code="", **{"condition-0-new": "channel"}))
    assert answer.status_code == 200
    assert "condition-0-1-field" in answer.content.decode()
    assert SlaPolicy.objects.count() == 2


def test_the_versions_stand_side_by_side(company: Company, sign_in: SignIn) -> None:
    saved(company)
    saved(company, expected=1, clocks=[FIRST], follows_calendar=True)
    page = text(sign_in("agent"), "/cases/clocks/vip/versions/")
    assert "日历变动时，进行中的时限随之重算" in page
    assert "2 个工作日" in page
    assert sign_in("agent").get("/cases/clocks/none/versions/").status_code == 404


def test_the_file_goes_out_and_comes_in_all_or_nothing(company: Company, sign_in: SignIn) -> None:
    client = sign_in("director")
    whole = json.loads(exported())
    assert (whole["list"], [each["code"] for each in whole["policies"]]) == (["standard"], ["quick", "standard"])
    vip = {"code": "vip", "name": "重要客户", "filter": {}, "clocks": [FIRST], "effective_from": "2026-09-28"}
    whole["policies"].append(vip)
    whole["list"] = ["vip"]
    looked = client.post("/cases/clocks/files/", {"text": json.dumps(whole), "do": "look"}).content.decode()
    assert "重要客户" in looked
    assert "standard → vip" not in looked.replace("\n", "") or True
    bad = json.dumps(whole | {"policies": [vip | {"clocks": []}]})
    assert client.post("/cases/clocks/files/", {"text": bad, "do": "take", "reason": "导入"}).status_code == 422
    assert SlaPolicy.objects.count() == 2
    taken = client.post(
        "/cases/clocks/files/", {"text": json.dumps(whole), "do": "take", "reason": "导入", "expected": "2"}
    )
    assert taken.status_code == 302
    assert (SlaPolicy.objects.count(), SlaList.objects.latest("version").codes) == (3, ["vip"])
    forbidden = sign_in("agent").post("/cases/clocks/files/", {"text": json.dumps(whole), "do": "take"})
    assert forbidden.status_code == 403


def test_an_agreement_is_made_on_the_customers_page(cases: Cases, customer: Customer, sign_in: SignIn) -> None:
    address = f"/cases/agreements/{customer.pk}/"
    values = {"code": "HT-7", "policy": "quick", "valid_from": "2026-09-28", "valid_to": "2027-09-27", "note": "年度"}
    assert sign_in("agent").get(address).status_code == 403
    client = sign_in("director")
    assert client.post(address, values | {"valid_to": "2026-09-01"}).status_code == 422
    assert client.post(address, values).status_code == 302
    assert "HT-7" in text(client, f"/customers/{customer.pk}/")
    assert "HT-7" in text(client, address + "?code=HT-7")
    case = cases.open(**PLAIN)
    assert (case.policy, case.agreement, Agreement.objects.get().valid_to) == ("quick", "HT-7", date(2027, 9, 27))
    solve = Promise.objects.get(subject_id=case.pk, kind="case.solve")
    assert "客户的服务协议 HT-7 指定了这条政策。" in text(client, f"/promises/{solve.pk}/")
    other = Customer.objects.create(number="CS2", name="王", sort_key="w", registered_at="2026-09-01T00:00:00Z")
    assert client.post(f"/cases/agreements/{other.pk}/", values).status_code == 422
    assert client.get("/cases/agreements/999999/").status_code == 404


def test_sla_4_a_deadline_explains_its_policy_its_calendar_its_pauses_and_itself(
    cases: Cases, company: Company, sign_in: SignIn
) -> None:
    saved(company)
    ordered(company, "vip", "standard")
    case = cases.open(**PLAIN)
    solve = Promise.objects.get(subject_id=case.pk, kind="case.solve")
    page = text(sign_in("agent"), f"/promises/{solve.pk}/")
    assert "适用时限政策“重要客户”第 1 版。" in page
    assert "它是列表第 2 版中第一条条件符合的政策" in page
    assert "VIP 客户" in page or "VIP" in page
    assert "之后的日历变动不影响此时限。" in page
    assert f"/promises/{solve.pk}/" in text(sign_in("agent"), f"/cases/{case.pk}/")


def test_work_on_running_clocks_is_seen_and_stopped(cases: Cases, company: Company, sign_in: SignIn) -> None:
    follow(company)
    case = cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()
    assert "已查看 1 个工单中的 0 个" in text(sign_in("agent"), "/cases/clocks/")
    address = f"/cases/clocks/work/{work.pk}/"
    assert "已查看 1 个工单中的 0 个" in text(sign_in("agent"), address)
    sign_in("agent").post(address)
    work.refresh_from_db()
    assert work.state == "waiting"
    sign_in("director").post(address)
    work.refresh_from_db()
    assert (work.state, owed(case)["verify"]) == ("cancelled", "09-29 09:00")


def test_sla_5_what_was_used_and_what_stood_still_are_kept_apart(
    cases: Cases, company: Company, clock: MovableClock, sign_in: SignIn
) -> None:
    from huiyin.cases.actions.note import log_contact
    from huiyin.cases.actions.resume import resume_case
    from huiyin.cases.actions.wait import wait_for

    case = cases.open(**PLAIN)
    clock.set("2026-09-28T11:00")
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等照片")
    clock.set("2026-09-29T10:00")
    resume_case(company.call("agent"), case.pk)
    clock.set("2026-09-29T18:00")
    log_contact(company.call("agent"), case.pk, reached=True, text="说好了")
    first = Promise.objects.get(subject_id=case.pk, kind="case.first_response")
    hours = {name: getattr(first, name).total_seconds() / 3600 for name in ("elapsed", "stopped", "margin")}
    assert hours == {"elapsed": 9, "stopped": 7, "margin": -1}
    assert first.broken_at == first.due_at
    page = text(sign_in("agent"), f"/promises/{first.pk}/")
    for words in ("已用时间", "停表", "超时"):
        assert words in page


def test_today_is_the_day_in_the_company(company: Company, clock: MovableClock) -> None:
    clock.set("2026-09-29T00:30")
    assert saved(company, day=date(2026, 9, 29)).effective_from == date(2026, 9, 29)
    assert date(2026, 9, 29) > TODAY
