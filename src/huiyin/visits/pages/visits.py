"""Visits: my day by call window, the pool, what is open and what is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.visits.models import Visit
from huiyin.visits.queries.hours import opening_of
from huiyin.visits.queries.policies import kinds_in_force, under_policy
from huiyin.visits.queries.visits import Group, listed, my_day, waiting_in_pool
from huiyin.visits.rules.lifecycle import STATE_LABELS

TABS = {
    "today": _("My day"),
    "open": _("All open"),
    "pool": _("Owed, nobody has it"),
    "done": _("Ended"),
}
HEADINGS = {
    "begun": _("Begun"),
    "asked": _("The customer asked to be called"),
    "now": _("Can be called now"),
    "later": _("Later today"),
    "slipped": _("Left over"),
}
FILTERS = ("text", "kind", "state", "mine")


@dataclass(frozen=True)
class VisitsPage:
    """One tab of the list; ``opens`` is when the next call window opens, None while one is open."""

    tab: str
    tabs: list[tuple[str, str, int | None]]
    groups: list[tuple[str, Group]]
    rows: KeysetPage[Visit] | None
    kinds: list[tuple[str, str]]
    states: list[tuple[str, str]]
    filters: dict[str, str]
    calls_open: bool
    opens: datetime | None
    now: datetime
    total: int


@page("visits/", name="visits", needs="visits.see")
def visits(request: Request) -> HttpResponse:
    """My visits of today, or a list of them all."""
    return show(request, "visits/visits.html", _page(request))


def _page(request: Request) -> VisitsPage:
    now = clock.now()
    works = request.actor.may("visits.work")
    tab = request.GET.get("tab", "today" if works else "open")
    tab = tab if tab in TABS else "open"
    filters = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    groups = my_day(request.actor, timezone.localdate(now), now) if tab == "today" else []
    rows = None
    if tab != "today":
        found, order = listed(request.actor, tab, filters)
        rows = keyset(found, order=order, after=request.GET.get("after"))
    in_my_day = sum(len(group.visits) for group in groups)
    numbers = {"today": in_my_day if tab == "today" else None, "pool": waiting_in_pool(request.actor)}
    is_open, opens = opening_of(now)
    for visit in [*(rows.rows if rows else ()), *(visit for group in groups for visit in group.visits)]:
        under_policy(visit)
    return VisitsPage(
        tab=tab,
        tabs=[(code, gettext(label), numbers.get(code)) for code, label in TABS.items() if works or code != "today"],
        groups=[(gettext(HEADINGS[group.code]), group) for group in groups],
        rows=rows,
        kinds=kinds_in_force(timezone.localdate(now)),
        states=[(code, gettext(label)) for code, label in STATE_LABELS.items()],
        filters=filters,
        calls_open=is_open,
        opens=opens,
        now=now,
        total=in_my_day,
    )
