"""Finds who takes a case that a rule sends to a department."""

from __future__ import annotations

from huiyin.cases.models import CaseTurn
from huiyin.cases.queries.routing import hands_of, loads_of
from huiyin.cases.rules.routing import RoutingRule, Who, least_loaded, next_in_turn
from huiyin.foundation.actions import Act
from huiyin.organisation.public import Department


def person_for(act: Act, rule: RoutingRule, department: Department) -> int | None:
    """The person the rule finds in the department; None leaves the case to whoever takes it.

    Turns and loads are looked at one case after the other: the turn is locked until the transaction ends.
    """
    if rule.who == Who.HEAD:
        return department.head_id
    if rule.who == Who.NOBODY:
        return None
    skill = rule.skill if rule.who == Who.SKILL else ""
    turn = _locked(department, skill)
    people = hands_of(department, skill, act.now)
    if rule.who == Who.TURN:
        person = next_in_turn(people, turn.last_id)
    else:
        person = least_loaded(people, loads_of(people), turn.last_id)
    if person is not None:
        turn.last_id = person
        turn.save(update_fields=["last_id"])
    return person


def _locked(department: Department, skill: str) -> CaseTurn:
    CaseTurn.objects.get_or_create(department=department, skill=skill)
    return CaseTurn.objects.select_for_update().get(department=department, skill=skill)
