"""What is true of every case at any time, whatever was done to it: read from the rows alone."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

from huiyin.cases.models import Case, CasePlan, CaseStage, CaseTask
from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.queries.facts import facts_of
from huiyin.cases.queries.stays import stays_of
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.ends import CONTENT, UNREACHABLE, VERDICT
from huiyin.cases.rules.lifecycle import LIFECYCLE
from huiyin.cases.rules.states import ENDED, LIVE, State
from huiyin.foundation import clock
from huiyin.promises.public import Promise, promises_on
from huiyin.promises.queries.deadlines import time_used

UNSETTLED = ("open", "paused")
ZERO = timedelta(0)
OWED_IN = {
    State.OPEN: "verify",
    State.WAITING: "follow_up",
    State.DONE: "tell_result",
    State.TOLD: "verdict",
}
"""The promise that the shipped policy owes in a state, whatever came before."""


def check_every_case(*, set_back: bool = False) -> None:
    """Asserts all of it of every case in the database; ``set_back``: the server's clock was, somewhere on the way."""
    stages: dict[int, list[CaseStage]] = defaultdict(list)
    for stage in CaseStage.objects.order_by("pk"):
        stages[stage.case_id].append(stage)
    for case in Case.objects.order_by("pk"):
        stages_are_continuous(case, stages[case.pk], set_back=set_back)
        no_length_is_negative(case, stages[case.pk])
        an_own_stage_belongs_to_the_state(case)
        if case.state == State.MERGED:
            leads_on_to_a_case_that_is_not_merged(case)
        if case.state in ENDED:
            nothing_is_owed(case)
        if case.state == State.CLOSED:
            closed_on_a_verdict_or_by_the_rule(case)
        if case.state in LIVE:
            somebody_answers_for_it(case)
            its_clocks_are_those_that_run(case)


def stages_are_continuous(case: Case, stages: list[CaseStage], *, set_back: bool) -> None:
    assert (stages[0].verb, stages[0].from_state, stages[-1].to_state) == ("open", "", case.state)
    for before, stage in pairwise(stages):
        assert stage.from_state == before.to_state
        assert set_back or stage.at >= before.at
        assert any(
            move.verb == stage.verb and stage.from_state in move.sources and stage.to_state == move.target
            for move in LIFECYCLE.moves
        ), f"{stage.verb}: {stage.from_state} → {stage.to_state} is not in the table"
    changed = [stage.at for stage in stages if stage.from_state != stage.to_state]
    assert case.state_since == changed[-1]


def no_length_is_negative(case: Case, stages: list[CaseStage]) -> None:
    assert all(stage.lasted >= ZERO and stage.worked >= ZERO for stage in stages)
    assert all(stay.until is None or stay.until >= stay.since for stay in case.own_stays.all())
    stays = stays_of(case, "", clock.now())
    assert all(stay.worked >= ZERO and stay.stopped >= ZERO for stay in stays)
    assert all(stay.until is None or stay.until >= stay.since for stay in stays)
    for promise in promises_on("cases.case", case.pk):
        lengths = (promise.stopped, promise.elapsed, time_used(promise, clock.now()))
        assert all(length is None or length >= ZERO for length in lengths)
        assert promise.margin is None or (promise.margin < ZERO) <= (promise.broken_at is not None)


def an_own_stage_belongs_to_the_state(case: Case) -> None:
    assert case.own_stage is None or case.state in (case.own_stage.state, State.WAITING)
    staying = [stay.stage for stay in case.own_stays.filter(until=None)]
    assert staying == ([case.own_stage] if case.own_stage else [])


def leads_on_to_a_case_that_is_not_merged(case: Case) -> None:
    seen = set()
    while case.merged_into is not None:
        assert case.pk not in seen, "merged in a circle"
        seen.add(case.pk)
        case = case.merged_into
    assert seen
    assert case.state != State.MERGED


def nothing_is_owed(case: Case) -> None:
    assert case.ended_as
    assert case.closed_at is not None
    assert case.due_at == NO_CLOCK
    about = Promise.objects.filter(state__in=UNSETTLED)
    assert not about.filter(subject="cases.case", subject_id=case.pk).exists()
    tasks = CaseTask.objects.filter(case=case).values("pk")
    assert not about.filter(subject="cases.casetask", subject_id__in=tasks).exists()


def closed_on_a_verdict_or_by_the_rule(case: Case) -> None:
    if case.verdict in CONTENT:
        assert case.ended_as == VERDICT
        assert case.verdicts.latest("pk").verdict == case.verdict
    else:
        facts, conduct = facts_of(case), Conduct()
        assert case.ended_as == UNREACHABLE
        assert len(facts.unreached) >= conduct.unreachable_attempts
        assert len(set(facts.unreached)) >= conduct.unreachable_days
        assert "规则" in case.stages.latest("pk").reason


def somebody_answers_for_it(case: Case) -> None:
    assert case.owner_id is not None or case.department_id is not None
    assert (case.ended_as, case.closed_at, case.merged_into) == ("", None, None)
    assert bool(case.waiting_for) == (case.state == State.WAITING) == bool(case.returns_to)


def its_clocks_are_those_that_run(case: Case) -> None:
    owed = Promise.objects.filter(subject="cases.case", subject_id=case.pk, state__in=UNSETTLED)
    running = min((each.due_at for each in owed if each.state == "open"), default=NO_CLOCK)
    assert case.due_at == running
    kinds = {each.kind.removeprefix("case.") for each in owed}
    wanted = OWED_IN.get(State(case.state))
    assert wanted is None or wanted in kinds, f"{case.state} without its clock {wanted}: {kinds}"
    plan = CasePlan.objects.filter(case=case).order_by("-version").first()
    if case.state == State.PLANNED and plan and plan.sent_at and not plan.answer:
        assert "agree" in kinds
    if case.state == State.REVISIT and not case.revisit:
        assert "revisit" in kinds
    if case.state == State.REOPENED:
        assert kinds & {"plan", "solve"}
