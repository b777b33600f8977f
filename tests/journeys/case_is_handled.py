"""Step 6: the case, from the low score to the second verdict (CAS-4..11, CAS-13, SLA-1..5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.promises.tasks import sweep
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

TITLE = "压缩机十分钟就停机"
AWAY = "客户国庆外出，10月10日回来"


def opened_from_the_visit(walk: Walk) -> None:
    """The responsible department hears of it at once; case and visit know each other; three clocks run."""
    walk.at("2026-09-21 15:30")
    page = walk.open("rnd_head", "/notices/")
    assert TITLE in words(page.locator("main"))
    page = walk.open("rnd_head", "/")
    assert page.locator("tr[data-row]", has_text=TITLE).count() == 3

    page = walk.open("agent", walk.notes["case"])
    assert words(page.locator("h1")) == TITLE
    assert page.locator(f"a[href='{walk.notes['visit']}']").count() == 1
    assert clocks(page) == {
        walk.say("首次响应", "First response"): walk.say("明天 10:05", "Tomorrow 10:05"),
        walk.say("制定方案", "Make a plan"): walk.say("9月24日 15:05", "24 Sep 15:05"),
        walk.say("与客户核实", "Check the record with the customer"): walk.say("明天 15:05", "Tomorrow 15:05"),
    }
    walk.picture(page, "case-open")


def triaged_and_assigned(walk: Walk) -> None:
    """The head of the department decides the level as suggested and gives it to the agent who knows the customer."""
    walk.at("2026-09-21 15:40")
    page = step(walk, "rnd_head", "triage", level="important")
    assert page.locator(".level").count() > 0
    page = step(walk, "rnd_head", "assign", staff_id=str(walk.company.staff["agent"].pk), reason="由原坐席跟进")
    assert page.url.endswith(walk.notes["case"]), "who gave it away keeps seeing it"
    assert page.get_by_text(walk.say("协同部门", "Also involved"), exact=True).count() == 1
    walk.at("2026-09-21 16:00")
    page = step(walk, "agent", "contact", reached="yes", text="已致电客户，约定明天核对")
    assert standing(page, "首次响应", "First response", walk) == walk.say("按时完成", "Kept in time")


def late_on_purpose(walk: Walk) -> None:
    """Nobody checks the record in time: one sweep tells owner and manager; it stays late when it is kept."""
    walk.at("2026-09-22 15:06")
    walk.job(sweep)
    told = walk.say("已超时：与客户核实", "Late: Check the record with the customer") + f" · GD20260921-0001 {TITLE}"
    for who in ("agent", "service_manager"):
        page = walk.open(who, "/notices/")
        assert page.get_by_text(told, exact=True).count() == 1
    walk.picture(page, "notices")
    page = walk.open("service_manager", "/wall/")
    late = "three calls of Monday and two of Tuesday morning that nobody made, and the record nobody checked"
    assert stat(page, walk.say("已超时", "Late")) == "6", late
    row = page.locator("tr[data-row]", has_text="GD20260921-0001").first
    assert words(row.locator(".clock-left")) == walk.say("已超时 1 分钟", "1 min late")
    walk.picture(page, "wall-late")

    walk.at("2026-09-22 15:30")
    page = step(walk, "agent", "verify", note="核对无误：压缩机约十分钟后停机")
    late = standing(page, "与客户核实", "Check the record with the customer", walk)
    assert late == walk.say("完成，超时 25 分钟", "Kept 25 min late")
    assert stat(walk.open("service_manager", "/wall/"), walk.say("已超时", "Late")) == "5"


def planned_and_agreed(walk: Walk) -> None:
    """The plan costs money: work cannot start before the customer agreed in writing, on the phone, by link."""
    walk.at("2026-09-22 16:00")
    plan = {"steps": "上门更换压缩机，试机两小时", "due_at": "2026-09-24T12:00", "cost": "120"}
    page = step(walk, "agent", "plan", risk="需断电约一小时", **plan)
    start = page.get_by_role("button", name=walk.say("开始处理", "Start the work"))
    assert start.is_disabled()
    page = step(walk, "agent", "send_plan")
    walk.notes["link"] = str(page.locator("a[href*='/c/']").first.get_attribute("href"))
    walk.picture(page, "case-plan-sent")

    walk.at("2026-09-22 20:30")
    phone = walk.open("customer-1", walk.notes["link"])
    walk.picture(phone, "customer-plan")
    phone.locator("button[name=answer][value=yes]").tap()
    phone.locator(".note-kept").wait_for()
    assert phone.locator("button[name=answer]").count() == 0
    walk.picture(phone, "customer-agreed")


def worked_and_not_content(walk: Walk) -> None:
    """Work, test, result; the customer is not satisfied: the case goes back into progress by itself."""
    walk.at("2026-09-23 09:10")
    step(walk, "agent", "start", note="备件已到")
    walk.at("2026-09-23 15:00")
    step(walk, "agent", "finish", test="试机两小时正常")
    step(walk, "agent", "tell", result="压缩机已更换，试机正常")
    walk.at("2026-09-23 19:00")
    _judge(walk, "not", 2, "昨晚又停了一次")
    page = walk.open("agent", walk.notes["case"])
    assert page.get_by_text(walk.say("已重新打开", "Reopened"), exact=True).count() == 1
    assert walk.say("不满意 2/5 · 昨晚又停了一次", "Not satisfied 2/5 · 昨晚又停了一次") in words(page.locator(".talk"))
    walk.picture(page, "case-reopened")


def paused_over_the_holiday(walk: Walk) -> None:
    """Waiting for the customer stops the clock from 30 September 16:00 to the make-up Saturday: 19 working hours."""
    walk.at("2026-09-28 16:30")
    step(walk, "agent", "plan", steps="更换主板并复测", due_at="2026-10-09T18:00", cost="0")
    step(walk, "agent", "start")
    walk.at("2026-09-30 16:00")
    page = step(walk, "agent", "wait", waiting_for="customer", reason=AWAY)
    solve, ask = walk.say("解决或答复", "Solve or answer"), walk.say("等待期间跟进", "Ask again while waiting")
    assert clocks(page) == {ask: walk.say("10月10日 16:00", "10 Oct 16:00")}
    assert stat(walk.open("service_manager", "/wall/"), walk.say("已暂停", "Paused")) == "2"
    walk.picture(page, "case-waiting")

    walk.at("2026-10-10 10:00")
    page = step(walk, "agent", "resume", note="客户已回")
    assert clocks(page)[solve] == walk.say("10月13日 12:00", "13 Oct 12:00")
    page.locator(".clock", has_text=walk.say("10月13日", "13 Oct")).click()
    page.wait_for_url("**/promises/*/")
    paused = walk.say(
        f"2026年9月30日（星期三）16:00 至 2026年10月10日（星期六）10:00 暂停（{AWAY}），19 小时不计。",
        f"Paused from Wed 30 Sep 2026, 16:00 to Sat 10 Oct 2026, 10:00 ({AWAY}): 19 h does not count.",
    )
    saturday = walk.say(
        "2026年10月10日（星期六）调休上班（国庆节）：10:00–12:00, 13:00–18:00，计 7 小时。",
        "Sat 10 Oct 2026 is a make-up workday (National Day): 10:00–12:00, 13:00–18:00, 7 h.",
    )
    reasons = [words(reason) for reason in page.locator(".why li").all()]
    assert {paused, saturday} <= set(reasons)
    walk.picture(page, "why-paused")


def content_at_last(walk: Walk) -> None:
    """The second result satisfies the customer; the revisit falls due for somebody else than the handler."""
    walk.at("2026-10-10 11:00")
    step(walk, "agent", "finish", test="连续运行三小时正常")
    step(walk, "agent", "tell", result="主板已更换，运行正常")
    walk.at("2026-10-10 14:00")
    _judge(walk, "satisfied", 5, "")
    page = walk.open("agent", walk.notes["case"])
    revisit = page.get_by_role("button", name=walk.say("记录回访结果", "Record the revisit"))
    assert revisit.is_disabled(), "the handler does not check their own work"
    walk.picture(page, "case-revisit-due")


def _judge(walk: Walk, verdict: str, score: int, said: str) -> None:
    phone = walk.open("customer-1", walk.notes["link"])
    phone.locator(f"[name=verdict][value={verdict}]").check()
    phone.locator(f"label:has([name=score][value='{score}'])").tap()
    phone.locator("form[action*=verdict] [name=words]").fill(said)
    walk.picture(phone, f"customer-verdict-{verdict}")
    phone.locator("form[action*=verdict] button.btn-primary").tap()
    phone.locator("form[action*=verdict]").wait_for(state="detached")


def step(walk: Walk, who: str, verb: str, **values: str) -> Page:
    """One step of the case by its form; it leads back to the case, or to the list."""
    page = walk.open(who, f"{walk.notes['case']}{verb}/")
    for name, value in values.items():
        _fill(page, name, value)
    page.locator("main .form-end button").click()
    page.wait_for_url(lambda url: f"/{verb}/" not in url)
    return page


def _fill(page: Page, name: str, value: str) -> None:
    field = page.locator(f"main form [name={name}]")
    kind = field.first.evaluate("field => field.type")
    if kind == "radio":
        page.locator(f"main form [name={name}][value={value}]").check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(value)


def clocks(page: Page) -> dict[str, str]:
    """The running clocks of the case: what is owed and when it is due."""
    found = {}
    for each in page.locator("span.row:has(> .clock)").all():
        due = each.locator(":is(.clock-due, .clock-soon, .clock-late) > .clock-at")
        if due.count():
            found[words(each.locator("> span.soft"))] = words(due)
    return found


def standing(page: Page, chinese: str, english: str, walk: Walk) -> str:
    """How a promise of the case stands, in words."""
    name = walk.say(chinese, english)
    face = page.locator("span.row:has(> .clock)", has=page.get_by_text(name, exact=True)).first
    return words(face.locator(".clock-left"))


def stat(page: Page, label: str) -> str:
    """The figure of a tile."""
    tile = page.locator(".stat", has=page.get_by_text(label, exact=True)).first
    return words(tile.locator(".stat-value"))
