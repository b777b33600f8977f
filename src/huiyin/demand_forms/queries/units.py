"""The units of the company: who owes forms, who receives them, for whom somebody may sign up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.demand_forms.queries.numbers import demand_numbers
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Store
from huiyin.visits.public import Trigger, policies_in_force, visiting_department
from huiyin.working_time.public import WorkingCalendar, calendar_of


@dataclass(frozen=True)
class CompanyUnit:
    """A department or store with its name and who leads it."""

    key: UnitKey
    name: str
    head: int | None


def every_unit() -> list[CompanyUnit]:
    """All departments and the stores that are open, by code; who has left leads none."""
    departments = Department.objects.order_by("code").values_list("pk", "name", "head", "head__is_active")
    stores = Store.objects.filter(is_open=True).order_by("code")
    led = stores.values_list("pk", "name", "manager", "manager__is_active")
    return [
        *(CompanyUnit(UnitKey(department=pk), name, head if here else None) for pk, name, head, here in departments),
        *(CompanyUnit(UnitKey(store=pk), name, head if here else None) for pk, name, head, here in led),
    ]


def units_of(actor: Actor) -> list[CompanyUnit]:
    """The units somebody may sign up for: those led or belonged to, with the widest scope all."""
    if actor.kind is ActorKind.SYSTEM or actor.scope is Scope.ALL:
        return every_unit()
    mine = {*(UnitKey(department=pk) for pk in actor.department_ids), *(UnitKey(store=pk) for pk in actor.store_ids)}
    return [unit for unit in every_unit() if unit.key in mine]


def acts_for(actor: Actor, unit: UnitKey) -> bool:
    """Whether forms of this unit are the actor's to sign up and to withdraw."""
    if actor.kind is ActorKind.SYSTEM or actor.scope is Scope.ALL:
        return True
    return unit.department in actor.department_ids or unit.store in actor.store_ids


def receiving_department(day: date) -> int | None:
    """The department that decides about forms: the one that makes the visits they ask for."""
    kind = demand_numbers().kind
    named = next((each.department_id for each in policies_in_force(day) if each.code == kind), None)
    return named or visiting_department()


def kinds_to_ask(day: date) -> list[tuple[str, str]]:
    """Code and name of the kinds of visit a form may ask for: those that wait for a form, and are in use."""
    found = policies_in_force(day)
    return [(each.code, each.name) for each in found if each.is_active and each.trigger == Trigger.DEMAND]


def hours() -> WorkingCalendar:
    """The calendar that months and clocks of forms are reckoned with."""
    return calendar_of()
