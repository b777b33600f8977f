"""Lists of visits: my day by call window, the pool, what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from huiyin.customers.public import Contact, Customer, normal_phone
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.rules.lifecycle import ENDED, OPEN, State

TODAY_MOST = 200
PHONE_LEAST = 4


def seen_by(actor: Actor) -> QuerySet[Visit]:
    """Visits within the actor's area with what a row shows, in one query."""
    rows = Visit.objects.visible_to(actor).select_related("customer", "policy", "store", "agent")
    # A subquery counts for the rows shown; a join would count for all visits before the page is cut.
    dials = Attempt.objects.filter(visit=OuterRef("pk")).order_by().values("visit").annotate(n=Count("pk")).values("n")
    return rows.annotate(dials=Subquery(dials))


def visit_seen_by(actor: Actor, visit_id: int) -> Visit:
    """One visit with whom and what nearly every visit names; the few cases and replaced visits are read when asked for.

    Raises:
        NotFound: it does not exist or lies outside the actor's area.
    """
    named = ("customer", "policy", "store", "agent", "purchase", "started_by")
    rows = Visit.objects.visible_to(actor).select_related(*named)
    found = rows.filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class Group:
    """A heading's code, its moment where there is one, and the visits under it."""

    code: str
    start: datetime | None
    end: datetime | None
    visits: tuple[Visit, ...]


def my_day(actor: Actor, today: date, now: datetime) -> list[Group]:
    """My open visits of today and before: asked-for times first, then slipped ones, then today's windows in order."""
    mine = seen_by(actor).filter(agent_id=actor.id, state__in=OPEN)
    rows = list(
        mine.filter(Q(planned_on__lte=today) | Q(state=State.IN_PROGRESS)).order_by("window_start", "id")[:TODAY_MOST]
    )
    groups: dict[tuple[str, datetime | None, datetime | None], list[Visit]] = {}
    for visit in rows:
        groups.setdefault(_place(visit, today, now), []).append(visit)
    ordered = sorted(groups.items(), key=lambda each: (ORDER[each[0][0]], each[0][1] or now))
    return [Group(*place, tuple(visits)) for place, visits in ordered]


ORDER = {"begun": 0, "asked": 1, "now": 2, "later": 3, "slipped": 4}


def _place(visit: Visit, today: date, now: datetime) -> tuple[str, datetime | None, datetime | None]:
    if visit.state == State.IN_PROGRESS:
        return ("begun", None, None)
    if visit.again_asked:
        return ("asked", None, None)
    start, end = visit.window_start, visit.window_end
    if visit.planned_on and visit.planned_on < today:
        return ("slipped", None, None)
    if start and end and end <= now and visit.again_at is None:
        return ("slipped", None, None)
    if start and start <= now:
        return ("now", None, None)
    return ("later", start, end)


def next_visit(actor: Actor, today: date, now: datetime, after: int) -> int | None:
    """The visit to do after this one: the next of my day that may begin now."""
    for group in my_day(actor, today, now):
        for visit in group.visits:
            waits = visit.again_at is not None and visit.again_at > now
            if visit.pk != after and group.code in ("begun", "asked", "now", "slipped") and not waits:
                return visit.pk
    return None


def listed(actor: Actor, tab: str, filters: Mapping[str, str]) -> tuple[QuerySet[Visit], tuple[str, ...]]:
    """The visits of a tab (``open``, ``pool``, ``done``, ``all``) under the filters, and their order."""
    rows = seen_by(actor)
    if tab == "pool":
        rows = rows.filter(agent=None, state__in=OPEN, sampled=False)
    elif tab == "done":
        rows = rows.filter(state__in=ENDED, ended_at__isnull=False)
    elif tab == "open":
        rows = rows.filter(state__in=OPEN)
    rows = _filtered(rows, actor, filters)
    return rows, ("-ended_at", "-id") if tab == "done" else ("due_by", "id")


def _filtered(rows: QuerySet[Visit], actor: Actor, filters: Mapping[str, str]) -> QuerySet[Visit]:
    if filters.get("kind"):
        rows = rows.filter(kind=filters["kind"])
    if filters.get("state"):
        rows = rows.filter(state=filters["state"])
    if filters.get("mine"):
        rows = rows.filter(agent=actor.id)
    text = filters.get("text", "").strip()
    return rows.filter(customer__in=_customers(text)) if text else rows


def _customers(text: str) -> QuerySet[Customer, int]:
    """Customers by the beginning of their number or name, by phone number, or by its last four digits."""
    found = Q(number__istartswith=text) | Q(name__startswith=text)
    digits = "".join(character for character in text if character.isdigit())
    if len(digits) >= PHONE_LEAST and digits == text.replace(" ", "").replace("-", "").lstrip("+"):
        contacts = Contact.objects.filter(Q(phone=normal_phone(text)) | Q(phone_tail=text[-PHONE_LEAST:]))
        found |= Q(pk__in=contacts.values("customer"))
    return Customer.objects.filter(found).values_list("pk", flat=True)


def waiting_in_pool(actor: Actor) -> int:
    """How many owed visits of the actor's area nobody has taken yet."""
    return Visit.objects.visible_to(actor).open().filter(agent=None, sampled=False).count()


def open_of_customer(actor: Actor, customer_id: int) -> list[Visit]:
    """A customer's open visits within the viewer's area, by due moment."""
    rows = seen_by(actor).filter(customer=customer_id, state__in=OPEN)
    return list(rows.order_by("due_by", "id"))


def of_case(actor: Actor, case_id: int) -> list[Visit]:
    """The visit that found a case and those made because of it, within the viewer's area, oldest first."""
    return list(seen_by(actor).filter(Q(found_case=case_id) | Q(case=case_id)).order_by("id"))
