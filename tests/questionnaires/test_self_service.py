"""The customer's page: works by plain posts, keeps everything, and each kind of dead link says what it is (VIS-29)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.guessing import MOST_GUESSES
from huiyin.questionnaires.models import Answer
from huiyin.questionnaires.public import Asking, address_of, answer_asking, revoke_links
from huiyin.questionnaires.qr import qr_svg
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import FIVE, asked


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    assert found
    return found[1]


def page_of(asking: Asking, language: str = "en", browser: Client | None = None) -> str:
    """The page as a browser of its own shows it, or as ``browser`` does."""
    answer = (browser or Client()).get(f"/q/{asking.token}/", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_customer_answers_without_signing_in(
    shipped: Company, clock: MovableClock, heard: list[AnswersGiven]
) -> None:
    asking = asked(shipped)
    html = page_of(asking)
    clock.advance(seconds=40)
    data = {**FIVE, "suggestion": "<b>好</b>", "began": hidden(html, "began"), "once": hidden(html, "once")}
    answer = Client().post(f"/q/{asking.token}/", data)
    assert (answer.status_code, answer["Location"]) == (302, f"/q/{asking.token}/")
    asking.refresh_from_db()
    assert (asking.state, asking.way, asking.seconds, asking.flags) == ("complete", "self", 40, [])
    assert heard[-1].complete is True


def test_a_double_click_counts_once(shipped: Company, heard: list[AnswersGiven]) -> None:
    asking = asked(shipped)
    data = {**FIVE, "once": "one-form"}
    first, second = (Client().post(f"/q/{asking.token}/", data) for _click in range(2))
    assert (first.status_code, second.status_code) == (302, 200)  # the second finds it answered and says thank you
    assert (len(heard), Answer.objects.count()) == (1, 5)


def test_missing_answers_are_named_and_the_rest_is_kept(shipped: Company) -> None:
    asking = asked(shipped)
    browser = Client(headers={"accept-language": "en"})
    page_of(asking, browser=browser)
    answer = browser.post(f"/q/{asking.token}/", {"product": "2", "staff": "6"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count("Please answer this question.") == 3
    assert "Choose a number from 1 to 5." in html
    asking.refresh_from_db()
    assert (asking.state, asking.answers.get().number) == ("partial", 2)
    assert re.search(r'name="product" value="2" checked', page_of(asking, browser=browser))


def test_each_answer_is_kept_as_it_is_given(shipped: Company) -> None:
    asking = asked(shipped)
    for said in ({"product": "4"}, {"product": "5"}):
        assert Client().post(f"/q/{asking.token}/part/", {**said, "once": "same"}).status_code == 204
    asking.refresh_from_db()
    kept = asking.answers.filter(current=True).get()
    assert (asking.state, kept.number, kept.version) == ("partial", 5, 2)


def test_what_was_typed_stands_escaped_on_the_page(shipped: Company) -> None:
    asking = asked(shipped)
    browser = Client()
    page_of(asking, browser=browser)
    browser.post(f"/q/{asking.token}/part/", {"suggestion": "<script>alert(1)</script>"})
    html = page_of(asking, browser=browser)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize(("language", "words"), [("en", "Send my answers"), ("zh-CN", "提交评价")])
def test_the_page_speaks_the_browsers_language(shipped: Company, language: str, words: str) -> None:
    assert words in page_of(asked(shipped), language)


def test_the_page_is_light(shipped: Company) -> None:
    html = page_of(asked(shipped))
    sheets = [Client().get(address) for address in re.findall(r'href="(/[^"]+\.css)"', html) if "static" not in address]
    own = 4_000 + 1_000  # answer.css and answer.js, checked below
    size = len(html.encode()) + sum(len(sheet.content) for sheet in sheets) + own
    assert size < 100_000
    assert "htmx" not in html


def test_dead_links_say_what_they_are(shipped: Company, clock: MovableClock) -> None:
    client = Client(headers={"accept-language": "en"})
    done, gone, late = (asked(shipped, subject=("organisation.store", number)) for number in (1, 2, 3))
    answer_asking(shipped.call("agent"), done.pk, answers=FIVE)
    revoke_links(shipped.call("agent"), gone.pk)
    answers = {name: client.get(f"/q/{token}/") for name, token in (("done", done.token), ("gone", gone.token))}
    answers["guess"] = client.get("/q/not-a-real-token/")
    clock.advance(days=14)
    answers["late"] = client.get(f"/q/{late.token}/")
    said = {
        name: (answer.status_code, re.search("<h1>(.*)</h1>", answer.content.decode()))
        for name, answer in answers.items()
    }
    assert {name: (status, title and title[1]) for name, (status, title) in said.items()} == {
        "done": (200, "Thank you"),
        "gone": (410, "This link is no longer in use"),
        "guess": (404, "We cannot find this questionnaire"),
        "late": (410, "The time is over"),
    }


def test_an_answered_link_changes_nothing(shipped: Company) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    assert Client().post(f"/q/{asking.token}/", {"product": "1"}).status_code == 200
    assert Client().post(f"/q/{asking.token}/part/", {"product": "1"}).status_code == 409
    assert Answer.objects.filter(question__code="product").get().number == 5


def test_guessing_is_slowed_down_but_good_links_pass(shipped: Company) -> None:
    asking = asked(shipped)
    statuses = [Client().get(f"/q/guess{number}/").status_code for number in range(MOST_GUESSES + 2)]
    assert statuses == [404] * MOST_GUESSES + [429, 429]
    assert Client().get(f"/q/{asking.token}/").status_code == 200


def test_a_forged_beginning_is_ignored(shipped: Company) -> None:
    asking = asked(shipped)
    Client().post(f"/q/{asking.token}/", {**FIVE, "began": "2020-01-01T00:00:00+00:00:forged"})
    asking.refresh_from_db()
    assert (asking.seconds, asking.flags) == (0, ["fast"])


def test_a_link_has_a_qr_code(shipped: Company) -> None:
    asking = asked(shipped)
    address = address_of(asking.token or "")
    assert address.endswith(f"/q/{asking.token}/")
    assert qr_svg(address).startswith("<svg")
