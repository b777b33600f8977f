"""A plan as steps: who does what until when, what it costs, what the customer is told, what a new version changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

MOST_STEPS = 30
MOST_COST = Decimal("99999999.99")
MOST_PROGRESS_DAYS = 60


@dataclass(frozen=True)
class PlanStep:
    """One step. ``cost`` in yuan is paid by the customer; an ``internal`` step is not told to the customer.

    A step without a person is done by whoever is responsible for the plan, one without a day by the plan's end.
    """

    what: str
    person_id: int | None = None
    department_id: int | None = None
    due_on: date | None = None
    cost: Decimal = Decimal(0)
    risk: str = ""
    result: str = ""
    internal: bool = False


def steps_in(text: str, cost: Decimal = Decimal(0)) -> list[PlanStep]:
    """A plan in plain words as steps: one a line, the whole cost with the first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return [PlanStep(line, cost=Decimal(0) if place else cost) for place, line in enumerate(lines)]


def total(steps: Iterable[PlanStep]) -> Decimal:
    """What the customer pays, in yuan."""
    return sum((step.cost for step in steps), Decimal(0))


def told(steps: Sequence[PlanStep]) -> str:
    """The steps as the customer reads them: numbered when there are several, without what is internal."""
    said = [step.what for step in steps if not step.internal]
    return said[0] if len(said) == 1 else "\n".join(f"{place}. {what}" for place, what in enumerate(said, 1))


def wrong_with(steps: Sequence[PlanStep], today: date, last: date) -> Message | None:
    """What makes no sense about the steps, when the plan ends on ``last``; None when all is well."""
    if not steps or not all(step.what.strip() for step in steps):
        return message(_("Say what will be done."))
    if len(steps) > MOST_STEPS:
        return message(_("A plan has at most %(most)d steps."), most=MOST_STEPS)
    if all(step.internal for step in steps):
        return message(_("The customer has to be told at least one step."))
    return _wrong_cost(steps) or _wrong_day(steps, today, last)


def _wrong_cost(steps: Sequence[PlanStep]) -> Message | None:
    if any(step.cost < 0 for step in steps):
        return message(_("A cost cannot be negative."))
    if any(step.internal and step.cost for step in steps):
        return message(_("A step that costs the customer money cannot be internal."))
    return None


def _wrong_day(steps: Sequence[PlanStep], today: date, last: date) -> Message | None:
    for place, step in enumerate(steps, 1):
        if step.due_on and not today <= step.due_on <= last:
            return message(
                _("Step %(place)d is due on %(day)s; it has to lie between today and the end of the plan."),
                place=place,
                day=step.due_on.isoformat(),
            )
    return None


def makes_tasks(steps: Sequence[PlanStep], handler_id: int | None) -> bool:
    """Whether the steps are tasks of their own.

    A single step by the handler is the case's own work: its clock is that of the case.
    """
    return len(steps) > 1 or any(step.person_id not in (None, handler_id) for step in steps)


@dataclass(frozen=True)
class PlanVersion:
    """What two versions are compared by."""

    steps: tuple[PlanStep, ...]
    due_at: datetime
    cost: Decimal
    risk: str = ""


def changes(before: PlanVersion, after: PlanVersion, zone: tzinfo) -> list[Message]:
    """What the customer has to know of a new version, in whole sentences; people and internal steps are ours."""
    return [*_of_steps(before.steps, after.steps), *_of_terms(before, after, zone)]


def _of_steps(before: Sequence[PlanStep], after: Sequence[PlanStep]) -> list[Message]:
    old = [step.what for step in before if not step.internal]
    new = [step.what for step in after if not step.internal]
    return [
        *(message(_("No longer planned: %(step)s"), step=what) for what in old if what not in new),
        *(message(_("New: %(step)s"), step=what) for what in new if what not in old),
    ]


def _of_terms(before: PlanVersion, after: PlanVersion, zone: tzinfo) -> list[Message]:
    told: list[Message] = []
    if before.due_at != after.due_at:
        old, new = (f"{one.due_at.astimezone(zone):%Y-%m-%d %H:%M}" for one in (before, after))
        told.append(message(_("Done by %(after)s instead of %(before)s"), before=old, after=new))
    if before.cost != after.cost:
        text = _("Cost for you: %(after)s yuan instead of %(before)s yuan")
        told.append(message(text, before=f"{before.cost:.2f}", after=f"{after.cost:.2f}"))
    if before.risk != after.risk and after.risk:
        told.append(message(_("To be noted: %(risk)s"), risk=after.risk))
    return told
