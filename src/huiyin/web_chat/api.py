"""The API of talks in the web chat: who waits, one talk with its lines, take, answer, hand over, end."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Query, Router, Schema

from huiyin.customers.public import mask_name
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.web_chat.actions.say import answer
from huiyin.web_chat.actions.take import end_chat, hand_chat_over, take_chat
from huiyin.web_chat.models import Chat, ChatLine
from huiyin.web_chat.queries.talks import chat_seen_by, ended, news, open_talks

PREFIX = "/chats"
SEE, TALK = "web_chat.see", "web_chat.talk"
router = Router(tags=["web chat"])


class ChatOut(Schema):
    """A talk; the visitor's name, as they gave it, is masked. Moments are UTC."""

    id: int
    state: str = Field(description="waiting, talking, ended.")
    outcome: str = Field(description="answered, case or missed; empty while it goes on.")
    visitor: str
    owner_id: int | None
    department_id: int | None
    case_id: int | None
    language: str
    page: str
    started_at: datetime
    answered_at: datetime | None
    last_at: datetime
    ended_at: datetime | None


class LineOut(Schema):
    """Something said."""

    id: int
    side: str = Field(description="visitor, ours or house.")
    text: str
    staff_id: int | None
    at: datetime


class TalkOut(ChatOut):
    """A talk with what was said after the line that was asked for, oldest first, 500 lines at most."""

    lines: list[LineOut]


class AfterIn(Schema):
    """The number of the last line that is known."""

    after: int = Field(0, ge=0)


class AnswerIn(Schema):
    """What is said to the visitor."""

    text: str = Field(max_length=5_000)


class HandIn(Schema):
    """To whom: a colleague, or a department where the visitor waits again; and why."""

    staff_id: int | None = None
    department_id: int | None = None
    note: str = Field("", max_length=200)


class HandedOut(Schema):
    """It is handed over; it may have left the caller's sight."""

    id: int


@router.get("", auth=needs(SEE), response=answers(Page[ChatOut]))
def list_chats(request: ApiRequest, cursor: Query[Cursor], which: Literal["open", "over"] = "open") -> Page[ChatOut]:
    """Talks in sight: the open ones, the one with the oldest last word first, or those that are over, newest first."""
    if which == "over":
        return page_of(ended(request.actor), order=("-started_at", "-id"), cursor=cursor, out=_chat)
    return page_of(open_talks(request.actor), order=("last_at", "id"), cursor=cursor, out=_chat)


@router.get("/{int:chat_id}", auth=needs(SEE), response=answers(TalkOut))
def get_chat(request: ApiRequest, chat_id: int, known: Query[AfterIn]) -> TalkOut:
    """One talk with its lines."""
    return _talk(request, chat_id, known.after)


@router.post("/{int:chat_id}/take", auth=needs(TALK), response=answers(TalkOut))
def take_waiting_chat(request: ApiRequest, chat_id: int) -> TalkOut:
    """Takes a waiting visitor; of two who do it at once one gets the visitor."""
    outcome(take_chat, call_of_api(request), chat_id)
    return _talk(request, chat_id, 0)


@router.post("/{int:chat_id}/answer", auth=needs(TALK), response=answers(TalkOut))
def answer_chat(request: ApiRequest, chat_id: int, data: AnswerIn) -> TalkOut:
    """Says something to the visitor."""
    outcome(answer, call_of_api(request), chat_id, text=data.text)
    return _talk(request, chat_id, 0)


@router.post("/{int:chat_id}/hand-over", auth=needs(TALK), response=answers(HandedOut))
def hand_over_chat(request: ApiRequest, chat_id: int, data: HandIn) -> HandedOut:
    """Gives the whole talk to a colleague or a department."""
    outcome(hand_chat_over, call_of_api(request), chat_id, **data.dict())
    return HandedOut(id=chat_id)


@router.post("/{int:chat_id}/end", auth=needs(TALK), response=answers(TalkOut))
def end_answered_chat(request: ApiRequest, chat_id: int) -> TalkOut:
    """Ends an answered talk."""
    outcome(end_chat, call_of_api(request), chat_id)
    return _talk(request, chat_id, 0)


def _chat(chat: Chat) -> ChatOut:
    return ChatOut(**_values(chat))


def _values(chat: Chat) -> dict[str, Any]:
    plain = {name: getattr(chat, name) for name in ChatOut.model_fields if name != "visitor"}
    return plain | {"visitor": mask_name(chat.name)}


def _talk(request: ApiRequest, chat_id: int, after: int) -> TalkOut:
    found = news(chat_seen_by(request.actor, chat_id), clock.now(), after=after, for_visitor=False)
    return TalkOut(**_values(found.chat), lines=[_line(line) for line in found.lines])


def _line(line: ChatLine) -> LineOut:
    return LineOut(id=line.pk, side=line.side, text=line.words, staff_id=line.staff_id, at=line.at)
