"""Talks of the web chat in the demo company: one waits, two go on, one became a case, one is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.customers.public import Customer
from huiyin.demo.rules.chats import TALKS, VISITOR, TalkStory
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, Staff, actor_of, with_role
from huiyin.web_chat.actions.begin_chat import open_chat
from huiyin.web_chat.actions.make_case import make_case
from huiyin.web_chat.actions.save_rules import save_rules
from huiyin.web_chat.actions.say import answer, say
from huiyin.web_chat.actions.take import end_chat, hand_chat_over, take_chat
from huiyin.web_chat.models import Chat
from huiyin.working_time.public import calendar_of

PATIENT = {"missed_minutes": 480, "left_minutes": 480, "idle_minutes": 480}
"""Nobody sits behind these visitors: they are given time until somebody looks at them."""


def load_chats(act: Act) -> int:
    """Holds the talks; returns how many. Whoever tries the chat out finds them going on for hours."""
    boss = actor_of(with_role(Role.SERVICE_MANAGER).order_by("pk")[0])
    today = act.now.astimezone(calendar_of().zone).date()
    save_rules(Call(boss, act.now), data=PATIENT, effective_from=today, reason="演示：访客会一直等待")
    known = iter(Customer.objects.filter(kind="person").order_by("-pk")[: len(TALKS)])
    for story in TALKS:
        _hold(act, story, next(known, None) if story.known else None)
    return len(TALKS)


@action("demo.begin_chat")
def _begun(act: Act, story: TalkStory, customer: Customer | None) -> Chat:
    contact = customer.contacts.order_by("pk").first() if customer else None
    return open_chat(
        act,
        story.words,
        name=contact.name if contact else story.name,
        phone=contact.phone if contact else "",
        page=story.page,
        language=story.language,
    )


def _hold(act: Act, story: TalkStory, customer: Customer | None) -> None:
    at = act.now - timedelta(minutes=story.began)
    chat = _begun(Call(SYSTEM, at), story, customer)
    for number, (who, words) in enumerate(story.lines):
        at += timedelta(minutes=1)
        if who == VISITOR:
            say(Call(SYSTEM, at), chat.token, text=words, key=f"line-{number}")
        else:
            take_chat(_by(who, at), chat.pk)
            answer(_by(who, at), chat.pk, text=words)
    _go_on(chat, story, at + timedelta(minutes=1))


def _go_on(chat: Chat, story: TalkStory, at: datetime) -> None:
    speaker = next((who for who, _words in story.lines if who != VISITOR), "")
    if story.handed_to:
        colleague = Staff.objects.get(username=story.handed_to)
        hand_chat_over(_by(speaker, at), chat.pk, staff_id=colleague.pk, note=story.why)
    elif story.case:
        kind, topic = story.case
        make_case(_by(speaker, at), chat.pk, kind=kind, topic=topic)
    elif story.ended:
        end_chat(_by(speaker, at), chat.pk)


def _by(username: str, at: datetime) -> Call:
    return Call(actor_of(Staff.objects.get(username=username)), at)
