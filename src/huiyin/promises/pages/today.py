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
from huiyin.promises.pages.rows import PromiseRow, row_of
from huiyin.promises.queries.day import PARTS, Day, DayPart, day_of

HEADINGS = {
    "ready": _("Can be done right now"),
    "late": _("Late"),
    "today": _("Due today"),
    "later": _("Later"),
}


@dataclass(frozen=True)
class TodayGroup:
    """A part of the day under its heading; ``more`` leads to the rows that follow."""

    name: str
    heading: str
    rows: tuple[PromiseRow, ...]
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
    return TodayGroup(part.name, gettext(HEADINGS[part.name]), tuple(map(row_of, part.rows)), part.total, more)
