"""The queue: tabs, filters and order of the list of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.queries.search import narrowed
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _

QUEUE = ("level_rank", "due_at", "id")
BY_DUE = ("due_at", "id")
NEWEST = ("-received_at", "-id")
TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "mine": (_("Mine"), QUEUE),
    "department": (_("My department"), QUEUE),
    "unassigned": (_("Unassigned"), QUEUE),
    "soon": (_("Due soon"), BY_DUE),
    "late": (_("Late"), BY_DUE),
    "all": (_("All"), NEWEST),
}


@dataclass(frozen=True)
class CaseFilter:
    """What the list shows; empty values do not narrow it."""

    tab: str = "mine"
    text: str = ""
    state: str = ""
    level: str = ""
    kind: str = ""
    department: str = ""


def order_of(tab: str) -> tuple[str, ...]:
    """The key the tab is ordered by."""
    return TABS[tab][1]


def queue(actor: Actor, wanted: CaseFilter, now: datetime, soon: timedelta) -> CaseQuerySet:
    """Cases the actor may see that the tab and the filter let through, with the people shown in the list."""
    rows = Case.objects.visible_to(actor).select_related("customer", "owner", "department")
    rows = _tab(rows, wanted.tab, actor, now, soon)
    for name in ("state", "level", "kind"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.department.isdigit():
        rows = rows.filter(department_id=int(wanted.department))
    return narrowed(rows, wanted.text)


def _tab(rows: CaseQuerySet, tab: str, actor: Actor, now: datetime, soon: timedelta) -> CaseQuerySet:
    if tab == "all":
        return rows
    rows = rows.live()
    if tab == "mine":
        return rows.filter(owner_id=actor.id)
    if tab == "department":
        return rows.filter(department_id__in=actor.department_ids)
    if tab == "unassigned":
        return rows.filter(owner_id=None)
    return rows.filter(due_at__lt=now) if tab == "late" else rows.filter(due_at__gte=now, due_at__lte=now + soon)
