"""Somebody says something: the visitor, or one of us."""

from __future__ import annotations

from datetime import timedelta

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise
from huiyin.web_chat.actions.saying import give_to, in_talk, keep_line, words_of
from huiyin.web_chat.models import Chat, ChatLine
from huiyin.web_chat.promise_kinds import ANSWER
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.rules.states import OURS, VISITOR


@action("web_chat.say")
def say(act: Act, token: str, *, text: str, key: str) -> ChatLine:
    """The visitor's words; the same ``key`` again is the same line.

    Raises:
        NotFound: no such talk. Conflict: it is over, or too many lines in a minute. Invalid: no words, or too many.
    """
    found = Chat.objects.filter(token=token).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound
    chat = act.lock(Chat.objects.all(), found)
    standing = ChatLine.objects.filter(chat=chat, key=key[:40]).first()
    if standing:
        return standing
    if not chat.live:
        raise Conflict(message(_("This talk is over.")))
    recent = chat.lines.filter(side=VISITOR, at__gt=act.now - timedelta(minutes=1)).count()
    if recent >= numbers_on(act.now.date()).lines_per_minute:
        raise Conflict(message(_("That was a lot at once. What you typed is kept; please send it again in a minute.")))
    return keep_line(act, chat, VISITOR, words_of(act, text), key)


@action("web_chat.answer", needs="web_chat.talk")
def answer(act: Act, chat_id: int, *, text: str) -> ChatLine:
    """Our words; the first ones keep the promise, and whoever speaks in a talk nobody has taken takes it.

    Raises:
        Conflict: it is over, or a colleague's.
    """
    chat = in_talk(act, chat_id)
    if chat.owner_id is None:
        give_to(act, chat, act.actor.id)
    _only_mine(act, chat)
    line = keep_line(act, chat, OURS, words_of(act, text))
    if chat.answered_at is None:
        chat.answered_at = act.now
        chat.save(update_fields=["answered_at"])
        keep_promise(act.call, kind=ANSWER, subject=chat, evidence=line.text[:200])
    return line


def _only_mine(act: Act, chat: Chat) -> None:
    if chat.owner_id != act.actor.id:
        raise Conflict(message(_("%(name)s talks with this visitor."), name=chat.owner.name if chat.owner else ""))
