"""Site visits: an engineer's day in order, what is coming, and what is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.field_service.models import SiteVisit
from huiyin.field_service.queries.rules import today_of
from huiyin.field_service.queries.visits import Shown, engineers, shown_of, visits_listed, visits_of_day
from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.years import day_of

TABS = {"day": _("Day"), "coming": _("Coming"), "done": _("Done")}
ORDER = {"coming": ("start_at", "id"), "done": ("-start_at", "-id")}
MOST_A_DAY = 200


@dataclass(frozen=True)
class VisitsPage:
    """A day of visits, or a list of them."""

    tab: str
    tabs: list[tuple[str, str]]
    day: date
    before: date
    after: date
    today: date
    rows: list[tuple[SiteVisit, Shown]]
    pager: KeysetPage[SiteVisit] | None
    people: list[tuple[str, str]]
    engineer: str
    mine: bool
    may_change_rules: bool


@page("site-visits/", name="site-visits", needs="field_service.see")
def site_visits(request: Request) -> HttpResponse:
    """One's own day for engineers; everybody's in sight for the others."""
    tab = request.GET.get("tab", "day")
    tab = tab if tab in TABS else "day"
    people = engineers()
    mine = request.actor.id in dict(people)
    chosen = request.GET.get("engineer", str(request.actor.id) if mine else "")
    engineer = int(chosen) if chosen.isdecimal() else None
    today = today_of(clock.now())
    day = day_of(request.GET.get("day", ""), today)
    pager = None
    if tab == "day":
        rows = list(visits_of_day(request.actor, day, engineer)[:MOST_A_DAY])
    else:
        found = visits_listed(request.actor, tab, engineer)
        pager = keyset(found, order=ORDER[tab], after=request.GET.get("after"), size=30)
        rows = pager.rows
    context = VisitsPage(
        tab=tab,
        tabs=[(code, gettext(label)) for code, label in TABS.items()],
        day=day,
        before=day - timedelta(days=1),
        after=day + timedelta(days=1),
        today=today,
        rows=[(visit, shown_of(visit)) for visit in rows],
        pager=pager,
        people=[(str(pk), name) for pk, name in people],
        engineer=chosen,
        mine=mine,
        may_change_rules=request.actor.may("field_service.change_rules"),
    )
    return show(request, "field_service/visits.html", context)
