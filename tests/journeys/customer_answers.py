"""Step 5: another customer answers on a phone, without sign-in, once (VIS-29)."""

from __future__ import annotations

from tests.journeys.walk import Walk, words

SCORES = {"product": 5, "response": 4, "staff": 5, "process": 4, "value": 5}


def by_link(walk: Walk) -> None:
    """The agent sends the link; the customer taps and sends; the same link again says so."""
    page = walk.open("agent", walk.notes["third"])
    page.locator("button[name=do][value=link]").click()
    link = page.locator(".note-accent a[href*='/q/']")
    link.wait_for()
    address = str(link.get_attribute("href"))
    walk.picture(page, "questionnaire-link")

    walk.at("2026-09-21 15:20")
    phone = walk.open("customer-2", address)
    assert phone.locator("fieldset.question").count() == 9
    for code, score in SCORES.items():
        phone.locator(f"#q-{code} label", has=phone.locator(f"[value='{score}']")).tap()
    phone.locator("#q-suggestion textarea").fill("希望送货上门前先打电话")
    phone.locator("#q-emotion label", has=phone.locator("[value=satisfied]")).tap()
    walk.picture(phone, "questionnaire")
    walk.at("2026-09-21 15:21")
    phone.locator(".ask-end button").tap()
    phone.locator(".public-done").wait_for()
    walk.picture(phone, "questionnaire-thanks")

    again = walk.open("customer-3", address)
    assert again.locator("form.ask").count() == 0
    assert words(again.locator("h1")) == walk.say("谢谢您", "Thank you")
    once = walk.say("每份问卷只能回答一次", "Each questionnaire can be answered once")
    assert once in words(again.locator("main"))
    assert walk.status("customer-3", address[:-6] + "guess/") == 404

    page = walk.open("agent", walk.notes["third"])
    assert [words(score) for score in page.locator(".answers .score").all()] == ["5", "4", "5", "4", "5"]
    assert page.get_by_text("希望送货上门前先打电话").count() > 0
    walk.picture(page, "visit-by-link")
