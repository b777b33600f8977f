"""Changes a kind of visit, makes a new one, takes one out of use (VIS-8)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import VisitPolicy
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_contents import content_of, fields_of, known_codes, newest_of
from huiyin.visits.rules.policy_content import Content, changed, faults_of, numbers_of, read_content

CHANGE = "visits.change_policies"


@action("visits.change_policy", needs=CHANGE)
def save_policy(
    act: Act,
    data: Mapping[str, Any],
    *,
    effective_from: date,
    reason: str,
    expected: int | None = None,
) -> VisitPolicy:
    """Saves a kind of visit as a new version that holds from ``effective_from`` on.

    ``expected`` is the version that was changed, 0 for a kind that is new.

    Raises:
        Invalid: values contradict each other, the day has passed, or there is no reason; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    content = checked(data)
    why = demand_reason(reason)
    demand_future(effective_from, company_today(act.now))
    return write_policy(act, content, effective_from=effective_from, reason=why, expected=expected)


def checked(data: Mapping[str, Any]) -> Content:
    """The values in their plain form.

    Raises:
        Invalid: they cannot be read or contradict each other.
    """
    content = read_content(data)
    faults = faults_of(content, known_codes())
    if faults:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), faults)
    return content


def write_policy(
    act: Act, content: Content, *, effective_from: date, reason: str, expected: int | None = None
) -> VisitPolicy:
    """Writes checked values as the next version.

    Raises:
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    last = VisitPolicy.objects.filter(code=content["code"]).order_by("-version").first()
    if last and expected == 0:
        taken = message(_("A kind of visit with this code exists already."))
        raise Invalid(taken, {"code": taken})
    if last and not changed(content_of(last), content):
        raise Conflict(
            message(
                _(
                    "Nothing differs from version %(version)s.",
                ),
                version=last.version,
            )
        )
    values = {**fields_of(content), "numbers": numbers_of(content)}
    which = {"code": values.pop("code")}
    return new_version(act, VisitPolicy, which, values, effective_from=effective_from, reason=reason, expected=expected)


@action("visits.switch_policy", needs=CHANGE)
def switch_policy(act: Act, code: str, *, active: bool, reason: str) -> VisitPolicy:
    """Takes a kind of visit out of use from today on, or into use again; visits that are due already stay.

    Raises:
        NotFound: there is no such kind.
        Conflict: it is so already.
    """
    why = demand_reason(reason)
    content = {**content_of(newest_of(code)), "is_active": active}
    return write_policy(act, content, effective_from=company_today(act.now), reason=why)
