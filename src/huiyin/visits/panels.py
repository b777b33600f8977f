"""What visits add to other pages: a customer's visits to come, the visits before and after a case, recordings."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.foundation import clock
from huiyin.foundation.slots import Panel
from huiyin.kernel.actor import Actor
from huiyin.visits.models import Visit
from huiyin.visits.queries.recording_part import RecordingPart, recording_part
from huiyin.visits.queries.visits import of_case, open_of_customer
from huiyin.visits.rules.lifecycle import OPEN


@dataclass(frozen=True)
class CustomerVisits:
    """A customer's visits to come; ``may_agree``: the reader may make one."""

    customer_id: int
    visits: list[Visit]
    may_agree: bool


def customer_panel(actor: Actor, customer_id: int) -> CustomerVisits | None:
    """Visits that are still to come, and the way to make one; nothing when there is neither."""
    if not actor.may("visits.see"):
        return None
    found = CustomerVisits(customer_id, open_of_customer(actor, customer_id), actor.may("visits.work"))
    return found if found.visits or found.may_agree else None


def no_visits(actor: Actor, customer_id: int) -> CustomerVisits | None:
    """The way to make a visit, for a customer who has none to come."""
    may = actor.may("visits.see") and actor.may("visits.work")
    return CustomerVisits(customer_id, [], may_agree=True) if may else None


def case_panel(actor: Actor, case_id: int) -> list[Visit] | None:
    """The visit that found the case and its revisits; nothing when there are none."""
    return of_case(actor, case_id) or None if actor.may("visits.see") else None


def visit_panel(actor: Actor, visit_id: int) -> RecordingPart | None:
    """Asking to record, and the recordings."""
    return recording_part(actor, visit_id, clock.now())


PANELS = [
    Panel(
        place="customer",
        template="visits/_panel.html",
        order=20,
        build=customer_panel,
        rows=(lambda customer_id: Visit.objects.filter(customer=customer_id, state__in=OPEN),),
        empty=no_visits,
    ),
    Panel(place="visit", template="visits/_recording.html", order=10, build=visit_panel),
    Panel(
        place="case",
        template="visits/_case_panel.html",
        order=20,
        build=case_panel,
        rows=(
            lambda case_id: Visit.objects.filter(found_case=case_id),
            lambda case_id: Visit.objects.filter(case=case_id),
        ),
    ),
]
