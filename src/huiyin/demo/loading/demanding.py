"""Demand forms of the demo company: last month's with their answers, this month's as they come in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from huiyin.customers.public import Customer
from huiyin.demand_forms.actions.nothing_needed import nothing_needed
from huiyin.demand_forms.models import UnitMonth
from huiyin.demand_forms.public import DemandForm, Wanted, confirm_form, open_months, sign_up
from huiyin.demand_forms.rules.codes import DECIDE
from huiyin.demand_forms.rules.states import FormState, WishState
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.demo.loading.organisation import Places
from huiyin.demo.rules.demands import (
    EARLY_THIS_MONTH,
    LAST_MONTH,
    LATE_LAST_MONTH,
    NOTHING_LAST_MONTH,
    THIS_MONTH,
    DemandSpec,
)
from huiyin.foundation.actions import Act
from huiyin.kernel.actor import SYSTEM, Actor
from huiyin.kernel.call import Call
from huiyin.organisation.public import Role, Staff, actor_of, with_role
from huiyin.promises.public import keep_promise
from huiyin.working_time.public import calendar_of

WAITING = 3
"""So many of this month's forms still wait for customer service."""
OLD_ENOUGH = 11
"""From this day of the month on the first forms have been answered."""


def load_demands(act: Act, places: Places) -> int:
    """Opens last month and this one and hands forms in; returns how many. Early in a month fewer have come."""
    today = timezone.localtime(act.now).date()
    last = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    open_months(Call(SYSTEM, _at(last, 1, 0)))
    for spec in LAST_MONTH:
        day = 20 if spec.unit in LATE_LAST_MONTH else 3
        _answered(_hand_in(spec, places, Call(_boss(spec, places), _at(last, day, 10))), spec)
    for code, why in NOTHING_LAST_MONTH.items():
        month = UnitMonth.objects.get(store=places.stores[code], month=last)
        nothing_needed(Call(SYSTEM, _at(last, 2, 10)), month.pk, reason=why)
    open_months(act.call)
    early = EARLY_THIS_MONTH if today.day > OLD_ENOUGH else ()
    for spec in early:
        _answered(_hand_in(spec, places, Call(_boss(spec, places), _at(today, 3, 10))), spec)
    made = [_hand_in(spec, places, Call(_boss(spec, places), act.now)) for spec in THIS_MONTH]
    for form in made[WAITING:]:
        confirm_form(act.call, form.pk, {})
    return len(LAST_MONTH) + len(early) + len(made)


def _at(month: date, day: int, hour: int) -> datetime:
    return datetime(month.year, month.month, day, hour, 10, tzinfo=calendar_of().zone)


def _unit(spec: DemandSpec, places: Places) -> UnitKey:
    if spec.unit in places.stores:
        return UnitKey(store=places.stores[spec.unit])
    return UnitKey(department=places.departments[spec.unit])


def _boss(spec: DemandSpec, places: Places) -> Actor:
    unit = _unit(spec, places)
    leads = Staff.objects.filter(manages=unit.store) if unit.store else Staff.objects.filter(heads=unit.department)
    return actor_of(leads[0])


def _hand_in(spec: DemandSpec, places: Places, call: Call) -> DemandForm:
    """One form; a department's customers are chosen by the director, who sees them all."""
    unit = _unit(spec, places)
    buyers = Customer.objects.filter(do_not_contact=False).order_by("-pk")
    chosen = buyers.filter(home_store=unit.store) if unit.store else buyers
    wanted = Wanted(
        title=spec.title,
        wanted_by=timezone.localtime(call.now).date() + timedelta(days=14),
        questions=spec.questions,
        goal=spec.goal,
        customers=tuple(chosen.values_list("pk", flat=True)[: spec.customers]),
        ways=("phone",),
        kind="demand",
    )
    actor = call.actor if unit.store else actor_of(with_role(Role.DIRECTOR).order_by("pk")[0])
    return sign_up(Call(actor, call.now), unit=unit.code, wanted=wanted)


def _answered(form: DemandForm, spec: DemandSpec) -> None:
    """The form as it stands a week later: decided, asked, answered."""
    decided, answered = form.asked_at + timedelta(hours=4), form.asked_at + timedelta(days=7)
    keep_promise(Call(SYSTEM, decided), kind=DECIDE, subject=form, evidence=form.title)
    form.state, form.decided_at, form.closed_at = FormState.CLOSED, decided, answered
    form.save()
    for wish, said in zip(form.wishes.all(), spec.answers, strict=True):
        wish.state, wish.answers, wish.noted_at, wish.ended_at = WishState.ANSWERED, list(said), answered, answered
        wish.save()
