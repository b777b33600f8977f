"""Notices and messages over the API."""

from __future__ import annotations

from datetime import datetime

from ninja import Query, Router, Schema

from huiyin.channels.actions.handle import take_up
from huiyin.channels.actions.read_notices import read_notices
from huiyin.channels.models import IncomingMessage, StaffNotice
from huiyin.channels.queries.messages import incoming_seen_by, outgoing_seen_by
from huiyin.channels.queries.notices import notices_of, unread_count
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of

PREFIX = "/channels"
router = Router(tags=["channels"])


class NoticeOut(Schema):
    """A notice to the caller; ``text`` is in the caller's language."""

    id: int
    text: str
    href: str
    at: datetime
    read_at: datetime | None


class CountOut(Schema):
    """How many; counted up to one hundred."""

    count: int


class ReceivedOut(Schema):
    """A received message, its sender masked; ``identity_id`` is the person at a platform who wrote it."""

    id: int
    kind: str
    sender: str
    subject: str
    text: str
    state: str
    reason: str
    received_at: datetime
    about: str
    about_id: int | None
    identity_id: int | None


class SentOut(Schema):
    """A message of ours and its fate, the receiver masked."""

    id: int
    kind: str
    masked_to: str
    subject: str
    state: str
    attempts: int
    error: str
    segments: int
    created_at: datetime
    sent_at: datetime | None
    delivered_at: datetime | None
    about: str
    about_id: int | None


@router.get("/notices", auth=needs("notices.see"), response=answers(Page[NoticeOut]))
def list_notices(request: ApiRequest, cursor: Query[Cursor], unread: bool = False) -> Page[NoticeOut]:
    """The caller's notices, newest first."""
    mine = notices_of(request.actor)
    mine = mine.filter(read_at=None) if unread else mine
    return page_of(mine, order=("-at", "-id"), cursor=cursor, out=_notice)


def _notice(notice: StaffNotice) -> NoticeOut:
    return NoticeOut(id=notice.pk, text=notice.sentence, href=notice.href, at=notice.at, read_at=notice.read_at)


@router.get("/notices/unread", auth=needs("notices.see"), response=answers(CountOut))
def count_unread_notices(request: ApiRequest) -> CountOut:
    """How many notices wait to be read."""
    return CountOut(count=unread_count(request.actor))


@router.post("/notices/read", auth=needs("notices.see"), response=answers(CountOut))
def read_my_notices(request: ApiRequest, notice_id: int | None = None) -> CountOut:
    """Marks one of the caller's notices, or all, as read; says how many changed."""
    return CountOut(count=outcome(read_notices, call_of_api(request), notice_id))


@router.get("/received", auth=needs("channels.see"), response=answers(Page[ReceivedOut]))
def list_received_messages(request: ApiRequest, cursor: Query[Cursor], state: str = "") -> Page[ReceivedOut]:
    """Received messages, newest first, perhaps of one state."""
    rows = incoming_seen_by(request.actor).defer("full_text", "headers")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, order=("-received_at", "-id"), cursor=cursor, out=_received)


def _received(message: IncomingMessage) -> ReceivedOut:
    return ReceivedOut(
        id=message.pk,
        kind=message.kind,
        sender=message.masked_sender,
        subject=message.subject,
        text=message.text,
        state=message.state,
        reason=message.reason,
        received_at=message.received_at,
        about=message.about,
        about_id=message.about_id,
        identity_id=message.identity_id,
    )


@router.post("/received/{int:message_id}/take-up", auth=needs("channels.work"), response=answers(ReceivedOut))
def take_up_message(request: ApiRequest, message_id: int) -> ReceivedOut:
    """Has an ignored or stuck message worked on after all."""
    outcome(take_up, call_of_api(request), message_id)
    return _received(incoming_seen_by(request.actor).get(pk=message_id))


@router.get("/sent", auth=needs("channels.see"), response=answers(Page[SentOut]))
def list_sent_messages(request: ApiRequest, cursor: Query[Cursor], state: str = "") -> Page[SentOut]:
    """Messages of ours and their fate, newest first, perhaps of one state."""
    rows = outgoing_seen_by(request.actor).defer("text")
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, order=("-created_at", "-id"), cursor=cursor, out=SentOut)
