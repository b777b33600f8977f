"""Decides how pressing a case is."""

from __future__ import annotations

from huiyin.cases.actions.clocks_anew import choose_anew, restart
from huiyin.cases.actions.escalate import escalate
from huiyin.cases.actions.moving import beside, change
from huiyin.cases.models import Case
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.rules.emotion import Felt, felt
from huiyin.cases.rules.kinds import KINDS, LEVEL_RANK, LEVELS
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.triage import TriageFacts, because, suggest
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.triage", needs=NEEDS["triage"])
def triage_case(
    act: Act,
    case_id: int,
    *,
    level: str,
    severity: str = "",
    reach: str = "",
    emotion: str = "",
    kind: str = "",
    reason: str = "",
    problem_type_id: int | None = None,
) -> Case:
    """Keeps a person's decision beside the system's suggestion, and starts the clocks of that level (CAS-6).

    A mail says nothing of its kind: who decides the level says it too.

    Raises:
        Invalid: no such level or kind, or a decision against the suggestion without a reason.
    """
    case = beside(act, case_id, "triage")
    if kind and kind not in KINDS:
        raise Invalid(message(_("Choose a kind.")), {"kind": message(_("Choose one of the listed values."))})
    if level not in LEVELS:
        raise Invalid(message(_("Choose a level.")), {"level": message(_("Choose one of the listed values."))})
    before = case.level
    case.kind = kind or case.kind
    case.severity, case.reach, case.emotion = severity or case.severity, reach or case.reach, emotion or case.emotion
    _suggest_anew(act, case)
    if level != case.suggested_level and not reason.strip():
        why = message(_("Your decision differs from the suggestion. Say why."))
        raise Invalid(why, {"reason": why})
    change(
        case,
        kind=case.kind,
        problem_type_id=problem_type_id or case.problem_type_id,
        severity=case.severity,
        reach=case.reach,
        emotion=case.emotion,
        suggested_level=case.suggested_level,
        suggested_because=case.suggested_because,
        needs_senior=case.needs_senior,
        level=level,
        level_rank=LEVEL_RANK[level],
        level_by_id=act.actor.staff_id,
        level_at=act.now,
        level_reason=reason[:200],
    )
    policy = policy_of(case)
    if choose_anew(act, case) or level != before:
        restart(act, case, policy, reason or LEVELS[level])
    escalate(act, case)
    act.record(
        case,
        customer_id=case.customer_id,
        kind=case.kind,
        reason=reason,
        suggested=case.suggested_level,
        before=before,
        level=level,
    )
    return case


def _suggest_anew(act: Act, case: Case) -> None:
    """The suggestion for what is known now; where nobody has judged the emotion, the customer's words are asked."""
    heard = Felt(case.emotion) if case.emotion else felt(f"{case.title}\n{case.description}")
    facts = TriageFacts(case.severity, case.reach, tier_of(case.customer), heard.emotion, case.kind, case.repeated)
    suggestion = suggest(facts, settings_at(act.now).weights)
    case.suggested_level = suggestion.level
    case.suggested_because = because(suggestion, heard.words)
    case.needs_senior = suggestion.senior
