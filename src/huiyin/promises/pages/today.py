"""Today: the home of everybody who works, own promises by due time, what can be done now first (ui.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.queries.day import PARTS, Day, DayPart, OwedRow, day_of

HEADINGS = {
    "ready": _("Can be done right now"),
    "late": _("Late"),
    "today": _("Due today"),
    "later": _("Later"),
}


@dataclass(frozen=True)
class TodayRow:
    """One promise as a row: what to do in a word, who, why now, its clock; ``why`` explains the deadline."""

    promise: OwedRow
    href: str
    why: str
    icon: str
    act: str
    label: str


@dataclass(frozen=True)
class TodayGroup:
    """A part of the day under its heading; ``more`` leads to the rows that follow."""

    name: str
    heading: str
    rows: tuple[TodayRow, ...]
    total: int
    more: str | None


@dataclass(frozen=True)
class TodayPage:
    """A person's promises in groups: ready now, late, due today, later."""

    groups: tuple[TodayGroup, ...]
    total: int
    late: int


@page("", name="today", needs="signed-in")
def today(request: Request) -> HttpResponse:
    """What I owe, by due time in working time; with ``group`` the further rows of that group."""
    only = request.GET.get("group", "")
    only = only if only in PARTS else ""
    found = _day(request, only)
    groups = tuple(_group(part) for part in found.parts)
    template = "promises/_today_more.html" if only and request.htmx else "promises/today.html"
    return show(request, template, TodayPage(groups, found.total, found.late))


def _day(request: Request, only: str) -> Day:
    now = clock.now()
    ends = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    return day_of(
        request.actor,
        now,
        day_ends=ends,
        ready=_ready(now),
        only=only,
        after=request.GET.get("after") if only else None,
    )


def _ready(now: datetime) -> list[str]:
    return [kind.code for kind in promise_kinds() if kind.ready is not None and kind.ready(now)]


def _group(part: DayPart) -> TodayGroup:
    more = part.next and f"{reverse('today')}?group={part.name}&after={part.next}"
    return TodayGroup(part.name, gettext(HEADINGS[part.name]), tuple(map(_row, part.rows)), part.total, more)


def _row(promise: OwedRow) -> TodayRow:
    kind = promise_kinds()[promise.kind]
    return TodayRow(
        promise,
        href=reverse(kind.page, args=[promise.subject_id]),
        why=reverse("promise", args=[promise.id]),
        icon=kind.icon,
        act=gettext(kind.act),
        label=gettext(kind.label),
    )
