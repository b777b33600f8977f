"""Changes how many forms are owed and by when, for all units or for one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from huiyin.demand_forms.models import DemandNumbers, UnitNumbers
from huiyin.demand_forms.queries.units import every_unit, hours, kinds_to_ask
from huiyin.demand_forms.rules.month import MOST_WORKING_DAYS
from huiyin.demand_forms.rules.units import UnitKey, unit_from
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

MOST_FORMS = 31
LEAST = {"decide_hours": 1, "answer_hours": 1, "most_questions": 1, "most_customers": 1}
MOST = {"decide_hours": 80, "answer_hours": 80, "most_questions": 10, "most_customers": 500}


@action("demand.save_numbers", needs="demand.change_numbers")
def save_numbers(
    act: Act,
    *,
    forms: int,
    working_day: int,
    at: time,
    nothing_counts: bool,
    kind: str,
    decide_hours: int,
    answer_hours: int,
    most_questions: int,
    most_customers: int,
) -> DemandNumbers:
    """Saves the numbers for every unit; months that are open keep theirs.

    Raises:
        Invalid: a number is out of its bounds, or there is no such kind of visit.
    """
    given = {
        "decide_hours": decide_hours,
        "answer_hours": answer_hours,
        "most_questions": most_questions,
        "most_customers": most_customers,
    }
    wrong = {name: _between(LEAST[name], MOST[name]) for name in given if not LEAST[name] <= given[name] <= MOST[name]}
    if kind not in dict(kinds_to_ask(act.now.astimezone(hours().zone).date())):
        wrong["kind"] = message(_("There is no such kind of visit."))
    _refuse({**_faults(forms, working_day), **wrong})
    row = DemandNumbers.objects.select_for_update().order_by("pk").first() or DemandNumbers()
    row.forms, row.working_day, row.at, row.nothing_counts, row.kind = forms, working_day, at, nothing_counts, kind
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    act.record(row, forms=forms, working_day=working_day)
    return row


@action("demand.save_exception", needs="demand.change_numbers")
def save_exception(act: Act, *, unit: str, forms: int, working_day: int, at: time, nothing_counts: bool) -> UnitNumbers:
    """Saves what one unit owes instead; ``forms`` 0: nothing.

    Raises:
        Invalid: a number is out of its bounds, or there is no such unit.
    """
    _refuse(_faults(forms, working_day))
    key = _known(unit)
    named = {"department_id": key.department, "store_id": key.store}
    row = UnitNumbers.objects.select_for_update().filter(**named).first() or UnitNumbers(**named)
    row.forms, row.working_day, row.at, row.nothing_counts = forms, working_day, at, nothing_counts
    row.save()
    act.record(row, unit=unit, forms=forms, working_day=working_day)
    return row


@action("demand.remove_exception", needs="demand.change_numbers")
def remove_exception(act: Act, *, unit: str) -> None:
    """The unit owes what all owe, from the next month on."""
    key = _known(unit)
    for row in UnitNumbers.objects.filter(department=key.department, store=key.store):
        act.record(row, unit=unit)
        row.delete()


def _known(unit: str) -> UnitKey:
    key = unit_from(unit)
    if key is None or key not in {each.key for each in every_unit()}:
        why = message(_("There is no such department or store."))
        raise Invalid(why, {"unit": why})
    return key


def _faults(forms: int, working_day: int) -> dict[str, Message]:
    wrong = {}
    if not 0 <= forms <= MOST_FORMS:
        wrong["forms"] = _between(0, MOST_FORMS)
    if not 1 <= working_day <= MOST_WORKING_DAYS:
        wrong["working_day"] = _between(1, MOST_WORKING_DAYS)
    return wrong


def _between(least: int, most: int) -> Message:
    return message(_("A number from %(least)d to %(most)d."), least=least, most=most)


def _refuse(wrong: Mapping[str, Message]) -> None:
    if wrong:
        raise Invalid(message(_("These numbers cannot be; nothing was changed.")), wrong)
