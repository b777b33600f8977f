"""The conversation of a case says who said what, when, and how it reached the other side."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.utils import translation

from huiyin.cases.queries.conversation import TalkItem
from huiyin.web.drawn_talk import talk_html

AT = datetime(2026, 9, 28, 2, 40, tzinfo=UTC)
SCRIPT = "<script>alert('1')</script>"


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


def said(item: TalkItem, came_by: str = "", customer: str = "林悦") -> str:
    """One entry in English, without its time."""
    with translation.override("en"):
        return re.sub(r"<time.*?</time>", "", talk_html([item], customer, came_by))


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        (TalkItem(AT, "customer", "", "坏了"), "悦 林悦 Phone 坏了"),
        (TalkItem(AT, "ours", "赵敏", "好的", channel="email"), "敏 赵敏 by email 好的"),
        (TalkItem(AT, "ours", "赵敏", "好的", channel="sms"), "敏 赵敏 by SMS 好的"),
        (TalkItem(AT, "ours", "赵敏", "好的", channel="phone"), "敏 赵敏 by phone 好的"),
        (TalkItem(AT, "ours", "赵敏", "好的"), "敏 赵敏 no address: to be told by phone 好的"),
        (TalkItem(AT, "ours", "", "已收到", channel="email"), "H Huiyin by email 已收到"),
        (TalkItem(AT, "note", "赵敏", "@王芳(2001) 看一下"), "敏 赵敏 internal note @王芳 看一下"),
        (TalkItem(AT, "event", "赵敏", "", label="Close", icon="check"), "Close · 赵敏"),
        (TalkItem(AT, "event", "赵敏", "忙", icon="phone", reached=True), "Customer reached · 赵敏 · 忙"),
        (TalkItem(AT, "event", "赵敏", "", icon="phone", reached=False), "Customer not reached · 赵敏"),
    ],
)
def test_each_entry_says_who_and_how(item: TalkItem, shown: str) -> None:
    assert words(said(item, came_by="Phone")) == shown


def test_only_the_first_words_say_how_they_came() -> None:
    first, second = TalkItem(AT, "customer", "", "一"), TalkItem(AT, "customer", "", "二")
    with translation.override("en"):
        assert talk_html([first, second], "林悦", "Phone").count(">Phone<") == 1


@pytest.mark.parametrize("side", ["customer", "ours", "note", "event"])
def test_html_in_words_and_names_is_shown_as_text(side: str) -> None:
    drawn = said(TalkItem(AT, side, SCRIPT, SCRIPT, icon="check"), customer=SCRIPT)
    assert "<script" not in drawn
    assert drawn.count("&lt;script&gt;") == 2
