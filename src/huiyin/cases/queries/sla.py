"""Which sets of clocks hold, in which order they are asked, and which one a case has."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from huiyin.cases.models import Agreement, Case, SlaList, SlaPolicy
from huiyin.cases.queries.case_facts import case_facts
from huiyin.cases.rules.shipped import POLICIES, STANDARD
from huiyin.cases.rules.sla import Policy, read_policy
from huiyin.cases.rules.sla_list import Chosen, asks_for, first_that_fits, for_all
from huiyin.foundation.kept import kept
from huiyin.foundation.prepared import Given, prepared
from huiyin.working_time.public import calendar_of


def company_day(now: datetime) -> date:
    """The day it is where the company works."""
    return now.astimezone(calendar_of().zone).date()


def policies_on(day: date) -> dict[str, Policy]:
    """The version of every policy that holds on a day, by code; in the list or not."""
    found: dict[str, Policy] = {}
    for since, policy in _policies():
        if since <= day:
            found[policy.code] = policy
    return found


def every_policy() -> list[Policy]:
    """All versions of all policies."""
    return [policy for _since, policy in _policies()]


def list_on(day: date) -> tuple[int | None, tuple[Policy, ...]]:
    """The version of the list that holds on a day, and its policies in the order in which they are asked."""
    held = policies_on(day)
    number, codes = next(((number, codes) for number, since, codes in _lists() if since <= day), (None, ()))
    return number, tuple(held[code] for code in codes if code in held)


def policy_for(case: Case, tier: str, now: datetime) -> Chosen:
    """The set of clocks for a case of a customer of this tier: an agreement's, else the first of the list that fits."""
    day = company_day(now)
    if case.customer_id and _any_agreement():
        held = policies_on(day)
        for code, policy in _agreed(case.customer_id, day):
            if policy in held:
                return Chosen(held[policy], agreement=code)
    number, policies = list_on(day)
    if policies and for_all(policies[0]):
        return Chosen(policies[0], number)
    fitting = first_that_fits(policies, case_facts(case, tier=tier), now) or next(iter(policies[-1:]), None)
    return Chosen(fitting, number) if fitting else Chosen(read_policy(STANDARD))


def stages_choose(now: datetime) -> bool:
    """Whether a policy of the list asks for a stage of the company's own: then entering one may change the policy."""
    return any(asks_for(policy, "own_stage") for policy in list_on(company_day(now))[1])


def policy_of(case: Case) -> Policy:
    """The set of clocks a case was opened under; a newer version does not move it by itself (SLA-6)."""
    return policy_called(case.policy, case.policy_version)


def policy_called(code: str, version: int) -> Policy:
    """One version of a policy; what ships with the product where the company has none of this name."""
    for _since, policy in _policies():
        if (policy.code, policy.version) == (code, version):
            return policy
    return read_policy(next((policy for policy in POLICIES if policy["code"] == code), STANDARD))


def policy_name(case: Case) -> str:
    """What the set of clocks is called that a case was opened under (a message id where it is shipped)."""
    return policy_of(case).shown_name


@kept
def _policies() -> tuple[tuple[date, Policy], ...]:
    """All versions of all policies with the day from which they hold, the one that counts last."""
    rows = SlaPolicy.objects.order_by("effective_from", "version")
    return tuple((row.effective_from, policy_in(row)) for row in rows)


@kept
def _lists() -> tuple[tuple[int, date, tuple[str, ...]], ...]:
    """Number, day and codes of all versions of the list, the one that counts first."""
    rows = SlaList.objects.order_by("-effective_from", "-version")
    return tuple((row.version, row.effective_from, tuple(row.codes)) for row in rows)


@kept
def _any_agreement() -> bool:
    return Agreement.objects.exists()


@prepared
def _agreed(customer: Given, day: Given) -> QuerySet[Agreement, tuple[str, str]]:
    """The customer's agreements that are valid on a day, the newest first."""
    valid = Agreement.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), customer_id=customer, valid_from__lte=day)
    return valid.order_by("-valid_from", "-pk").values_list("code", "policy")[:5]


def policy_in(row: SlaPolicy) -> Policy:
    """A stored version as the rules know it."""
    return read_policy(
        {
            "code": row.code,
            "version": row.version,
            "name": row.name,
            "calendar": row.calendar,
            "filter": row.filter,
            "clocks": row.clocks,
            "pauses": row.pauses,
            "follows_calendar": row.follows_calendar,
            "moves_running": row.moves_running,
        }
    )
