"""The rules of cases without a database: lifecycle, guards, triage, routing, threads, files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.queries.routing import SHIPPED
from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, PlanFacts, Step
from huiyin.cases.rules.files import media_type_of, safe_name
from huiyin.cases.rules.guards import guards, objections
from huiyin.cases.rules.kinds import EMOTIONS, LEVEL_RANK, REACHES, SEVERITIES, TIERS
from huiyin.cases.rules.lifecycle import ASIDES, LIFECYCLE, diagram, move_to, moves_out
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.routing import Who, route_of, rules_from
from huiyin.cases.rules.shipped import TRIAGE
from huiyin.cases.rules.states import PHASES, STATE_LABELS, State
from huiyin.cases.rules.threads import case_number_in, title_of
from huiyin.cases.rules.tidying import tidy
from huiyin.cases.rules.triage import TriageFacts, Weights, suggest
from huiyin.kernel.refusal import Conflict
from tests.conftest import MONDAY

WEIGHTS = Weights.of(TRIAGE)
CONDUCT = Conduct()

WAYS_OUT = {
    "open": ["verify", "wait", "cancel", "merge"],
    "verified": ["plan", "start", "wait", "cancel", "merge"],
    "planned": ["plan", "send_plan", "confirm", "decline", "start", "wait", "cancel", "merge"],
    "confirmed": ["plan", "start", "wait", "cancel", "merge"],
    "executing": ["plan", "wait", "finish", "cancel", "merge"],
    "waiting": ["resume", "cancel", "merge"],
    "reopened": ["plan", "start", "wait", "cancel", "merge"],
    "done": ["tell"],
    "told": ["verdict", "close"],
    "accepted": ["verdict", "ask_revisit", "close"],
    "revisit": ["verdict", "record_revisit", "close"],
    "closed": ["reopen"],
    "cancelled": ["reopen"],
    "merged": ["unmerge"],
}


@pytest.mark.parametrize("state", list(State))
def test_each_state_offers_exactly_these_steps(state: State) -> None:
    assert [verb for verb, _label in moves_out(state)] == WAYS_OUT[state]


@pytest.mark.parametrize("verb", sorted({move.verb for move in LIFECYCLE.moves}))
@pytest.mark.parametrize("state", list(State))
def test_a_step_that_is_not_offered_is_refused(verb: str, state: State) -> None:
    if verb in WAYS_OUT[state]:
        assert LIFECYCLE.move(verb, state).verb == verb
    else:
        with pytest.raises(Conflict):
            LIFECYCLE.move(verb, state)


def test_a_bad_verdict_leads_back_to_work_and_a_good_one_on() -> None:
    assert move_to("verdict", "told", "accepted").target == "accepted"
    assert move_to("verdict", "told", "reopened").target == "reopened"
    with pytest.raises(Conflict):
        move_to("verdict", "told", "closed")


def test_every_state_has_a_name_a_phase_and_a_way_to_it() -> None:
    assert set(STATE_LABELS) == set(PHASES) == set(State)
    assert {move.target for move in LIFECYCLE.moves} == set(State)


def test_every_verb_names_the_right_it_needs() -> None:
    verbs = {move.verb for move in LIFECYCLE.moves} | {step.verb for step in ASIDES}
    assert verbs <= set(NEEDS)


def test_the_diagram_draws_every_arrow_of_the_table() -> None:
    arrows = sum(len(move.sources) for move in LIFECYCLE.moves)
    assert diagram().count("-->") == arrows + 1


def facts(**more: object) -> CaseFacts:
    return CaseFacts(**({"state": "told", "kind": "complaint", "level": "general"} | more))


def codes(case: CaseFacts, verb: str, target: str = "", actor: int = 1, **values: str) -> list[str]:
    step = Step(verb, target, actor, values)
    return [guard.code for guard in guards() if verb in guard.verbs and guard.check(case, step, CONDUCT)]


TWO_DAYS = (date(2026, 9, 28), date(2026, 9, 28), date(2026, 9, 29))


@pytest.mark.parametrize(
    ("case", "objecting"),
    [
        (facts(), ["verdict_before_closing"]),
        (facts(verdict="satisfied"), []),
        (facts(verdict="mostly"), []),
        (facts(unreached=TWO_DAYS, unreached_by=("phone",) * 3), []),
        (facts(unreached=TWO_DAYS[:2]), ["verdict_before_closing"]),
        (facts(unreached=(date(2026, 9, 28),) * 3), ["verdict_before_closing"]),
        (facts(state="revisit", verdict="satisfied"), ["revisit_before_closing"]),
        (facts(state="revisit", verdict="satisfied", revisit="unreached"), []),
        (facts(state="accepted", verdict="satisfied"), ["revisit_before_closing"]),
        (facts(state="accepted", verdict="satisfied", kind="inquiry"), []),
    ],
)
def test_a_case_closes_only_on_a_verdict_or_a_documented_unreachable_customer(case: CaseFacts, objecting: list[str]):
    assert codes(case, "close", "closed") == objecting


def test_the_refusal_to_close_says_how_many_attempts_are_missing() -> None:
    why = objections(facts(unreached=TWO_DAYS[:1]), Step("close", "closed"), CONDUCT)[0]
    assert str(why) == (
        "A case closes with the customer's verdict, or after 3 attempts on 2 different days and by 1 ways to reach the "
        "customer. 1 attempts are on record."
    )


def test_the_revisit_is_made_by_another_person_than_the_handler() -> None:
    case = facts(state="revisit", verdict="satisfied", handler_id=7)
    assert codes(case, "record_revisit", "closed", actor=7) == ["revisit_by_another"]
    assert codes(case, "record_revisit", "closed", actor=8) == []


FREE, DEAR = PlanFacts(1), PlanFacts(1, cost=Decimal("0.01"))
AGREED = PlanFacts(1, cost=Decimal(80), confirmed=True, way="link")


@pytest.mark.parametrize(
    ("plan", "verb", "way", "objecting"),
    [
        (FREE, "confirm", "phone", []),
        (DEAR, "confirm", "phone", ["written_before_costs"]),
        (DEAR, "confirm", "counter", ["written_before_costs"]),
        (DEAR, "confirm", "sms", []),
        (DEAR, "confirm", "signed", []),
        (PlanFacts(1, days=14), "confirm", "phone", []),
        (PlanFacts(1, days=15), "confirm", "phone", ["written_before_costs"]),
        (FREE, "start", "", []),
        (DEAR, "start", "", ["written_before_costs"]),
        (AGREED, "start", "", []),
    ],
)
def test_a_plan_that_costs_money_or_takes_long_is_agreed_in_writing(
    plan: PlanFacts, verb: str, way: str, objecting: list[str]
) -> None:
    assert codes(facts(state="planned", plan=plan), verb, way=way) == objecting


def test_an_answer_to_an_earlier_plan_is_refused() -> None:
    case = facts(state="planned", plan=PlanFacts(2))
    assert codes(case, "confirm", way="link", version="1") == ["plan_before_sending"]
    assert codes(case, "confirm", way="link", version="2") == []


def test_an_important_case_is_not_started_without_a_plan() -> None:
    assert codes(facts(state="verified", level="important"), "start") == ["plan_before_work"]
    assert codes(facts(state="verified", level="general"), "start") == []


def test_work_is_finished_when_its_tasks_are() -> None:
    assert codes(facts(state="executing", open_tasks=1), "finish") == ["tasks_before_finish"]
    assert codes(facts(state="executing"), "finish") == []


@pytest.mark.parametrize(
    ("case", "level", "points"),
    [
        (TriageFacts(), "general", 0),
        (TriageFacts(kind="inquiry", severity="question"), "general", 0),
        (TriageFacts(kind="complaint", emotion="neutral"), "general", 2),
        (TriageFacts(kind="complaint", emotion="dissatisfied"), "important", 3),
        (TriageFacts(severity="function"), "important", 3),
        (TriageFacts(severity="down"), "urgent", 7),
        (TriageFacts(kind="complaint", emotion="angry", tier="vip"), "urgent", 7),
        (TriageFacts(kind="complaint", emotion="angry", tier="regular"), "important", 6),
        (TriageFacts(kind="complaint", emotion="angry", tier="potential", repeated=True), "urgent", 7),
    ],
)
def test_the_suggested_level_follows_severity_reach_importance_and_emotion(case: TriageFacts, level: str, points: int):
    suggestion = suggest(case, WEIGHTS)
    assert (suggestion.level, suggestion.points) == (level, points)
    assert sum(reason.points for reason in suggestion.reasons) == points


def test_an_angry_or_repeated_complainer_goes_to_a_senior() -> None:
    assert suggest(TriageFacts(emotion="angry"), WEIGHTS).senior
    assert suggest(TriageFacts(repeated=True), WEIGHTS).senior
    assert not suggest(TriageFacts(emotion="dissatisfied"), WEIGHTS).senior


RISING = {
    "severity": ["question", "limited", "function", "down"],
    "reach": ["one", "some", "many"],
    "tier": ["potential", "regular", "vip"],
    "emotion": ["satisfied", "neutral", "dissatisfied", "angry"],
}


@given(
    severity=st.sampled_from(sorted(SEVERITIES)),
    reach=st.sampled_from(sorted(REACHES)),
    tier=st.sampled_from(sorted(TIERS)),
    emotion=st.sampled_from(sorted(EMOTIONS)),
    factor=st.sampled_from(sorted(RISING)),
)
def test_a_graver_fact_never_lowers_the_level(severity: str, reach: str, tier: str, emotion: str, factor: str) -> None:
    values = {"severity": severity, "reach": reach, "tier": tier, "emotion": emotion}
    before = suggest(TriageFacts(**values), WEIGHTS)
    graver = RISING[factor][min(RISING[factor].index(values[factor]) + 1, len(RISING[factor]) - 1)]
    after = suggest(TriageFacts(**(values | {factor: graver})), WEIGHTS)
    assert LEVEL_RANK[after.level] <= LEVEL_RANK[before.level]


@pytest.mark.parametrize(
    ("topic", "department", "to_head"),
    [
        ("product", "rnd", False),
        ("process", "operations", False),
        ("technical", "technical", False),
        ("attitude", "service", True),
        ("other", "service", False),
        ("a topic of the company's own", "service", False),
    ],
)
def test_a_topic_is_routed_to_the_department_that_answers_for_it(topic: str, department: str, to_head: bool) -> None:
    route = route_of(rules_from(SHIPPED), {"topic": topic}, MONDAY)
    assert (route.department, route.who == Who.HEAD) == (department, to_head)


@pytest.mark.parametrize(
    ("subject", "text", "number"),
    [
        ("Re: [GD20260928-0001] 空调不制冷", "", "GD20260928-0001"),
        ("回复：gd20260928-10001", "", "GD20260928-10001"),
        ("空调不制冷", "> 【GD20260928-0007】 您的工单", "GD20260928-0007"),
        ("空调不制冷", "工单 GD20260928-0007 已受理", None),
        ("", "", None),
    ],
)
def test_a_message_names_its_case_by_number(subject: str, text: str, number: str | None) -> None:
    assert case_number_in(subject, text) == number


def test_a_title_is_the_first_line_and_never_too_long() -> None:
    assert title_of("\n  空调不制冷  \n昨天开始") == "空调不制冷"
    assert title_of("字" * 60) == "字" * 39 + "…"


def test_padding_of_an_export_is_taken_off_and_paragraphs_stay() -> None:
    assert tidy("\n\t\t\t\t\t\n\t\t\u3000\u3000第一段\xa0\n\n\t第二段\n") == "第一段\n第二段"


@pytest.mark.parametrize(
    ("name", "head", "media_type"),
    [
        ("photo.JPG", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("photo.jpg", b"MZ\x90", None),
        ("list.pdf", b"%PDF-1.7", "application/pdf"),
        ("run.exe", b"MZ\x90", None),
        ("page.html", b"<html>", None),
        ("notes.txt", "文字".encode(), "text/plain"),
        ("notes.txt", b"a\x00b", None),
    ],
)
def test_a_file_is_kept_when_its_content_is_what_its_name_says(name: str, head: bytes, media_type: str | None) -> None:
    assert media_type_of(name, head) == media_type


def test_a_file_name_keeps_no_folder_and_no_control_character() -> None:
    assert safe_name("..\\..\\a/b/发\r\n票.pdf") == "发票.pdf"


def test_the_drawn_diagram_in_the_documents_is_the_table() -> None:
    drawn = (Path(__file__).parents[2] / "docs" / "case-lifecycle.md").read_text(encoding="utf-8")
    assert diagram() in drawn
