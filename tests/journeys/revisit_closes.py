"""The end of step 6: the handler is refused, another agent asks again, the case is closed (CAS-11, VIS-4)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.walk import Walk, words


def by_another_agent(walk: Walk) -> None:
    """The revisit stands in the other agent's day; the handler may look at it but not make it."""
    page = walk.open("agent2", walk.notes["case"])
    links = [str(link.get_attribute("href")) for link in page.locator("main a[href^='/visits/']").all()]
    assert len(links) == 1, "of the two visits of the case the revisit alone is this agent's"
    revisit = links[0]

    handler = walk.open("agent", revisit)
    handler.keyboard.press("c")
    refused = walk.say(
        "处理过工单的人不做该工单的回访，请交给同事。",
        "Who handled the case does not make its revisit; leave it to a colleague.",
    )
    expect(handler.locator("main")).to_contain_text(refused)
    walk.picture(handler, "revisit-refused")
    assert walk.status("agent", f"{walk.notes['case']}record_revisit/") == 200

    walk.at("2026-10-10 14:10")
    page = walk.open("agent2", revisit)
    page.keyboard.press("c")
    page.locator(".dial-number").wait_for()
    for score in "54555":
        page.keyboard.press(score)
    page.keyboard.press("a")
    walk.picture(page, "revisit")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: revisit not in url)

    page = walk.open("agent2", walk.notes["case"])
    assert page.get_by_text(walk.say("已关闭", "Closed"), exact=True).count() > 0
    assert page.locator("a[href*='/verify/'], .composer").count() == 0
    walk.picture(page, "case-closed")
    assert words(page.locator(".facts dd", has_text="agent2")) == "A agent2"
    content = walk.say("客户满意 5/5", "The customer is content 5/5")
    assert content in words(page.locator(".talk"))
