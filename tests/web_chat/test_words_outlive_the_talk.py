"""What is being typed when a talk ends stays, and the visitor is told what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.cases.public import Case
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.web_chat.actions.begin_chat import begin_chat
from huiyin.web_chat.actions.say import answer
from huiyin.web_chat.actions.take import end_chat
from huiyin.web_chat.models import Chat
from tests.conftest import Company, MovableClock
from tests.web_chat.conftest import Visitor

TYPED = "还有一件事：门封也坏了"
WAYS = {
    "zh-hans": ("会话已结束，您输入的内容未发送", "用这些内容重新咨询", "改为留言"),
    "en": ("The talk has ended. What you typed was not sent", "Begin a new talk with these", "Leave these words"),
}


def begun(clock: MovableClock) -> Chat:
    """A talk, without Django's own client: that and the browser's site do not go together."""
    token = begin_chat(Call(NOBODY, clock.now), text="冰箱不制冷了")
    return Chat.objects.get(token=token)


def ended(company: Company, chat: Chat) -> None:
    answer(company.call("agent"), chat.pk, text="好的")
    end_chat(company.call("agent"), chat.pk)


@pytest.mark.parametrize("language", WAYS)
def test_a_line_for_an_ended_talk_stays_in_the_box_with_both_ways_on(
    company: Company, visitor: Visitor, language: str
) -> None:
    ended(company, visitor.begin())
    refused = visitor.client.post(visitor.address, {"text": TYPED}, headers={"accept-language": language})
    page = refused.content.decode()
    assert (refused.status_code, f"{TYPED}</textarea>" in page) == (422, True)
    assert all(words in page for words in WAYS[language])
    assert 'aria-label="Send"' not in page


def test_carried_words_stand_in_a_new_talk_and_in_the_form_and_nothing_is_sent(
    company: Company, client: Client
) -> None:
    for address in ("/chat/", "/feedback/"):
        page = client.post(address, {"text": TYPED, "carried": "1", "key": "x"})
        assert (page.status_code, TYPED in page.content.decode(), "field-error" in page.content.decode()) == (
            200,
            True,
            False,
        )
    assert (Chat.objects.count(), Case.objects.count()) == (0, 0)


@pytest.mark.parametrize("carried", [{"carried": "1"}, {}])
def test_words_written_when_nobody_is_there_any_more_go_along_to_the_form(
    company: Company, client: Client, clock: MovableClock, carried: dict[str, str]
) -> None:
    clock.set("2026-09-28 23:30")
    page = client.post("/chat/", {"text": TYPED, **carried}).content.decode()
    assert (f"{TYPED}</textarea>" in page, 'action="/feedback/"' in page) == (True, True)


def test_looking_for_answers_without_a_script_keeps_what_is_typed(company: Company, visitor: Visitor) -> None:
    chat = visitor.begin()
    answer(company.call("agent"), chat.pk, text="您好，请问型号？")
    page = visitor.client.post(visitor.address, {"text": TYPED, "look": "1"}).content.decode()
    assert (f"{TYPED}</textarea>" in page, "您好，请问型号？" in page) == (True, True)
    assert chat.lines.filter(text=TYPED).count() == 0
    assert 'http-equiv="refresh"' not in visitor.page()


@pytest.mark.journey
@pytest.mark.parametrize("typed", ["", TYPED])
def test_a_talk_that_ends_while_the_visitor_types_leaves_the_words(
    company: Company, clock: MovableClock, visit: Callable[..., Any], typed: str
) -> None:
    chat = begun(clock)
    page = visit(None, size="phone")
    page.goto(f"/chat/{chat.token}/")
    page.fill("textarea[name=text]", typed)
    ended(company, chat)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    if not typed:
        page.get_by_role("link", name="重新咨询").wait_for()
        return
    page.get_by_text(WAYS["zh-hans"][0]).wait_for()
    assert page.input_value("textarea[name=text]") == typed
    page.get_by_role("button", name=WAYS["zh-hans"][1]).click()
    page.wait_for_url("**/chat/")
    assert page.input_value("textarea[name=text]") == typed


@pytest.mark.journey
def test_a_talk_that_ends_while_the_agent_types_leaves_the_draft(
    company: Company, clock: MovableClock, visit: Callable[..., Any]
) -> None:
    chat = begun(clock)
    answer(company.call("agent"), chat.pk, text="您好")
    page = visit("agent")
    page.goto(f"/chats/{chat.pk}/")
    page.fill("textarea[name=text]", TYPED)
    end_chat(company.call("agent"), chat.pk)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("会话已结束，您输入的内容未发送").wait_for()
    assert page.input_value("textarea[name=text]") == TYPED
