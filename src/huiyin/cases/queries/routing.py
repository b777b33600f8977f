"""The rules of routing in force, and who could take a case now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import Count
from django.utils import timezone

from huiyin.cases.models import Case, RoutingRules
from huiyin.cases.queries.case_facts import case_facts
from huiyin.cases.rights import RIGHTS
from huiyin.cases.rules.routing import RoutingRule, route_of, rules_from, rules_of_table
from huiyin.cases.rules.shipped import ROUTING, TOPIC_NAMES
from huiyin.foundation.kept import kept
from huiyin.foundation.versions import Version, versions_of
from huiyin.organisation.public import Department, Duty, duties_of, working_staff

SHIPPED = tuple(rules_of_table(ROUTING, TOPIC_NAMES))
WORKERS = sorted(str(role) for right in RIGHTS if right.code == "cases.work" for role in right.roles)


def routing_at(now: datetime) -> tuple[RoutingRule, ...]:
    """The rules that hold on the company's day of ``now``."""
    today = _local(now).date()
    return next((rules for since, rules in reversed(_versions()) if since <= today), rules_from(SHIPPED))


@kept
def _versions() -> tuple[tuple[date, tuple[RoutingRule, ...]], ...]:
    rows = RoutingRules.objects.order_by("effective_from", "version").values_list("effective_from", "rules")
    return tuple((since, rules_from(rules)) for since, rules in rows)


def newest_routing() -> RoutingRules:
    """The newest version, in force or not; one with what ships before there is any."""
    newest = RoutingRules.objects.order_by("-version").first()
    return newest or RoutingRules(version=0, rules=list(SHIPPED), effective_from=date.min)


def routing_versions(today: date) -> list[Version]:
    """All versions, newest first."""
    return versions_of(RoutingRules.objects.all(), today)


def route_for(case: Case, tier: str, now: datetime) -> RoutingRule:
    """The rule that takes a case, saved or not."""
    return route_of(routing_at(now), case_facts(case, tier=tier), _local(now))


def department_for(facts: Mapping[str, object], now: datetime) -> str:
    """The code of the department that the rules name for such a case."""
    return route_of(routing_at(now), facts, _local(now)).department


def hands_of(department: Department, skill: str, now: datetime) -> list[int]:
    """Who of a department may take a case now: at work, on duty, with the skill if one is asked for.

    Without anybody on shift at this moment everybody who is not on leave counts; the head only when alone.
    """
    here = _local(now)
    rows = working_staff(here.date()).filter(department=department, roles__overlap=WORKERS)
    if skill:
        rows = rows.filter(skills__contains=[skill])
    people = list(rows.order_by("pk").values_list("pk", flat=True))
    duties = duties_of(people, here.date(), here.date())
    on_duty = [person for person in people if _on_duty(duties.get(person), here.date(), here.time())] or people
    return [person for person in on_duty if person != department.head_id] or on_duty


def _on_duty(duty: Duty | None, day: date, at: time) -> bool:
    shifts = duty.on(day) if duty else None
    return shifts is None or any(shift.start <= at < shift.end for shift in shifts)


def loads_of(people: Sequence[int]) -> dict[int, int]:
    """How many live cases each person has."""
    rows = Case.objects.live().filter(owner_id__in=people).values("owner_id").annotate(n=Count("pk"))
    return {row["owner_id"]: row["n"] for row in rows}


def _local(now: datetime) -> datetime:
    return now.astimezone(timezone.get_default_timezone())
