"""Changes a policy of clocks, makes a new one, puts the list in another order (SLA-1, SLA-6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huiyin.cases.actions.begin_clock_work import begin_for_policy
from huiyin.cases.models import SlaList, SlaPolicy
from huiyin.cases.queries.goals import stage_codes
from huiyin.cases.queries.sla import company_day, list_on, policies_on, policy_in
from huiyin.cases.queries.sla_contents import content_of, known_calendars, known_departments
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.cases.rules.sla import Policy
from huiyin.cases.rules.sla_content import read_content
from huiyin.cases.rules.sla_list import check_list
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.change_clocks", needs=CHANGE_CLOCKS)
def save_sla(
    act: Act, data: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> SlaPolicy:
    """Saves a policy as a new version that holds from ``effective_from`` on.

    Running cases keep theirs, unless the version says that it moves them (SLA-6). ``expected`` is the version that was
    changed, 0 for a policy that is new.

    Raises:
        Invalid: values contradict each other, the day has passed, there is no reason, or the list would leave cases
            without clocks; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    content = checked(data)
    why = demand_reason(reason)
    demand_future(effective_from, company_day(act.now))
    return write_sla(act, content, effective_from=effective_from, reason=why, expected=expected)


def checked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a policy in their plain form.

    Raises:
        Invalid: they cannot be read or contradict each other.
    """
    return read_content(data, calendars=known_calendars(), departments=known_departments(), stages=stage_codes())


def write_sla(
    act: Act, content: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> SlaPolicy:
    """Writes checked values as the next version; as :func:`save_sla`."""
    values = dict(content)
    code = values.pop("code")
    last = SlaPolicy.objects.filter(code=code).order_by("-version").first()
    if last and expected == 0:
        taken = message(_("A policy with this code exists already."))
        raise Invalid(taken, {"code": taken})
    if last and content_of(last) == dict(content):
        raise Conflict(message(SAME, version=last.version))
    row = new_version(
        act, SlaPolicy, {"code": code}, values, effective_from=effective_from, reason=reason, expected=expected
    )
    _check_from(effective_from, changed=policy_in(row))
    if row.moves_running:
        begin_for_policy(act, row, reason)
    return row


@action("cases.order_clocks", needs=CHANGE_CLOCKS)
def save_sla_list(
    act: Act, codes: Sequence[str], *, effective_from: date, reason: str, expected: int | None = None
) -> SlaList:
    """Says which policies are asked from a day on, and in which order; the first that fits a case is its own.

    Raises:
        Invalid: the last one is not for every case, one is unknown or stands twice, the day has passed, or there is no
            reason.
        Conflict: nothing differs, or somebody saved another list in the meantime.
    """
    why = demand_reason(reason)
    demand_future(effective_from, company_day(act.now))
    return write_sla_list(act, codes, effective_from=effective_from, reason=why, expected=expected)


def write_sla_list(
    act: Act, codes: Sequence[str], *, effective_from: date, reason: str, expected: int | None = None
) -> SlaList:
    """Writes the list as its next version; as :func:`save_sla_list`."""
    last = SlaList.objects.order_by("-version").first()
    if last and last.codes == list(codes):
        raise Conflict(message(SAME, version=last.version))
    check_list(codes, policies_on(effective_from))
    row = new_version(
        act, SlaList, {}, {"codes": list(codes)}, effective_from=effective_from, reason=reason, expected=expected
    )
    _check_from(effective_from)
    return row


def _check_from(day: date, changed: Policy | None = None) -> None:
    """The list leaves no case without clocks on ``day``, nor on any later day that something begins to hold.

    Raises:
        Invalid: it would; where a policy was ``changed`` the field is its filter.
    """
    later = {*SlaPolicy.objects.filter(effective_from__gt=day).values_list("effective_from", flat=True)}
    later |= {*SlaList.objects.filter(effective_from__gt=day).values_list("effective_from", flat=True)}
    for each in sorted({day, *later}):
        try:
            check_list([policy.code for policy in list_on(each)[1]], policies_on(each))
        except Invalid as refusal:
            if changed is not None:
                raise Invalid(refusal.why, {"filter": refusal.why}) from None
            raise
