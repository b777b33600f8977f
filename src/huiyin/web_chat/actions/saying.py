"""What every verb of a talk shares: the locked talk, a line kept once, the end."""

from __future__ import annotations

from huiyin.cases.public import Case
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import cancel_promise, hand_over
from huiyin.web_chat.models import Chat, ChatLine
from huiyin.web_chat.promise_kinds import ANSWER
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.rules.states import HOUSE, ChatState, Outcome


def in_talk(act: Act, chat_id: int) -> Chat:
    """A live talk in the actor's sight, locked.

    Raises:
        NotFound: none in sight. Conflict: it is over.
    """
    chat = act.lock(Chat.objects.visible_to(act.actor), chat_id)
    if not chat.live:
        raise Conflict(message(_("This talk is over.")))
    return chat


def words_of(act: Act, text: str) -> str:
    """The words of a line.

    Raises:
        Invalid: none, or too many.
    """
    words, longest = text.replace("\x00", "").strip(), numbers_on(act.now.date()).longest
    if not words:
        raise Invalid(message(_("Write something first.")), {"text": message(_("Write something first."))})
    if len(words) > longest:
        why = message(_("This text is longer than %(limit)d characters."), limit=longest)
        raise Invalid(why, {"text": why})
    return words


def keep_line(act: Act, chat: Chat, side: str, text: str, key: str | None = None, **params: object) -> ChatLine:
    """Keeps a line of a locked talk; one with the same key is there already and comes back."""
    standing = ChatLine.objects.filter(chat=chat, key=key).first() if key else None
    if standing:
        return standing
    chat.last_at = act.now
    chat.save(update_fields=["last_at"])
    return ChatLine.objects.create(
        chat=chat,
        side=side,
        text=text,
        params=params,
        staff_id=act.actor.staff_id if side != HOUSE else None,
        at=act.now,
        key=key[:40] if key else None,
    )


def give_to(act: Act, chat: Chat, staff_id: int | None) -> None:
    """The talk and its promise belong to somebody from now on; None: it waits for anybody of its department."""
    chat.owner_id = staff_id
    chat.state = ChatState.TALKING if staff_id else ChatState.WAITING
    chat.taken_at = act.now if staff_id else None
    chat.save(update_fields=["owner", "state", "taken_at", "department"])
    if staff_id:
        hand_over(act.call, subject=chat, owner=staff_id)


def close(act: Act, chat: Chat, outcome: Outcome, case: Case | None = None) -> None:
    """Ends a locked talk; a first answer that is still owed goes over to the case."""
    chat.state, chat.outcome, chat.ended_at = ChatState.ENDED, outcome, act.now
    chat.case = case
    chat.save(update_fields=["state", "outcome", "ended_at", "case"])
    if chat.answered_at is None:
        cancel_promise(act.call, kind=ANSWER, subject=chat, reason=case.number if case else outcome)
    act.record(chat, customer_id=chat.customer_id, outcome=outcome, case=case.number if case else "")
