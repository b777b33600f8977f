"""Every verb and side step, by several people, the customer, mails, jobs and the clock, in any order."""

from __future__ import annotations

import os
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from huiyin.cases.actions.answer_plan import answer_plan_by_link
from huiyin.cases.actions.receive_message import receive_message
from huiyin.cases.actions.steps import STEPS
from huiyin.cases.actions.verdict import verdict_by_link
from huiyin.cases.models import Case, CaseLink, CasePlan, CaseStage, CaseTie, OwnStage
from huiyin.cases.rules.lifecycle import ASIDES, LIFECYCLE
from huiyin.cases.rules.states import State
from huiyin.kernel.actor import NOBODY, SYSTEM
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Refused
from huiyin.promises.public import sweep_all
from tests.cases.conftest import Cases, traces
from tests.cases.test_refusals import values
from tests.cases.ways_of_a_case import check_every_case
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db
MOVES = {move.verb for move in LIFECYCLE.moves}
BESIDE = {step.verb: step.sources for step in ASIDES}
FORWARD = ("verify", "plan", "send_plan", "confirm", "start", "finish", "tell", "verdict", "record_revisit", "close")
PEOPLE = ("agent", "director", "technical_head", "quality", "agent2", "store_manager")
MOST_CASES = 4
cases_drawn, pick = st.integers(0, MOST_CASES - 1), st.sampled_from


class Ways(RuleBasedStateMachine):
    """A few cases of two customers, and everything that can be done to them."""

    company: Company
    cases: Cases
    clock: MovableClock

    def __init__(self) -> None:
        super().__init__()
        self.began = self.clock.now
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.messages = 0

    def teardown(self) -> None:
        """Nothing of this walk is left for the next."""
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)
        self.clock.set(self.began)

    @initialize(kinds=st.lists(pick(["complaint", "inquiry", "repair"]), min_size=2, max_size=2))
    def two_cases(self, kinds: list[str]) -> None:
        for kind in kinds:
            self.cases.open(kind=kind)

    @rule(kind=pick(["complaint", "inquiry"]), emotion=pick(["", "angry"]), stranger=st.booleans())
    def another_case(self, kind: str, emotion: str, *, stranger: bool) -> None:
        if Case.objects.count() < MOST_CASES:
            who: dict[str, Any] = {"customer_id": None, "reporter_phone": "13900000007"} if stranger else {}
            self.cases.open(kind=kind, emotion=emotion, **who)

    @rule(verb=pick(FORWARD), which=cases_drawn, how=pick(["satisfied", "not", "unreached"]))
    def the_next_step(self, verb: str, which: int, how: str) -> None:
        self.step(verb, which, "director", how)

    @rule(verb=pick(sorted(STEPS)), which=cases_drawn, who=pick(PEOPLE), how=pick(["satisfied", "not", "unreached"]))
    def any_step(self, verb: str, which: int, who: str, how: str) -> None:
        self.step(verb, which, who, how)

    @rule(which=cases_drawn, agreed=st.booleans())
    def the_customer_answers_the_plan(self, which: int, *, agreed: bool) -> None:
        case = self.named(which)
        plan = CasePlan.objects.filter(case=case).order_by("-version").first()
        self.by_link(
            case,
            lambda call, token: answer_plan_by_link(
                call, token, version=plan.version if plan else 1, agreed=agreed, words="好"
            ),
        )

    @rule(which=cases_drawn, verdict=pick(["satisfied", "mostly", "not"]))
    def the_customer_judges(self, which: int, verdict: str) -> None:
        self.by_link(self.named(which), lambda call, token: verdict_by_link(call, token, verdict=verdict))

    @rule(which=cases_drawn, sender=pick(["lin@customer.example", "stranger@x.example"]))
    def a_mail_comes(self, which: int, sender: str) -> None:
        if Case.objects.count() >= MOST_CASES:
            return
        self.messages += 1
        receive_message(
            Call(SYSTEM, self.clock.now),
            message_id=self.messages,
            channel="email",
            sender=sender,
            subject=f"Re: [{self.named(which).number}]",
            text="怎么样了?",
            thread_of=None,
        )

    @rule(hours=pick([1, 5, 20, 30, 100]))
    def time_goes_by(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        sweep_all()

    @rule(which=cases_drawn)
    def nobody_answers(self, which: int) -> None:
        """Three tries on three days."""
        for _day in range(3):
            self.clock.advance(days=1)
            self.step("contact", which, "director", "unreached")

    @invariant()
    def everything_holds(self) -> None:
        check_every_case()

    def named(self, which: int) -> Case:
        every = list(Case.objects.order_by("pk"))
        return every[which % len(every)]

    def by_link(self, case: Case, answer: Any) -> None:
        token = CaseLink.objects.filter(case=case).order_by("pk").values_list("token", flat=True).first()
        if token is not None:
            self.tried(lambda: answer(Call(NOBODY, self.clock.now), token))

    def step(self, verb: str, which: int, who: str, how: str) -> None:
        """Takes a step if the table and the guards let it; what was refused has changed nothing."""
        case = self.named(which)
        before = case.state, CaseStage.objects.filter(case=case).count()
        done = self.tried(lambda: STEPS[verb](self.company.call(who), case.pk, **self.values(verb, case, how)))
        case.refresh_from_db()
        if done and verb in MOVES:
            assert any(verb == move.verb and before[0] in move.sources for move in LIFECYCLE.moves)
            assert CaseStage.objects.filter(case=case).count() > before[1]
        if done and verb in BESIDE:
            assert before[0] in BESIDE[verb]
            assert (case.state, CaseStage.objects.filter(case=case).count()) == before

    def tried(self, thing: Any) -> bool:
        before = traces()
        try:
            with transaction.atomic():
                thing()
        except Refused:
            assert traces() == before
            return False
        return True

    def values(self, verb: str, case: Case, how: str) -> dict[str, Any]:
        """Sensible values of every step; the other case is the next one."""
        other = Case.objects.exclude(pk=case.pk).filter(pk__gt=case.pk).first() or Case.objects.exclude(pk=case.pk)[0]
        return values_of(self.company, verb, how, other) | self.of_this(verb, case)

    def of_this(self, verb: str, case: Case) -> dict[str, Any]:
        task, tie = case.tasks.last(), CaseTie.objects.last()
        return {
            "finish_task": {"task_id": task.pk if task else 0},
            "unlink": {"tie_id": tie.pk if tie else 0},
        }.get(verb, {})


def values_of(company: Company, verb: str, how: str, other: Case) -> dict[str, Any]:
    """What a person would type."""
    now = company.call("agent").now
    content = how == "satisfied"
    given: dict[str, dict[str, Any]] = {
        "plan": {"steps": "换新", "due_at": now + timedelta(days=2), "cost": Decimal(0 if content else 100)},
        "confirm": {"way": "phone" if how == "unreached" else "sms"},
        "decline": {"way": "link", "words": "太慢"},
        "wait": {"waiting_for": {"satisfied": "part", "not": "customer"}.get(how, "third_party"), "reason": "缺货"},
        "finish": {"test": "正常"},
        "tell": {"result": "已换新"},
        "verdict": {"verdict": "not" if how == "not" else "satisfied", "words": "还是坏的"},
        "record_revisit": {
            "outcome": {"satisfied": "confirmed", "not": "unsettled"}.get(how, how),
            "words": "仍有异响",
        },
        "reopen": {"reason": "复发"},
        "cancel": {"why": "withdrawn", "reason": "客户撤回"},
        "triage": {"level": {"satisfied": "general", "not": "urgent"}.get(how, "important"), "reason": "停业"},
        "assign": {"staff_id": company.staff["agent" if content else "engineer"].pk},
        "route": {"topic": "technical" if content else "product"},
        "recognise": {"number": "CS202609001"},
        "note": {"text": "备注"},
        "diagnose": {"cause": "过热", "person_id": company.staff["agent"].pk if content else None},
        "split": {"description": "另一件事", "kind": "other", "topic": "other"},
        "own_stage": {"stage": "" if content else "at_work"},
        "contact": {"reached": how != "unreached"},
        "answer": {"text": "今天上门"},
        "add_task": {"title": "带备件"},
        "merge": {"into": other.number, "reason": "同一件事", "two_customers": content},
        "unmerge": {"reason": "是两件事"},
        "link": {"kind": "related" if content else "part_of", "other": other.number},
        "agree_follow_up": {"on": (now + timedelta(days=30)).date(), "words": "再问一次"},
    }
    return given[verb] if verb in given else values(company, verb)


def test_no_way_leads_to_an_illegal_move_an_unjudged_closing_or_a_forgotten_promise(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    OwnStage.objects.create(code="at_work", name="作业中", state="executing")
    Ways.company, Ways.cases, Ways.clock = company, cases, clock
    drawn = settings(
        max_examples=int(os.environ.get("HUIYIN_WAYS", "8")),
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Ways, settings=drawn)


@pytest.mark.parametrize("state", list(State))
def test_the_table_alone_says_what_is_possible_in_each_state(cases: Cases, company: Company, state: State) -> None:
    """Every verb in every state, against the database: what the table lacks is refused and leaves no trace."""
    case, other = cases.open(), cases.open()
    Case.objects.filter(pk=case.pk).update(state=state, returns_to="open" if state == State.WAITING else "")
    offered = {move.verb for move in LIFECYCLE.moves if state in move.sources}
    offered |= {verb for verb, states in BESIDE.items() if state in states}
    before = traces()
    for verb in sorted((MOVES | set(BESIDE)) - offered):
        if verb in STEPS:
            with pytest.raises(Refused), transaction.atomic():
                STEPS[verb](company.call("director"), case.pk, **values_of(company, verb, "satisfied", other))
    assert traces() == before
