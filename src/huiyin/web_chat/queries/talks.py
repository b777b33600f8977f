"""Talks: a visitor's own by its token, the queue, one with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery

from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.web_chat.models import Chat, ChatLine, ChatPresence
from huiyin.web_chat.rules.states import VISITOR, ChatState

TYPES_FOR = timedelta(seconds=6)
SEEN_EVERY = timedelta(seconds=15)
LONGEST_QUEUE = 100
MOST_LINES = 500
_LAST = {
    "last_words": Subquery(
        ChatLine.objects.filter(chat=OuterRef("pk"), side=VISITOR).order_by("-pk").values("text")[:1]
    )
}
"""What the visitor said last, for lists."""


@dataclass(frozen=True)
class News:
    """What one side has not seen yet: lines after a number, whether the other side types, whether it is over."""

    chat: Chat
    lines: list[ChatLine]
    types: bool

    @property
    def last(self) -> int:
        """The number of the newest line."""
        return self.lines[-1].pk if self.lines else 0


def chat_of_token(token: str) -> Chat:
    """The visitor's talk.

    Raises:
        NotFound: there is none.
    """
    chat = Chat.objects.select_related("case", "owner").filter(token=token).first()
    if chat is None:
        raise NotFound(message(_("This talk does not exist. Please begin a new one.")))
    return chat


def chat_seen_by(actor: Actor, chat_id: int) -> Chat:
    """One talk for somebody of the company.

    Raises:
        NotFound: there is none in sight.
    """
    chats = Chat.objects.visible_to(actor).select_related("case", "owner", "department", "customer")
    chat = chats.filter(pk=chat_id).first()
    if chat is None:
        raise NotFound
    return chat


def news(chat: Chat, now: datetime, *, after: int, for_visitor: bool) -> News:
    """The lines after a number, oldest first."""
    lines = list(ChatLine.objects.filter(chat=chat, pk__gt=after).select_related("staff").order_by("pk")[:MOST_LINES])
    presence = ChatPresence.objects.filter(chat=chat).first()
    typed = (presence.ours_typed_at if for_visitor else presence.visitor_typed_at) if presence else None
    return News(chat, lines, typed is not None and now - typed < TYPES_FOR)


def note_presence(chat: Chat, now: datetime) -> None:
    """The visitor's page is open; written every quarter of a minute at most."""
    ChatPresence.objects.filter(chat=chat, seen_at__lt=now - SEEN_EVERY).update(seen_at=now)


def note_typing(chat: Chat, now: datetime, *, visitor: bool) -> None:
    """Somebody types."""
    field = "visitor_typed_at" if visitor else "ours_typed_at"
    ChatPresence.objects.filter(chat=chat).update(**{field: now})


def waiting(actor: Actor) -> list[Chat]:
    """Visitors who wait, longest first."""
    return list(open_talks(actor).filter(state=ChatState.WAITING).order_by("started_at", "id")[:LONGEST_QUEUE])


def talks_of(actor: Actor) -> list[Chat]:
    """My talks, the one with the oldest last word first."""
    mine = open_talks(actor).filter(state=ChatState.TALKING, owner_id=actor.id)
    return list(mine.order_by("last_at", "id")[:LONGEST_QUEUE])


def talks_of_others(actor: Actor) -> list[Chat]:
    """Talks of colleagues in sight."""
    others = open_talks(actor).filter(state=ChatState.TALKING).exclude(owner_id=actor.id)
    return list(others.order_by("last_at", "id")[:LONGEST_QUEUE])


def ended(actor: Actor) -> QuerySet[Chat]:
    """Talks that are over."""
    return (
        Chat.objects.visible_to(actor).filter(state=ChatState.ENDED).select_related("owner", "case").annotate(**_LAST)
    )


def open_talks(actor: Actor) -> QuerySet[Chat]:
    """Talks that are going on, in sight."""
    chats = Chat.objects.visible_to(actor).exclude(state=ChatState.ENDED).select_related("owner", "customer")
    return chats.annotate(**_LAST)


def to_be_missed(now: datetime, missed_after: timedelta, left_after: timedelta) -> list[int]:
    """Visitors who waited too long for a first answer, or left before it."""
    unanswered = Chat.objects.exclude(state=ChatState.ENDED).filter(answered_at=None)
    waited = unanswered.filter(started_at__lte=now - missed_after)
    left = unanswered.filter(presence__seen_at__lte=now - left_after)
    return sorted({*waited.values_list("pk", flat=True), *left.values_list("pk", flat=True)})


def to_be_ended(now: datetime, idle_after: timedelta) -> list[int]:
    """Answered talks in which nobody has said anything for long."""
    idle = Chat.objects.exclude(state=ChatState.ENDED).filter(answered_at__isnull=False, last_at__lte=now - idle_after)
    return list(idle.order_by(F("last_at")).values_list("pk", flat=True))
