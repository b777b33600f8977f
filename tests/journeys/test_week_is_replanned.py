"""A week planned, a colleague falls ill, the week planned again with few changes, one visit moved by hand (VIS-18)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from huiyin.promises.public import Promise
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.models import Visit
from huiyin.visits.tasks import draw_due_visits
from tests.journeys import purchases_come_in
from tests.journeys.walk import Walk, words
from tests.journeys.week_is_planned import heads, worked_off

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WEEK = "/plan/?week=2026-W39"
GOOD = {"product": 5, "response": 5, "staff": 4, "process": 5, "value": 4}
Places = dict[int, tuple[int | None, object]]


def test_somebody_falls_ill_and_few_visits_move(walk: Walk) -> None:
    walk.clock.set("2026-09-21 09:00")
    purchases_come_in.from_a_file(walk)
    walk.job(draw_due_visits)
    page = _planned_and_published(walk)
    _one_is_done(walk)
    before = places()
    hers = _of(walk, "agent2", before)
    assert hers, "the colleague has visits on the days she is away"

    _falls_ill(walk, page)
    _preview(walk, page, len(hers))
    assert places() == before, "nothing has changed before it is published"
    page.locator("button[name=do][value=publish]").click()
    worked_off(walk, page)
    page.locator(".badge-kept").first.wait_for()

    after = places()
    moved = {pk for pk in before if after[pk] != before[pk]}
    assert moved == set(hers), "only the visits of the one who is ill moved, and each of them"
    assert {after[pk][0] for pk in hers} == {walk.company.staff["agent"].pk}
    assert _of(walk, "agent2", after) == []
    promised = Promise.objects.filter(kind="visit.call", state="open").values_list("subject_id", "owner", "due_at")
    assert {pk: (owner, due) for pk, owner, due in promised} == after
    _board_tells(walk, page, len(hers))
    _dragged(walk, page)
    _moved_on_the_phone(walk)


def places() -> Places:
    """Where each visit stands that is still to be made."""
    rows = Visit.objects.filter(state="planned").values_list("pk", "agent_id", "window_end")
    return {pk: (agent, end) for pk, agent, end in rows}


def _of(walk: Walk, who: str, standing: Places) -> list[int]:
    """The visits of somebody from Tuesday on."""
    own = Visit.objects.filter(pk__in=standing, agent=walk.company.staff[who], planned_on__gte="2026-09-22")
    return list(own.values_list("pk", flat=True))


def _planned_and_published(walk: Walk) -> Page:
    page = walk.open("service_manager", WEEK)
    page.locator("[name=seed]").fill("7")
    page.locator("button[name=do][value=draw]").click()
    page.locator("#plan-work").wait_for()
    walk.picture(page, "work-waiting")
    worked_off(walk, page)
    page.locator("button[name=do][value=publish]").click()
    worked_off(walk, page)
    page.locator(".badge-kept").first.wait_for()
    assert page.locator(".plan-again").count() == 0, "the week goes as planned"
    return page


def _one_is_done(walk: Walk) -> None:
    walk.at("2026-09-21 14:05")
    first = Visit.objects.filter(planned_on="2026-09-21").order_by("pk")[0]
    complete_visit(walk.company.call(first.agent.name), first.pk, answers=GOOD)


def _falls_ill(walk: Walk, page: Page) -> None:
    page.goto(WEEK)
    page.locator("[data-opens='#away']").click()
    away = page.locator("#away")
    away.locator("[name=agent]").select_option(label="agent2")
    away.locator("[name=first_day]").fill("2026-09-22")
    away.locator("[name=last_day]").fill("2026-09-24")
    away.locator("[name=reason]").fill(walk.say("感冒发烧", "Down with the flu"))
    walk.picture(page, "somebody-is-away")
    away.locator("button[value=away]").click()
    worked_off(walk, page)


def _preview(walk: Walk, page: Page, count: int) -> None:
    """What would change stands on the page before anything does: exactly her visits, and where each of them goes."""
    changes = page.locator("#changes")
    changes.wait_for()
    told = words(changes.locator("p").first)
    assert told.startswith(walk.say(f"{count} 个回访换位置", f"{count} visits move")), told
    assert walk.say("0 个移出计划", "0 leave the plan") in told
    assert walk.say("1 个已完成或已开始", "1 done or begun") in told
    rows = [words(row) for row in changes.locator("tbody tr").all()]
    assert len(rows) == count
    assert all(re.search(r"· agent2 .*· agent ", row) for row in rows), rows
    assert page.locator(".plan-card.is-moved").count() == count
    walk.picture(page, "what-would-change")


def _board_tells(walk: Walk, page: Page, count: int) -> None:
    """The board of the new plan: her days are marked, what is done stays on it, what moved is marked."""
    row = _row(page, "agent2")
    assert row.locator("td.is-away").count() == 3
    assert row.locator("td.is-away .plan-card").count() == 0
    assert page.locator(".plan-card.is-done").count() == 1
    assert page.locator(".plan-card.is-moved").count() == count
    assert sum(int(head.split("/")[0]) for head in heads(page)) == 24
    assert page.locator(".plan-again").count() == 0
    walk.picture(page, "planned-again")


def _row(page: Page, who: str) -> Locator:
    return page.locator(".plan-board tbody tr").filter(has=page.get_by_role("rowheader", name=re.compile(rf"{who}\b")))


def _dragged(walk: Walk, page: Page) -> None:
    """A card is dragged: where she is away it is refused in words, on another day of his it moves at once."""
    card = _row(page, "agent").locator("td.d2 .plan-card[data-visit]").first
    visit = int(card.get_attribute("data-visit") or "0")
    away = _row(page, "agent2").locator("td.d2 .plan-slot[data-place]").first
    page.locator(".plan-board").scroll_into_view_if_needed()
    _hover(page, card, away)
    page.locator(".plan-slot.is-no").first.wait_for()
    _hover(page, None, away)
    page.locator(".board-says").wait_for()
    why = walk.say("agent2这一天不在岗。", "agent2 is away on this day.")
    assert words(page.locator(".board-says")) == why
    page.screenshot(path=walk.album / "dragged-refused.png")
    page.mouse.up()
    page.locator(".board-says").wait_for(state="detached")
    assert Visit.objects.get(pk=visit).planned_on.isoformat() == "2026-09-22"

    free = _row(page, "agent").locator("td.d4 .plan-slot[data-place]").first
    card.drag_to(free)
    page.locator(f"td.d4 [data-visit='{visit}'].is-moved").wait_for()
    moved = Visit.objects.get(pk=visit)
    assert (moved.planned_on.isoformat(), moved.agent.name) == ("2026-09-24", "agent")
    assert Promise.objects.get(subject_id=visit, state="open").due_at == moved.window_end
    walk.picture(page, "moved-by-hand")


def _hover(page: Page, card: Locator | None, target: Locator) -> None:
    """Takes a card up (or goes on holding it) and holds it over a place."""
    if card is not None:
        card.hover()
        page.mouse.down()
    box = target.bounding_box()
    assert box
    for step in (4, 8, 12):
        page.mouse.move(box["x"] + box["width"] / 2 + step, box["y"] + box["height"] / 2)


def _moved_on_the_phone(walk: Walk) -> None:
    """On the phone a day is chosen, a visit touched, and its new place picked from those the rules allow."""
    page = walk.visit("service_manager", language=walk.language, size="phone")
    page.goto(WEEK)
    assert page.locator("td.d1:visible").count() == 2
    page.locator("label:has(#board-day-3)").click()
    card = page.locator("td.d3:visible .plan-card[data-visit]").first
    name = words(card)
    page.screenshot(path=walk.album / "board-on-the-phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    card.click()
    page.locator(".move-days").wait_for()
    assert name in words(page.locator(".sheet-lead"))
    assert words(page.locator(".move-option:has(:checked)")).endswith(walk.say("现在在此", "stands here"))
    page.screenshot(path=walk.album / "move-on-the-phone.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    choice = page.locator(".move-option input:not([disabled]):not([checked])").last
    place = choice.get_attribute("value") or ""
    choice.check()
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/plan/?week=2026-W39**")
    agent, _at, end = place.partition("@")
    visit = Visit.objects.get(customer__name=name)
    assert (visit.agent_id, visit.window_end) == (int(agent), datetime.fromisoformat(end))
