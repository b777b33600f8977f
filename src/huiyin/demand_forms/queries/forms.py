"""Demand forms as far as somebody sees them: lists, one form with its wishes, what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from huiyin.demand_forms.models import DemandForm, Wish
from huiyin.demand_forms.queries.choosing import ShownCustomer, seen_among, shown
from huiyin.demand_forms.queries.units import acts_for
from huiyin.demand_forms.rules.codes import ANSWER, DECIDE
from huiyin.demand_forms.rules.states import FormState, WishState
from huiyin.kernel.actor import SYSTEM, Actor
from huiyin.kernel.refusal import NotFound
from huiyin.promises.public import Promise, visible_promises
from huiyin.visits.public import Visit

TABS: dict[str, tuple[FormState, ...]] = {
    "waiting": (FormState.SIGNED_UP,),
    "running": (FormState.CONFIRMED,),
    "ended": (FormState.CLOSED, FormState.DECLINED, FormState.WITHDRAWN),
}
ORDERS = {"waiting": ("asked_at", "id"), "running": ("wanted_by", "id"), "ended": ("-asked_at", "-id")}


def forms_seen_by(actor: Actor) -> QuerySet[DemandForm]:
    """Forms within the actor's area with their units."""
    return DemandForm.objects.visible_to(actor).select_related("department", "store", "asked_by", "decided_by")


def listed(actor: Actor, tab: str) -> tuple[QuerySet[DemandForm], tuple[str, ...]]:
    """The forms of a tab with how many they ask and how many answered, and their order."""
    rows = forms_seen_by(actor).filter(state__in=TABS[tab])
    answered = Count("wishes", filter=Q(wishes__state=WishState.ANSWERED))
    return rows.annotate(asked=Count("wishes"), answered=answered), ORDERS[tab]


def waiting(actor: Actor) -> int:
    """How many forms of the actor's area wait for customer service."""
    return DemandForm.objects.visible_to(actor).filter(state=FormState.SIGNED_UP).count()


def clocks_of(forms: Sequence[DemandForm]) -> dict[int, Promise]:
    """The open promise about each form: to decide about it, or to bring its answers."""
    owed = visible_promises(SYSTEM).unsettled().filter(kind__in=(DECIDE, ANSWER), subject=DemandForm._meta.label_lower)
    return {each.subject_id: each for each in owed.filter(subject_id__in=[form.pk for form in forms])}


def form_seen_by(actor: Actor, form_id: int) -> DemandForm:
    """One form within the actor's area.

    Raises:
        NotFound: there is none.
    """
    found = forms_seen_by(actor).filter(pk=form_id).first()
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True)
class WishRow:
    """A wish as the reader may see it; ``visit`` only where the visit itself lies within the reader's area."""

    wish: Wish
    customer: ShownCustomer
    visit: Visit | None
    lines: tuple[tuple[str, str], ...]


def wishes_of(actor: Actor, form: DemandForm) -> list[WishRow]:
    """The wishes of a form with their answers, oldest first; customers and visits outside the area stay closed."""
    wishes = list(form.wishes.select_related("customer__home_store", "visit__policy", "visit__agent"))
    seen = seen_among(actor, [wish.customer_id for wish in wishes])
    visits = [wish.visit_id for wish in wishes if wish.visit_id]
    open_to = set(Visit.objects.visible_to(actor).filter(pk__in=visits).values_list("pk", flat=True))
    return [
        WishRow(
            wish=wish,
            customer=shown(wish.customer, wish.customer_id in seen),
            visit=wish.visit if wish.visit_id in open_to else None,
            lines=answered_lines(form, wish),
        )
        for wish in wishes
    ]


def answered_lines(form: DemandForm, wish: Wish) -> tuple[tuple[str, str], ...]:
    """Question and answer, only what was answered."""
    pairs = zip(form.questions, wish.answers, strict=False)
    return tuple((question, answer) for question, answer in pairs if answer)


def may_withdraw(actor: Actor, form: DemandForm) -> bool:
    """Whether taking the form back is the actor's part, and still possible."""
    waits = form.state == FormState.SIGNED_UP
    return waits and actor.may("demand.sign_up") and acts_for(actor, form.unit)
