"""The customer's timeline: one stream of what every room knows, newest first (CUS-3).

A room contributes in ``timeline_kinds.py``::

    TIMELINE = [TimelineKind(code="visit", label=_("Visits"), icon="phone", entries=visit_entries)]


    def visit_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
        rows = page.of(Visit.objects.filter(customer_id=customer_id), kind="visit", at="happened_at")[:limit]
        return [Entry(at=row.happened_at, kind="visit", id=row.pk, icon="phone", title=…) for row in rows]

History written by actions with ``customer_id`` appears by itself once the room names its verbs in ``act_words.py``:
``ACT_WORDS = {"visits.assign": _("Visit assigned to %(to)s")}``; the words are filled from the entry's data.
"""

from __future__ import annotations

import base64
import heapq
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from huiyin.foundation.discovery import discover
from huiyin.foundation.prepared import Given
from huiyin.kernel.actor import Actor

M = TypeVar("M", bound=Model)
R = TypeVar("R")
LATEST = datetime.max.replace(tzinfo=UTC)
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Entry:
    """One thing that happened. ``title`` and ``text`` are in the reader's language; ``tone`` colours the mark
    (``accent``, ``kept``, ``late`` or nothing); ``href`` leads to the record; ``notes`` are further short lines."""

    at: datetime
    kind: str
    id: int
    icon: str
    title: str
    text: str = ""
    tone: str = ""
    href: str = ""
    badge: str = ""
    who: str = ""
    notes: tuple[str, ...] = field(default=())

    @property
    def key(self) -> tuple[datetime, str, int]:
        """The entry's place in the stream."""
        return self.at, self.kind, self.id


def behind(rows: QuerySet[M, R], at: str, moment: datetime | Given, pk: int | Given) -> QuerySet[M, R]:
    """Rows behind a place (:meth:`Older.bound`), newest first; ``at`` names the field of their moment."""
    earlier = Q(**{f"{at}__lt": moment}) | Q(pk__lt=pk)
    return rows.filter(earlier, **{f"{at}__lte": moment}).order_by(f"-{at}", "-id")


@dataclass(frozen=True)
class Older:
    """Where a page begins: behind the entry (at, kind, id), or at the newest when ``at`` is None."""

    at: datetime | None = None
    kind: str = ""
    id: int = 0

    def of(self, rows: QuerySet[M, R], *, kind: str, at: str) -> QuerySet[M, R]:
        """The rows of one kind that belong behind this place, newest first; ``at`` names their moment."""
        return behind(rows, at, *self.bound(kind))

    def bound(self, kind: str) -> tuple[datetime, int]:
        """What :func:`behind` takes: entries of a kind belong behind this place when they are earlier than the moment,
        or at it and their id is smaller."""
        if self.at is None:
            return LATEST, 0
        at_the_moment = {True: LARGEST, False: 0} if kind != self.kind else {False: self.id}
        return self.at, at_the_moment[kind < self.kind]

    def cursor(self) -> str:
        """The place as text for an address."""
        at = self.at.isoformat() if self.at else ""
        return base64.urlsafe_b64encode(json.dumps([at, self.kind, self.id]).encode()).decode().rstrip("=")


def older_than(cursor: str | None) -> Older:
    """Reads a place from an address; anything unreadable is the newest."""
    try:
        at, kind, pk = json.loads(base64.urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor or '') % 4)}"))
        return Older(datetime.fromisoformat(at), str(kind), int(pk))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return Older()


Entries = Callable[[Actor, int, Older, int], list[Entry]]


@dataclass(frozen=True)
class TimelineKind:
    """One source of entries: its code, name (message id), lucide icon and how to read ``limit`` of them."""

    code: str
    label: str
    icon: str
    entries: Entries


@cache
def timeline_kinds() -> tuple[TimelineKind, ...]:
    """All sources of all rooms."""
    return tuple(kind for module in discover("timeline_kinds") for kind in module.TIMELINE)


@cache
def act_words() -> dict[str, str]:
    """What verbs of the journal are called on the timeline (message ids)."""
    words: dict[str, str] = {}
    for module in discover("act_words"):
        words |= module.ACT_WORDS
    return words


@dataclass(frozen=True)
class Stretch:
    """A page of the timeline and the cursor of the older one, if there is more."""

    entries: list[Entry]
    next: str | None


def timeline(
    actor: Actor, customer_id: int, *, after: str | None = None, only: Sequence[str] = (), size: int = 30
) -> Stretch:
    """The next ``size`` entries behind ``after``, from all sources or ``only`` some; each source is read once."""
    place = older_than(after)
    kinds = [kind for kind in timeline_kinds() if not only or kind.code in only]
    found: list[list[Any]] = [kind.entries(actor, customer_id, place, size + 1) for kind in kinds]
    merged = list(heapq.merge(*found, key=lambda entry: entry.key, reverse=True))[: size + 1]
    if len(merged) <= size:
        return Stretch(merged, None)
    last = merged[size - 1]
    return Stretch(merged[:size], Older(*last.key).cursor())
