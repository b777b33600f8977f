"""One case with everything its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.cases.models import Case
from huiyin.cases.queries.around import File, Link, Names, Plan, Task, around
from huiyin.cases.queries.conversation import TalkItem, conversation
from huiyin.cases.queries.customers import Reach, reach_of
from huiyin.cases.queries.desk import Desk, desk_of
from huiyin.cases.queries.facts import facts_around
from huiyin.cases.queries.own_stages import stages_in
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.summary import cases_counted
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.cases.rules.guards import objections
from huiyin.cases.rules.lifecycle import LIFECYCLE, asides_in, moves_out
from huiyin.cases.rules.needs import FOLLOWS_ONLY, NEEDS
from huiyin.cases.rules.triage import FACTORS
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import Forbidden, NotFound
from huiyin.kernel.words import Message
from huiyin.promises.public import Promise, PromiseState

FOR_FOLLOWERS = frozenset({"note", "attach", "watch", "unwatch"})
"""What somebody may do who only follows a case."""
ANSWERED = frozenset({"confirm"})  # how the customer agreed is still to be said


@dataclass(frozen=True)
class Offer:
    """A step the viewer may take now, or that a guard still holds back: verb, label (message id), why not yet."""

    verb: str
    label: str
    why_not: Message | None = None


@dataclass(frozen=True)
class CaseDetail:
    """A case, its clocks, what was said, and what can be done next; how many cases its customer has, and has open.

    ``works`` is False for who only follows it.
    """

    case: Case
    names: Names
    clocks: list[Promise]
    talk: list[TalkItem]
    steps: list[Offer]
    asides: list[Offer]
    plan: Plan | None
    link: Link | None
    tasks: list[Task]
    files: list[File]
    reasons: list[tuple[str, int]]
    reach: Reach
    customer_cases: tuple[int, int] | None
    desk: Desk
    works: bool


def case_seen_by(actor: Actor, case_id: int) -> Case:
    """The case; whom and what it names is read when asked for.

    Raises:
        NotFound: no such case, or outside the viewer's scope.
    """
    for case in _seen(actor, case_id):
        return case
    raise NotFound


@prepared
def _seen(actor: Actor, case_id: Given) -> QuerySet[Case]:
    return Case.objects.visible_to(actor).filter(pk=case_id)


def case_for_step(actor: Actor, case_id: int, verb: str) -> Case:
    """The case, for somebody who wants to take a step.

    Raises:
        NotFound: outside the viewer's scope. Forbidden: the viewer only follows it, and the step is work.
    """
    case = case_seen_by(actor, case_id)
    if verb not in FOR_FOLLOWERS and not in_area(actor, case):
        raise Forbidden(FOLLOWS_ONLY)
    return case


def in_area(actor: Actor, case: Case) -> bool:
    """Whether the actor may work on a case that is in sight, and does not only follow it."""
    return not case.watched or bool(_in_area(actor, case.pk))


@prepared
def _in_area(actor: Actor, case_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    return Case.objects.in_area_of(actor).filter(pk=case_id).values_list("pk")


def sees_case(actor: Actor, case_id: int) -> bool:
    """Whether the case lies in the viewer's scope."""
    return bool(_seen_key(actor, case_id))


@prepared
def _seen_key(actor: Actor, case_id: Given) -> QuerySet[Case, tuple[Any, ...]]:
    return Case.objects.visible_to(actor).filter(pk=case_id).values_list("pk")


def case_detail(actor: Actor, case_id: int, now: datetime) -> CaseDetail:
    """Everything the page of a case shows to this viewer."""
    case = case_seen_by(actor, case_id)
    story, works = around(case), in_area(actor, case)
    asides = [step for step in asides_in(case.state) if _sensible(case, step[0], works=works)]
    return CaseDetail(
        case=case,
        names=story.names,
        clocks=_clocks(case.pk),
        talk=conversation(case, story),
        steps=_guarded(actor, facts_around(case, story), conduct_at(now)) if works else [],
        asides=_offers(actor, asides),
        plan=story.plan,
        link=story.link,
        tasks=story.tasks,
        files=story.files,
        reasons=reasons_of(case),
        reach=reach_of(case),
        customer_cases=cases_counted(actor, case.customer_id) if case.customer_id else None,
        desk=desk_of(actor, case.pk),
        works=works,
    )


@prepared
def _clocks(case_id: Given) -> QuerySet[Promise]:
    """What was promised about the case and not called off, oldest first."""
    standing = Promise.objects.filter(subject="cases.case", subject_id=case_id).exclude(state=PromiseState.CANCELLED)
    shown = ("kind", "start_at", "due_at", "state", "ladder_at", "broken_at", "settled_at", "moved_reason")
    return standing.only(*shown).order_by("start_at", "id")


def _offers(actor: Actor, steps: list[tuple[str, str]]) -> list[Offer]:
    return [Offer(verb, label) for verb, label in steps if actor.may(NEEDS[verb])]


def _guarded(actor: Actor, facts: CaseFacts, conduct: Conduct) -> list[Offer]:
    """The moves out of the present state; what a guard holds back whatever is filled in says why."""
    offers = []
    for verb, label in moves_out(facts.state):
        if actor.may(NEEDS[verb]):
            step = Step(verb, LIFECYCLE.move(verb, facts.state).target, actor.id)
            stopped = [] if verb in ANSWERED else objections(facts, step, conduct)
            offers.append(Offer(verb, label, stopped[0] if stopped else None))
    return offers


def _sensible(case: Case, verb: str, *, works: bool) -> bool:
    if not works and verb not in FOR_FOLLOWERS:
        return False
    if verb == "take":
        return case.owner_id is None
    if verb == "own_stage":
        return bool(stages_in(case.state))
    return not (verb == "recognise" and case.customer_id)


def reasons_of(case: Case) -> list[tuple[str, int]]:
    """Why the level was suggested: sentences (message ids) with their points."""
    return [
        (FACTORS[reason["factor"]][reason["value"]], reason["points"])
        for reason in case.suggested_because
        if reason["value"] in FACTORS.get(reason["factor"], {})
    ]
