"""Decides how pressing a case is."""

from __future__ import annotations

from huiyin.cases.actions.clocks_anew import fit_clocks
from huiyin.cases.actions.escalate import escalate
from huiyin.cases.actions.moving import beside, change
from huiyin.cases.models import Case
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.rules.deciding import check_against, check_decision
from huiyin.cases.rules.emotion import Felt, felt
from huiyin.cases.rules.kinds import LEVEL_RANK, LEVELS
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.triage import TriageFacts, because, suggest
from huiyin.foundation.actions import Act, action

KNOWN = ("kind", "severity", "reach", "emotion", "suggested_level", "suggested_because", "needs_senior")


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
    check_decision(level, kind)
    before, case.kind = case.level, kind or case.kind
    case.severity, case.reach, case.emotion = severity or case.severity, reach or case.reach, emotion or case.emotion
    _suggest_anew(act, case)
    check_against(level, case.suggested_level, reason)
    _keep(act, case, level, reason, problem_type_id)
    fit_clocks(act, case, reason or LEVELS[level], levelled=level != before)
    escalate(act, case)
    said = {"kind": case.kind, "reason": reason, "suggested": case.suggested_level, "before": before, "level": level}
    act.record(case, customer_id=case.customer_id, **said)
    return case


def _keep(act: Act, case: Case, level: str, reason: str, problem_type_id: int | None) -> None:
    change(
        case,
        **{name: getattr(case, name) for name in KNOWN},
        problem_type_id=problem_type_id or case.problem_type_id,
        level=level,
        level_rank=LEVEL_RANK[level],
        level_by_id=act.actor.staff_id,
        level_at=act.now,
        level_reason=reason[:200],
    )


def _suggest_anew(act: Act, case: Case) -> None:
    """The suggestion for what is known now; where nobody has judged the emotion, the customer's words are asked."""
    heard = Felt(case.emotion) if case.emotion else felt(f"{case.title}\n{case.description}")
    facts = TriageFacts(case.severity, case.reach, tier_of(case.customer), heard.emotion, case.kind, case.repeated)
    suggestion = suggest(facts, settings_at(act.now).weights)
    case.suggested_level = suggestion.level
    case.suggested_because = because(suggestion, heard.words)
    case.needs_senior = suggestion.senior
