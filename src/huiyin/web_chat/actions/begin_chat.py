"""A visitor begins a talk."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from huiyin.channels.public import notify_staff
from huiyin.customers.public import normal_phone, recognise
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, working_staff
from huiyin.promises.public import make_promise
from huiyin.web_chat.actions.saying import keep_line, words_of
from huiyin.web_chat.models import Chat, ChatPresence
from huiyin.web_chat.promise_kinds import ANSWER
from huiyin.web_chat.queries.settings import chat_department, numbers_on, opens_at
from huiyin.web_chat.rules.states import VISITOR, ChatState
from huiyin.working_time.public import Span, Unit

CONSENT = "chat v1"
TOLD_AT_MOST = 30
TITLE = 60


@action("web_chat.begin")
def begin_chat(
    act: Act,
    *,
    text: str,
    name: str = "",
    phone: str = "",
    email: str = "",
    page: str = "",
    address: str = "",
    language: str = "zh-hans",
) -> str:
    """Opens a talk with the first words, promises the first answer, tells who is at work; gives the visitor's token.

    Raises:
        Invalid: no words. Conflict: nobody is there now, or too many begin.
    """
    words, source = words_of(act, text), hashlib.sha256(f"chat {address}".encode()).hexdigest()
    _not_now(act, source)
    return open_chat(act, words, name=name, phone=phone, email=email, page=page, source=source, language=language).token


def open_chat(
    act: Act,
    words: str,
    *,
    name: str = "",
    phone: str = "",
    email: str = "",
    page: str = "",
    source: str = "",
    language: str = "zh-hans",
) -> Chat:
    """Opens the talk itself, whether or not somebody is there: first words, owed answer, told people."""
    known = recognise(phone=phone, email=email, name=name) if phone or email else None
    chat = Chat.objects.create(
        token=secrets.token_urlsafe(24),
        name=name.strip()[:80],
        phone=(normal_phone(phone) or phone)[:30],
        email=email,
        customer=known,
        department=chat_department(act.now),
        language=language,
        page=page[:200],
        source=source,
        consent=CONSENT,
        started_at=act.now,
        last_at=act.now,
    )
    ChatPresence.objects.create(chat=chat, seen_at=act.now)
    keep_line(act, chat, VISITOR, words, key="first")
    _owe_answer(act, chat, words)
    _tell(act, chat, words)
    act.record(chat, customer_id=chat.customer_id)
    return chat


def _not_now(act: Act, source: str) -> None:
    """Refuses talks nobody would answer, and floods."""
    numbers = numbers_on(act.now.date())
    if opens_at(act.now) is not None:
        raise Conflict(message(_("Nobody is there right now. Please leave your words in the form; we answer them.")))
    mine = Chat.objects.filter(source=source, started_at__gt=act.now - timedelta(hours=1)).count()
    if mine >= numbers.starts_per_hour:
        raise Conflict(message(_("You have begun many talks in a short time. What you typed is kept; please wait.")))
    if Chat.objects.filter(state=ChatState.WAITING)[: numbers.waiting_at_once].count() >= numbers.waiting_at_once:
        raise Conflict(message(_("Very many people are waiting. Please leave your words in the form; we answer them.")))


def _owe_answer(act: Act, chat: Chat, words: str) -> None:
    numbers = numbers_on(act.now.date())
    make_promise(
        act.call,
        kind=ANSWER,
        subject=chat,
        span=Span(numbers.first_answer_minutes / 60, Unit.WORKING_HOURS),
        start=act.now,
        department=chat.department_id,
        customer=chat.customer_id,
        title=words.splitlines()[0][:TITLE],
        policy=f"chat v{numbers.version}",
        calendar=numbers.calendar,
    )


def _tell(act: Act, chat: Chat, words: str) -> None:
    """The agents of the department who are at work."""
    people = working_staff(act.now.date()).filter(department=chat.department_id, roles__contains=[Role.AGENT])
    told = message(_("A visitor waits in the chat: %(title)s"), title=words.splitlines()[0][:TITLE])
    notify_staff(act.call, people.values_list("pk", flat=True)[:TOLD_AT_MOST], told, page="chat", args=[chat.pk])
