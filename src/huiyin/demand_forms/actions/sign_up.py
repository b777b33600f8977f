"""A unit signs up whom customer service is to visit, and what to ask (VIS-9)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from huiyin.demand_forms.actions.counting import count_in
from huiyin.demand_forms.actions.telling import tell_receiver
from huiyin.demand_forms.models import DemandForm, Wish
from huiyin.demand_forms.queries.choosing import group_of, seen_among
from huiyin.demand_forms.queries.numbers import demand_numbers
from huiyin.demand_forms.queries.units import acts_for, hours, kinds_to_ask, receiving_department
from huiyin.demand_forms.rules.checking import Bounds, Group, Wanted, faults_of
from huiyin.demand_forms.rules.codes import DECIDE
from huiyin.demand_forms.rules.units import UnitKey, unit_from
from huiyin.demand_forms.rules.ways import WAY_LABELS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import make_promise
from huiyin.working_time.public import Span, Unit


@action("demand.sign_up", needs="demand.sign_up")
def sign_up(act: Act, *, unit: str, wanted: Wanted) -> DemandForm:
    """Hands a form in for ``unit`` (such as ``s12``); it counts for the oldest month the unit still owes.

    A group's customers are chosen now, so that everybody sees the same list.

    Raises:
        Invalid: the form says too little or too much, names customers outside the actor's area, or its group is empty.
    """
    today = act.now.astimezone(hours().zone).date()
    key = _unit(act, unit)
    customers = _checked(act, key, wanted, today)
    form = _new(act, key, wanted)
    form.counts_for = count_in(act, key, today, form.title)
    form.save(force_insert=True)
    Wish.objects.bulk_create([Wish(form=form, customer_id=pk) for pk in customers])
    receiver = receiving_department(today)
    make_promise(
        act.call,
        kind=DECIDE,
        subject=form,
        span=Span(demand_numbers().decide_hours, Unit.WORKING_HOURS),
        department=receiver,
        title=f"{form.unit_name} · {form.title}",
    )
    tell_receiver(act, form, receiver, message(_("%(unit)s asks for visits: %(title)s"), **_named(form)))
    act.record(form, customers=len(customers), month=str(form.counts_for or ""))
    return form


def _named(form: DemandForm) -> dict[str, str]:
    return {"unit": form.unit_name, "title": form.title}


def _unit(act: Act, unit: str) -> UnitKey:
    key = unit_from(unit)
    if key is None or not acts_for(act.actor, key):
        why = message(_("Choose a department or store of yours."))
        raise Invalid(why, {"unit": why})
    return key


def _checked(act: Act, unit: UnitKey, wanted: Wanted, today: date) -> list[int]:
    """The customers' keys, each once."""
    numbers = demand_numbers()
    bounds = Bounds(numbers.most_questions, numbers.most_customers, WAY_LABELS, dict(kinds_to_ask(today)))
    faults = faults_of(wanted, bounds, today)
    if faults:
        raise Invalid(message(_("The form is not handed in yet. What is missing is marked.")), faults)
    if wanted.group is not None:
        return _of_group(unit, wanted.group)
    ids = list(dict.fromkeys(wanted.customers))
    if set(ids) - seen_among(act.actor, ids):
        why = message(_("One of the customers does not exist or is outside your area."))
        raise Invalid(why, {"customers": why})
    return ids


def _of_group(unit: UnitKey, group: Group) -> list[int]:
    found = group_of(unit, group).customers
    if not found:
        why = message(_("Nobody fits this group. Widen the days or shorten the product's name."))
        raise Invalid(why, {"group": why})
    return list(found)


def _new(act: Act, unit: UnitKey, wanted: Wanted) -> DemandForm:
    return DemandForm(
        title=wanted.title.strip(),
        department_id=unit.department,
        store_id=unit.store,
        goal=wanted.goal.strip(),
        questions=list(wanted.questions),
        kind=wanted.kind,
        ways=list(wanted.ways),
        wanted_by=wanted.wanted_by,
        group=_as_json(wanted.group),
        asked_by_id=act.actor.staff_id,
        asked_at=act.now,
    )


def _as_json(group: Group | None) -> dict[str, Any]:
    if group is None:
        return {}
    amount = None if group.amount_from is None else str(group.amount_from)
    days = {"bought_from": group.bought_from.isoformat(), "bought_until": group.bought_until.isoformat()}
    return {**asdict(group), **days, "amount_from": amount}
