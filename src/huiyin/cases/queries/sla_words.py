"""Policies of clocks in words: conditions, clocks, why a case has its policy, and two versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from huiyin.cases.models import Case
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.goals import goal_words, start_words
from huiyin.cases.queries.sla import policy_called
from huiyin.cases.queries.sla_contents import known_departments
from huiyin.cases.queries.stage_entries import stages_entered_at
from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.sla import EVERY, Clock, Policy, owed, read_clock, stages_that_begin
from huiyin.cases.rules.sla_list import ASKED, for_all
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation.conditions import Fields, in_words, read_condition
from huiyin.foundation.forms import say
from huiyin.foundation.versions import Difference
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.public import Span, Unit, calendar_choices

LABELS = {
    "name": _("Name"),
    "calendar": _("Calendar"),
    "filter": _("For which cases"),
    "clocks": _("Clocks"),
    "pauses": _("Clocks stand still"),
    "follows_calendar": _("Running clocks follow the calendar"),
    "moves_running": _("Running cases come under this version"),
}
WHOSE = _("Under policy “%(name)s”, version %(version)s.")
BY_AGREEMENT = _("The customer's agreement %(code)s names this policy.")
BY_LIST = _("It was the first in version %(version)s of the list whose conditions the case met: %(rows)s.")
FOR_ALL = _("No policy before it in version %(version)s of the list fitted, and it is for every case.")
BY_STAGE = _("It began when the case entered “%(stage)s”.")
FOLLOWS = _("The deadline follows changes of the calendar.")
KEEPS = _("Later changes of the calendar do not move it.")


def policy_fields() -> Fields:
    """What policies may ask about, with what there is to choose from now."""
    every = case_fields()
    return {code: every[code] for code in ASKED}


def condition_words(policy: Policy, fields: Fields) -> list[str]:
    """What the policy asks of a case, one sentence each; none when it is for every case."""
    try:
        return [say(text) for text in in_words(read_condition(policy.condition, fields), fields)]
    except Invalid as refusal:
        return [say(text) for text in (refusal.fields or {"": refusal.why}).values()]


def span_words(clock: Clock) -> str:
    """How long a clock runs."""
    return say(Span(clock.amount, Unit(clock.unit)).said())


def level_words(policy: Policy) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each level what a case owes from the moment it is received: goal and time."""
    return [
        (gettext(label), [(goal_words(clock.goal), span_words(clock)) for clock in owed(policy, level, "received")])
        for level, label in LEVELS.items()
    ]


def why_policy(case_id: int, title: str, kind: str, start: datetime) -> list[Message]:
    """Why a promise about a case was given under the policy it names ("vip v2"), for people.

    ``kind`` and ``start`` (aware) of the promise say whether it began with a stage.
    """
    case = Case.objects.only("policy", "policy_list", "agreement").filter(pk=case_id).first()
    code, _between, number = title.rpartition(" v")
    if case is None or not number.isdecimal():
        return []
    policy = policy_called(code, int(number))
    said = [message(WHOSE, name=message(policy.shown_name), version=number)]
    if code == case.policy and case.agreement:
        said.append(message(BY_AGREEMENT, code=case.agreement))
    elif code == case.policy and case.policy_list:
        said.append(_by_list(policy, case.policy_list))
    return [*said, *_by_stage(case_id, policy, kind, start), message(FOLLOWS if policy.follows_calendar else KEEPS)]


def _by_stage(case_id: int, policy: Policy, kind: str, start: datetime) -> list[Message]:
    """The stage with which the promise began, where a clock of the policy begins there for its goal."""
    starts = {clock.start for clock in policy.clocks if f"case.{clock.goal}" == kind} & stages_that_begin(policy)
    entered = stages_entered_at(case_id, start) if starts else []
    return [message(BY_STAGE, stage=stage.shown) for stage in entered if f"{PREFIX}{stage.code}" in starts]


def _by_list(policy: Policy, number: int) -> Message:
    fields = policy_fields()
    try:
        rows = tuple(in_words(read_condition(policy.condition, fields), fields))
    except Invalid:
        rows = ()
    return message(FOR_ALL, version=number) if for_all(policy) else message(BY_LIST, version=number, rows=rows)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """What differs between the values of two versions, in the order of the form."""
    names = [name for name in LABELS if before.get(name) != after.get(name)]
    fields = policy_fields() if "filter" in names else {}
    return [
        Difference(gettext(LABELS[name]), *(_said(name, each, fields) for each in (before, after))) for name in names
    ]


def _said(name: str, content: Mapping[str, Any], fields: Fields) -> str:
    value = content.get(name)
    if name == "clocks":
        return "\n".join(clock_words(read_clock(each)) for each in value or ())
    if name == "filter":
        return "\n".join(_conditions(value, fields)) or gettext("Every case")
    if name == "pauses":
        return waiting_words(value or ())
    if name == "calendar":
        return dict(calendar_choices()).get(str(value), str(value))
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return gettext(str(value)) if value else "–"


def _conditions(data: object, fields: Fields) -> Iterable[str]:
    try:
        return [say(text) for text in in_words(read_condition(data, fields), fields)]
    except Invalid as refusal:
        return [say(refusal.why)]


def waiting_words(codes: Iterable[str]) -> str:
    """For whom or what clocks stand still."""
    return gettext(", ").join(gettext(WAITING_LABELS[code]) for code in WAITING_LABELS if code in set(codes)) or "–"


def clock_words(clock: Clock) -> str:
    """A clock in one line: level, beginning, goal, time, and what is special about it."""
    parts = [
        gettext("Every level") if clock.level == EVERY else gettext(LEVELS[clock.level]),
        f"{start_words(clock.start)} → {goal_words(clock.goal)}",
        span_words(clock),
    ]
    if clock.department:
        parts.append(known_departments().get(clock.department, clock.department))
    if clock.pauses is not None:
        parts.append(f"{gettext(LABELS['pauses'])}: {waiting_words(clock.pauses)}")
    return " · ".join(parts)
