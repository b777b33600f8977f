"""Step 1: the calendar shows holidays and make-up workdays; a deadline says why (ORG-5, SLA-4)."""

from __future__ import annotations

from tests.journeys.walk import Walk, words


def is_seen_and_reckoned(walk: Walk) -> None:
    """Five working days from 28 September end on the make-up Saturday, 10 October."""
    page = walk.open("agent", "/calendar/?year=2026")
    october = page.locator("table.month").nth(9)
    day = october.locator("td.day", has_text="10").first
    assert "day-make_up" in str(day.get_attribute("class"))
    walk.picture(page, "calendar")

    page.locator("#calculator [name=start]").fill("2026-09-28T15:05")
    page.locator("#calculator [name=amount]").fill("5")
    page.locator("#calculator [name=unit]").select_option("working_days")
    page.locator("#calculator button").click()
    answer = page.locator(".deadline-answer")
    answer.wait_for()
    assert words(answer.locator(".deadline-at")) == walk.say("2026年10月10日（星期六）15:05", "Sat 10 Oct 2026, 15:05")
    reasons = [words(reason) for reason in answer.locator(".why li").all()]
    assert len(reasons) == 8
    assert reasons[6] == walk.say(
        "2026年10月10日（星期六）调休上班（国庆节），为第 5 个工作日。",
        "Sat 10 Oct 2026 is a make-up workday (National Day) and is working day 5.",
    )
    walk.picture(page, "deadline")
