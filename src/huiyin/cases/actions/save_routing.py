"""Writes the next version of the rules by which cases are routed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from huiyin.cases.models import RoutingRules
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.routing import newest_routing
from huiyin.cases.rules.routing import ROUTING_FIELDS, WHO_LABELS, Who
from huiyin.foundation.actions import Act, action
from huiyin.foundation.conditions import Fields, plain, read_condition
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Department

LONGEST_NAME, LONGEST_SKILL, MOST_RULES = 60, 40, 100


@action("cases.save_routing", needs="cases.change_routing")
def save_routing(
    act: Act,
    rules: Sequence[Mapping[str, Any]],
    *,
    effective_from: date,
    reason: str,
    expected: int | None = None,
    judged: int | None = None,
) -> RoutingRules:
    """Keeps the ordered rules as a new version; ``judged`` is the only rule that changed, others stay as they were.

    Raises:
        Invalid: a rule makes no sense; ``fields`` says what. Conflict: nothing differs, or somebody was faster.
    """
    why = demand_reason(reason)
    demand_future(effective_from, act.now.astimezone(timezone.get_default_timezone()).date())
    if len(rules) > MOST_RULES:
        raise Invalid(message(_("There are at most %(most)s rules."), most=MOST_RULES))
    fields = {code: field for code, field in case_fields().items() if code in ROUTING_FIELDS}
    content = [_judged(rule, fields) if judged in (None, place) else dict(rule) for place, rule in enumerate(rules)]
    last = newest_routing()
    if content == last.rules and expected in (None, last.version):
        raise Conflict(message(SAME, version=last.version))
    return new_version(
        act, RoutingRules, {}, {"rules": content}, effective_from=effective_from, reason=why, expected=expected
    )


def _judged(rule: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """The rule in plain form.

    Raises:
        Invalid: it makes no sense.
    """
    told = {name: str(rule.get(name) or "").strip() for name in ("name", "name_en", "department", "who", "skill")}
    faults: dict[str, Message] = {}
    if not told["name"] or max(len(told["name"]), len(told["name_en"])) > LONGEST_NAME:
        faults["name"] = message(_("Give the rule a name of at most %(most)s letters."), most=LONGEST_NAME)
    if not Department.objects.filter(code=told["department"]).exists():
        faults["department"] = message(_("Choose a department."))
    if told["who"] not in WHO_LABELS:
        faults["who"] = message(_("Choose one of the listed values."))
    if told["who"] == Who.SKILL and not 0 < len(told["skill"]) <= LONGEST_SKILL:
        faults["skill"] = message(_("Say which skill the person needs."))
    try:
        condition = plain(read_condition(rule.get("condition") or {}, fields))
    except Invalid as refusal:
        faults["condition"] = refusal.why
    if faults:
        raise Invalid(next(iter(faults.values())), faults)
    return told | {"skill": told["skill"] if told["who"] == Who.SKILL else "", "condition": condition}
