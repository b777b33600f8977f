"""Talks over the API: the rights and the sight of the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.foundation.models import ActEntry
from huiyin.web_chat.models import ChatLine
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.conftest import Company
from tests.web_chat.conftest import Visitor

Callers = Callable[..., Caller]


def test_a_talk_is_taken_answered_and_ended(company: Company, visitor: Visitor, caller: Callers) -> None:
    chat, agent = visitor.begin(), caller("agent")
    listed = agent("GET", "/chats").json()["items"]
    assert [(each["id"], each["state"], each["visitor"]) for each in listed] == [(chat.pk, "waiting", "林*")]
    key = {"Idempotency-Key": "k1"}
    assert agent("POST", f"/chats/{chat.pk}/take").json()["owner_id"] == company.staff["agent"].pk
    for _twice in range(2):
        talk = agent("POST", f"/chats/{chat.pk}/answer", {"text": "请问型号？"}, **key).json()
        assert [line["text"] for line in talk["lines"] if line["side"] == "ours"] == ["请问型号？"]
    after = talk["lines"][-1]["id"]
    visitor.say("BCD-268")
    news = agent("GET", f"/chats/{chat.pk}?after={after}").json()["lines"]
    assert [(line["side"], line["text"]) for line in news] == [("visitor", "BCD-268")]
    assert agent("POST", f"/chats/{chat.pk}/end").json()["outcome"] == "answered"
    assert agent("GET", "/chats").json()["items"] == []
    assert [each["id"] for each in caller("director")("GET", "/chats?which=over").json()["items"]] == [chat.pk]


def test_a_talk_is_handed_over(company: Company, visitor: Visitor, caller: Callers) -> None:
    chat, agent = visitor.begin(), caller("agent")
    agent("POST", f"/chats/{chat.pk}/take")
    assert agent("POST", f"/chats/{chat.pk}/hand-over", {}).status_code == 422
    handed = agent("POST", f"/chats/{chat.pk}/hand-over", {"department_id": company.departments["rnd"].pk})
    assert (handed.status_code, handed.json()) == (200, {"id": chat.pk})
    assert agent("GET", f"/chats/{chat.pk}").status_code == 404
    assert caller("rnd_head")("GET", f"/chats/{chat.pk}").json()["state"] == "waiting"


@pytest.mark.parametrize(
    ("who", "step", "body", "status"),
    [
        ("auditor", "take", None, 403),
        ("auditor", "answer", {"text": "x"}, 403),
        ("engineer", "answer", {"text": "x"}, 404),
        ("engineer", "take", None, 404),
        ("agent", "answer", {"text": " "}, 422),
        ("agent", "end", None, 409),
        ("agent", "hand-over", {"staff_id": 999_999}, 422),
    ],
)
def test_what_is_refused_leaves_nothing(
    company: Company, visitor: Visitor, caller: Callers, who: str, step: str, body: Any, status: int
) -> None:
    chat, asks = visitor.begin(), caller(who)
    before = ChatLine.objects.count(), ActEntry.objects.count()
    answer = asks("POST", f"/chats/{chat.pk}/{step}", body)
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
    assert (ChatLine.objects.count(), ActEntry.objects.count()) == before
    chat.refresh_from_db()
    assert (chat.state, chat.owner_id) == ("waiting", None)
