"""Lists of visits: my day by call window, the pool, what is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from huiyin.customers.public import Contact, Customer, normal_phone
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.models.visit import VisitQuerySet
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.rules.lifecycle import ENDED, OPEN, State

TODAY_MOST = 200
PHONE_LEAST = 4


OWN = tuple(field.name for field in Visit._meta.concrete_fields if field.name != "attribution")
NAMES = ("customer__name", "customer__number", "store__name")
ASKED_FOR = ("tier", "notes", "language", "preferred_time", "preferred_weekdays", "do_not_contact")
CARD = (*OWN, *NAMES, *(f"customer__{name}" for name in ASKED_FOR), "purchase__bought_at", "purchase__amount")


def in_rows(visits: VisitQuerySet) -> VisitQuerySet:
    """Visits with what a row shows beside the policy, in one query."""
    rows = visits.select_related("customer", "store", "agent").only(*OWN, *NAMES, "agent__name")
    # A subquery counts for the rows shown; a join would count for all visits before the page is cut.
    dials = Attempt.objects.filter(visit=OuterRef("pk")).order_by().values("visit").annotate(n=Count("pk")).values("n")
    along = Visit.objects.filter(made_with=OuterRef("pk"), state__in=sorted(OPEN)).order_by().values("made_with")
    return rows.annotate(dials=Subquery(dials), along=Subquery(along.annotate(n=Count("pk")).values("n")))


def visit_seen_by(actor: Actor, visit_id: int) -> Visit:
    """One visit with what a card shows and its policy; what few visits name is read when it is asked for.

    Raises:
        NotFound: it does not exist or lies outside the actor's area.
    """
    return _seen(Visit.objects.select_related("customer", "store", "purchase").only(*CARD), actor, visit_id)


def visit_worked_by(actor: Actor, visit_id: int) -> Visit:
    """One visit for whoever does something with it, by itself.

    Raises:
        NotFound: it does not exist or lies outside the actor's area.
    """
    return _seen(Visit.objects.all(), actor, visit_id)


def _seen(visits: VisitQuerySet, actor: Actor, visit_id: int) -> Visit:
    found = visits.visible_to(actor).filter(pk=visit_id).first()
    if found is None:
        raise NotFound
    return under_policy(found)


@dataclass(frozen=True)
class Group:
    """A heading's code, its moment where there is one, and the visits under it."""

    code: str
    start: datetime | None
    end: datetime | None
    visits: tuple[Visit, ...]


def my_day(actor: Actor, today: date, now: datetime) -> list[Group]:
    """My open visits of today and before: asked-for times first, then slipped ones, then today's windows in order."""
    rows = _mine_today(in_rows(Visit.objects.all()), actor, today)
    groups: dict[tuple[str, datetime | None, datetime | None], list[Visit]] = {}
    for visit in rows:
        groups.setdefault(_place(visit, today, now), []).append(visit)
    ordered = sorted(groups.items(), key=lambda each: (ORDER[each[0][0]], each[0][1] or now))
    return [Group(*place, tuple(visits)) for place, visits in ordered]


def _mine_today(visits: VisitQuerySet, actor: Actor, today: date) -> list[Visit]:
    """Own visits are always in sight, so the actor's area need not be asked."""
    mine = visits.filter(agent_id=actor.id, state__in=OPEN)
    begun_or_planned = mine.filter(Q(planned_on__lte=today) | Q(state=State.IN_PROGRESS))
    return list(begun_or_planned.order_by("window_start", "id")[:TODAY_MOST])


PLACED_BY = ("state", "again_asked", "again_at", "window_start", "window_end", "planned_on")
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
    mine = _mine_today(Visit.objects.only(*PLACED_BY), actor, today)
    waiting = (visit for visit in mine if visit.pk != after and (visit.again_at is None or visit.again_at <= now))
    placed = [(_place(visit, today, now)[0], visit.pk) for visit in waiting]
    ready = [(ORDER[code], pk) for code, pk in placed if code != "later"]
    return min(ready, key=lambda each: each[0], default=(0, None))[1]


def listed(actor: Actor, tab: str, filters: Mapping[str, str]) -> tuple[QuerySet[Visit], tuple[str, ...]]:
    """The visits of a tab (``open``, ``pool``, ``done``, ``all``) under the filters, and their order."""
    rows = in_rows(Visit.objects.visible_to(actor))
    if tab == "pool":
        rows = rows.in_pool()
    elif tab == "done":
        rows = rows.filter(state__in=ENDED, ended_at__isnull=False)
    elif tab == "open":
        rows = rows.open()
    rows = _filtered(rows, actor, filters)
    return rows, ("-ended_at", "-id") if tab == "done" else ("due_by", "id")


def _filtered(rows: VisitQuerySet, actor: Actor, filters: Mapping[str, str]) -> VisitQuerySet:
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
    return Visit.objects.visible_to(actor).in_pool().count()


def open_of_customer(actor: Actor, customer_id: int) -> list[Visit]:
    """A customer's open visits within the viewer's area, by due moment."""
    return _open_of_customer(actor, customer_id)


@prepared
def _open_of_customer(actor: Actor, customer_id: Given) -> QuerySet[Visit]:
    return _beside(actor).filter(customer=customer_id, state__in=OPEN).order_by("due_by", "id")


def of_case(actor: Actor, case_id: int) -> list[Visit]:
    """The visit that found a case and those made because of it, within the viewer's area, oldest first."""
    return _of_case(actor, case_id)


@prepared
def _of_case(actor: Actor, case_id: Given) -> QuerySet[Visit]:
    return _beside(actor).filter(Q(found_case=case_id) | Q(case=case_id)).order_by("id")


def _beside(actor: Actor) -> VisitQuerySet:
    """Visits within the actor's area with what a panel shows of them."""
    return Visit.objects.visible_to(actor).select_related("policy", "agent")
