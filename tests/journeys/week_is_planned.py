"""Step 3: purchases make visits fall due; the week is drawn by seed, explained and published (VIS-1, VIS-10..17)."""

from __future__ import annotations

from huiyin.visits.tasks import draw_due_visits
from tests.journeys.walk import Walk, words


def drawn_and_published(walk: Walk) -> None:
    """The hourly job makes the visits; the manager draws the week, reads why, and publishes it."""
    walk.job(draw_due_visits)
    page = walk.open("service_manager", "/visits/?tab=open")
    print(page.locator("tr[data-row]").count())
    walk.picture(page, "visits-due")

    page = walk.open("service_manager", "/plan/?week=2026-W39")
    walk.picture(page, "plan-none")
    page.locator("[name=seed]").fill("7")
    page.locator("button[name=do][value=draw]").click()
    page.locator(".plan-board").wait_for()
    print(words(page.locator("main")))
    walk.picture(page, "plan-draft")

    page.locator("#why [name=text]").fill("王丽华")
    page.locator("#why button").click()
    page.locator("#why .card-list").wait_for()
    print(words(page.locator("#why .card-list")))
    walk.picture(page, "plan-why")
    page.locator("button[name=do][value=publish]").click()
    page.locator(".badge-kept").first.wait_for()
    print(words(page.locator("main")))
    walk.picture(page, "plan-published")
