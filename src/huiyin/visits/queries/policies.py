"""Which version of a policy, of the plan's numbers and of a script is in force."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from huiyin.customers.public import Customer
from huiyin.foundation.kept import kept
from huiyin.foundation.prepared import prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, Staff
from huiyin.visits.models import PlanRules, Script, Visit, VisitPolicy
from huiyin.visits.rules.falling_due import Trigger
from huiyin.working_time.public import WorkingCalendar, calendar_of


@kept
def policies_in_force(day: date) -> tuple[VisitPolicy, ...]:
    """The newest version of each kind that holds on ``day``, the inactive ones too."""
    held = VisitPolicy.objects.filter(effective_from__lte=day).order_by("code", "-effective_from", "-version")
    return tuple(held.distinct("code"))


@kept
def policy_of(key: int) -> VisitPolicy:
    """One version of a kind by its key."""
    return VisitPolicy.objects.get(pk=key)


def under_policy(visit: Visit) -> Visit:
    """The visit with its policy at hand."""
    visit.policy = policy_of(visit.policy_id)
    return visit


def policy_for(trigger: str, day: date) -> VisitPolicy | None:
    """The active policy in force for a trigger, if there is one."""
    return next((each for each in policies_in_force(day) if each.trigger == trigger and each.is_active), None)


def policy_called(code: str, day: date) -> VisitPolicy:
    """The policy in force with this code.

    Raises:
        NotFound: there is none.
    """
    found = next((each for each in policies_in_force(day) if each.code == code), None)
    if found is None:
        raise NotFound(message(_("There is no kind of visit called %(code)s."), code=code))
    return found


@kept
def rules_in_force(day: date) -> PlanRules:
    """The plan's numbers in force on ``day``.

    Raises:
        NotFound: the company has none yet.
    """
    found = PlanRules.objects.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    if found is None:
        raise NotFound(message(_("There are no plan rules yet; the set-up puts them in place.")))
    return found


def hours_of(rules: PlanRules) -> WorkingCalendar:
    """The working calendar that plans and due dates are reckoned with."""
    return calendar_of(rules.calendar)


def today_in(calendar: WorkingCalendar, now: datetime) -> date:
    """The day it is where the calendar holds."""
    return now.astimezone(calendar.zone).date()


def company_today(now: datetime) -> date:
    """The day it is for the company; before it has plan rules, in the standard calendar."""
    return today_in(hours_of(rules_in_force(now.date())) if is_set_up() else calendar_of("standard"), now)


@kept
def script_in_force(code: str, day: date) -> Script | None:
    """The newest script of this code that holds on ``day``."""
    return Script.objects.filter(code=code, effective_from__lte=day).order_by("-effective_from", "-version").first()


@kept
def script_called(code: str, version: int) -> Script | None:
    """One version of a script."""
    return Script.objects.filter(code=code, version=version).first()


def script_of(visit: Visit, day: date) -> Script | None:
    """What is said at a visit on ``day``: the version that fell to it, else the one in force."""
    code = visit.policy.script
    if visit.script_version is None:
        return script_in_force(code, day)
    return script_called(code, visit.script_version) or script_in_force(code, day)


def visiting_department() -> int | None:
    """The department that most service agents belong to: where visits go whose policy names none."""
    counted = (
        Staff.objects.filter(is_active=True, roles__contains=[Role.AGENT], department__isnull=False)
        .values("department")
        .annotate(people=Count("pk"))
        .order_by("-people", "department")
    )
    return next((row["department"] for row in counted[:1]), None)


def visitors() -> Q:
    """Who makes visits: active service agents."""
    return Q(is_active=True, roles__contains=[Role.AGENT])


@kept
def is_set_up() -> bool:
    """Whether the company has plan rules; before that nothing falls due."""
    return PlanRules.objects.exists()


def colleagues() -> list[tuple[int, str]]:
    """Everybody who may be asked to answer a customer, by name."""
    return _everybody()


@prepared
def _everybody() -> QuerySet[Staff, tuple[int, str]]:
    return Staff.objects.filter(is_active=True).order_by("name").values_list("pk", "name")


def kinds_in_force(day: date) -> list[tuple[str, str]]:
    """Code and name of every kind of visit that is in use."""
    return [(policy.code, policy.name) for policy in policies_in_force(day) if policy.is_active]


def agreeable_kinds(day: date) -> list[tuple[str, str]]:
    """Code and name of every kind in use whose visits people make themselves."""
    made = (Trigger.AGREED_DATE, Trigger.BY_HAND)
    return [(each.code, each.name) for each in policies_in_force(day) if each.is_active and each.trigger in made]


def agents() -> list[tuple[int, str]]:
    """Everybody who makes visits, by name."""
    return list(Staff.objects.filter(visitors()).order_by("name").values_list("pk", "name"))


def customer_seen_by(actor: Actor, customer_id: int) -> Customer:
    """A customer within the actor's area.

    Raises:
        NotFound: there is none.
    """
    found = Customer.objects.visible_to(actor).filter(pk=customer_id).first()
    if found is None:
        raise NotFound
    return found
