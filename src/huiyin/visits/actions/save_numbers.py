"""Changes the numbers of weekly plans (VIS-8, VIS-10..13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.plan_means import hours_of_week
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import numbers_content
from huiyin.visits.rules.plan_faults import plan_faults
from huiyin.visits.rules.planning import policy_from, policy_to

PARTS = frozenset({"calendar", "plan", "note"})


@action("visits.change_numbers", needs=CHANGE)
def save_numbers(
    act: Act, data: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> PlanRules:
    """Saves the numbers ``calendar``, ``plan`` and ``note`` as a new version from a day on.

    Raises:
        Invalid: numbers contradict each other, the day has passed, or there is no reason; ``fields`` says which.
        NotFound: there is no such calendar.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    content = checked_numbers(data, effective_from)
    why = demand_reason(reason)
    demand_future(effective_from, company_today(act.now))
    return write_numbers(act, content, effective_from=effective_from, reason=why, expected=expected)


def checked_numbers(data: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The numbers complete and in one form, by a calendar there is.

    Raises:
        Invalid: they cannot be read or contradict each other.
        NotFound: there is no such calendar.
    """
    strange = sorted(set(data) - PARTS)
    if strange:
        raise Invalid(message(_("Nothing is called %(name)s here."), name=str(strange[0])[:60]))
    plan, calendar = data.get("plan") or {}, data.get("calendar") or "standard"
    note = data.get("note") or ""
    if not isinstance(plan, dict) or not isinstance(note, str):
        raise Invalid(message(_("The plan's numbers cannot be read. Check times (10:00), amounts and shares.")))
    hours_of_week(str(calendar), day)
    faults = plan_faults(plan)
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    return {
        "calendar": str(calendar),
        "plan": policy_to(policy_from(plan)),
        "note": note[:200],
    }


def write_numbers(
    act: Act, content: dict[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> PlanRules:
    """Writes checked numbers as the next version.

    Raises:
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    last = PlanRules.objects.order_by("-version").first()
    if last and numbers_content(last) == content:
        raise Conflict(message(SAME, version=last.version))
    return new_version(act, PlanRules, {}, content, effective_from=effective_from, reason=reason, expected=expected)
