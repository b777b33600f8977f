"""One case with everything its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.models import Attachment, Case, CaseLink, CasePlan, CaseTask
from huiyin.cases.queries.conversation import TalkItem, conversation
from huiyin.cases.queries.customers import Reach, reach_of
from huiyin.cases.queries.facts import facts_of, newest_plan
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.summary import CaseSummary, case_summary
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import Step
from huiyin.cases.rules.guards import objections
from huiyin.cases.rules.lifecycle import LIFECYCLE, asides_in, moves_out
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.triage import FACTORS
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message
from huiyin.promises.public import Promise, promises_on

ANSWERED = frozenset({"confirm"})  # how the customer agreed is still to be said


@dataclass(frozen=True)
class Offer:
    """A step the viewer may take now, or that a guard still holds back: verb, label (message id), why not yet."""

    verb: str
    label: str
    why_not: Message | None = None


@dataclass(frozen=True)
class CaseDetail:
    """A case, its clocks, what was said, and what can be done next."""

    case: Case
    clocks: list[Promise]
    talk: list[TalkItem]
    steps: list[Offer]
    asides: list[Offer]
    plan: CasePlan | None
    link: CaseLink | None
    tasks: list[CaseTask]
    files: list[Attachment]
    reasons: list[tuple[str, int]]
    reach: Reach
    customer_cases: CaseSummary | None


NAMED = (
    "customer",
    "owner",
    "handler",
    "revisitor",
    "department",
    "store",
    "problem_type",
    "level_by",
    "product",
)
"""What nearly every case's page names; the few that repeat another read that one when asked for."""


def case_seen_by(actor: Actor, case_id: int, named: tuple[str, ...] = ()) -> Case:
    """The case, with the people and things in ``named`` at hand; others are read when asked for.

    Raises:
        NotFound: no such case, or outside the viewer's scope.
    """
    rows = Case.objects.visible_to(actor).filter(pk=case_id)
    case = (rows.select_related(*named) if named else rows).first()
    if case is None:
        raise NotFound
    return case


def sees_case(actor: Actor, case_id: int) -> bool:
    """Whether the case lies in the viewer's scope."""
    return Case.objects.visible_to(actor).filter(pk=case_id).exists()


def case_detail(actor: Actor, case_id: int, now: datetime) -> CaseDetail:
    """Everything the page of a case shows to this viewer."""
    case, conduct = case_seen_by(actor, case_id, NAMED), conduct_at(now)
    return CaseDetail(
        case=case,
        clocks=[promise for promise in promises_on("cases.case", case.pk) if promise.state != "cancelled"],
        talk=conversation(case),
        steps=_guarded(actor, case, conduct),
        asides=_offers(actor, [step for step in asides_in(case.state) if _sensible(case, step[0])]),
        plan=newest_plan(case),
        link=case.links.filter(revoked_at=None).order_by("-id").first(),
        tasks=list(case.tasks.select_related("person").order_by("id")),
        files=list(case.attachments.order_by("id")),
        reasons=reasons_of(case),
        reach=reach_of(case),
        customer_cases=case_summary(actor, case.customer_id) if case.customer_id else None,
    )


def _offers(actor: Actor, steps: list[tuple[str, str]]) -> list[Offer]:
    return [Offer(verb, label) for verb, label in steps if actor.may(NEEDS[verb])]


def _guarded(actor: Actor, case: Case, conduct: Conduct) -> list[Offer]:
    """The moves out of the present state; what a guard holds back whatever is filled in says why."""
    facts = facts_of(case)
    offers = []
    for verb, label in moves_out(case.state):
        if actor.may(NEEDS[verb]):
            step = Step(verb, LIFECYCLE.move(verb, case.state).target, actor.id)
            stopped = [] if verb in ANSWERED else objections(facts, step, conduct)
            offers.append(Offer(verb, label, stopped[0] if stopped else None))
    return offers


def _sensible(case: Case, verb: str) -> bool:
    if verb == "take":
        return case.owner_id is None
    return not (verb == "recognise" and case.customer_id)


def reasons_of(case: Case) -> list[tuple[str, int]]:
    """Why the level was suggested: sentences (message ids) with their points."""
    return [
        (FACTORS[reason["factor"]][reason["value"]], reason["points"])
        for reason in case.suggested_because
        if reason["value"] in FACTORS.get(reason["factor"], {})
    ]
