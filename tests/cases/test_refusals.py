"""Role by verb: who may do what; after a refusal nothing has happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.steps import STEPS
from huiyin.cases.rules.lifecycle import LIFECYCLE
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound
from tests.cases.conftest import Cases, traces
from tests.conftest import Company

WORKERS = {"director", "service_manager", "agent", "rnd_head", "technical_head", "engineer"}
LEADS = {"director", "service_manager", "rnd_head", "technical_head"}
ALLOWED = {
    "verify": WORKERS,
    "plan": WORKERS,
    "send_plan": WORKERS,
    "confirm": WORKERS,
    "decline": WORKERS,
    "start": WORKERS,
    "wait": WORKERS,
    "resume": WORKERS,
    "finish": WORKERS,
    "tell": WORKERS,
    "verdict": WORKERS,
    "ask_revisit": WORKERS,
    "record_revisit": LEADS | {"agent", "quality"},
    "close": LEADS | {"agent", "quality"},
    "reopen": LEADS | {"agent", "quality"},
    "cancel": LEADS,
    "sort": WORKERS,
    "diagnose": WORKERS,
    "split": LEADS | {"agent"},
    "own_stage": WORKERS,
    "agree_follow_up": WORKERS,
    "merge": LEADS | {"agent"},
    "unmerge": LEADS | {"agent"},
    "link": WORKERS,
    "unlink": WORKERS,
    "take": WORKERS,
    "triage": LEADS | {"agent"},
    "assign": LEADS,
    "route": LEADS | {"agent"},
    "recognise": WORKERS,
    "join_identity": WORKERS,
    "part_identity": WORKERS,
    "note": WORKERS | {"store_manager", "quality"},
    "contact": WORKERS,
    "answer": WORKERS,
    "add_task": WORKERS,
    "need_part": WORKERS,
    "move_deadline": LEADS | {"store_manager"},
    "finish_task": WORKERS,
    "watch": WORKERS | {"quality", "store_manager", "administrator", "auditor"},
    "unwatch": WORKERS | {"quality", "store_manager", "administrator", "auditor"},
}
EVERYBODY = sorted(WORKERS | {"quality", "store_manager", "administrator", "auditor"})


def values(company: Company, verb: str) -> dict[str, Any]:
    """Sensible values of every step."""
    now = company.call("agent").now
    given: dict[str, dict[str, Any]] = {
        "plan": {"steps": "换新", "due_at": now + timedelta(days=1)},
        "confirm": {"way": "link"},
        "decline": {"way": "link", "words": "太慢"},
        "wait": {"waiting_for": "part", "reason": "缺货"},
        "finish": {"test": "正常"},
        "tell": {"result": "已换新"},
        "verdict": {"verdict": "satisfied"},
        "record_revisit": {"outcome": "confirmed"},
        "reopen": {"reason": "复发"},
        "cancel": {"why": "spam", "reason": "广告"},
        "agree_follow_up": {"on": (now + timedelta(days=9)).date(), "words": "再问"},
        "diagnose": {"cause": "过热"},
        "split": {"description": "另一件事", "kind": "other", "topic": "other"},
        "own_stage": {"stage": ""},
        "merge": {"into": "GD20260928-0009", "reason": "同一件事"},
        "unmerge": {"reason": "是两件事"},
        "link": {"kind": "related", "other": "GD20260928-0009"},
        "unlink": {"tie_id": 0},
        "triage": {"level": "urgent", "reason": "停业"},
        "assign": {"staff_id": company.staff["engineer"].pk},
        "recognise": {"number": "CS202609001"},
        "join_identity": {"identity_id": 0, "number": "CS202609001"},
        "part_identity": {"identity_id": 0},
        "note": {"text": "备注"},
        "contact": {"reached": True},
        "answer": {"text": "今天上门"},
        "add_task": {"title": "带备件"},
        "move_deadline": {"due_at": now + timedelta(days=9), "reason": "缺货"},
        "finish_task": {"task_id": 0},
        "need_part": {"part_id": 0, "place_id": 0},
    }
    return given.get(verb, {})


def test_the_matrix_names_every_step() -> None:
    assert set(ALLOWED) == set(STEPS)


@pytest.mark.parametrize("verb", sorted(STEPS))
def test_who_lacks_the_right_changes_nothing(cases: Cases, company: Company, verb: str) -> None:
    case = cases.open()
    before = traces()
    for who in EVERYBODY:
        if who in ALLOWED[verb]:
            continue
        with pytest.raises(Forbidden):
            STEPS[verb](company.call(who), case.pk, **values(company, verb))
    assert traces() == before


@pytest.mark.parametrize("verb", sorted(STEPS))
def test_a_case_out_of_sight_is_not_found_and_stays_as_it_is(cases: Cases, company: Company, verb: str) -> None:
    case = cases.open()
    before = traces()
    with pytest.raises((NotFound, Forbidden)):
        STEPS[verb](company.call("rnd_head"), case.pk, **values(company, verb))
    with pytest.raises(NotFound):
        STEPS[verb](company.call("director"), 0, **values(company, verb))
    assert traces() == before


MOVES = sorted({move.verb for move in LIFECYCLE.moves})


@pytest.mark.parametrize("verb", MOVES)
def test_a_step_out_of_order_is_refused_and_changes_nothing(cases: Cases, company: Company, verb: str) -> None:
    case = cases.open()
    if any(verb == move.verb and "open" in move.sources for move in LIFECYCLE.moves):
        cases.until("finish", case)
    before = traces()
    with pytest.raises(Conflict):
        STEPS[verb](company.call("director"), case.pk, **values(company, verb))
    assert traces() == before


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_who_may_only_look_opens_no_case(cases: Cases, company: Company, who: str) -> None:
    before = traces()
    with pytest.raises(Forbidden):
        open_case(company.call(who), kind="complaint", topic="product", channel="phone", description="x")
    assert traces() == before


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("director", True),
        ("auditor", True),
        ("quality", True),
        ("agent", True),
        ("technical_head", True),
        ("agent2", False),
        ("engineer", False),
        ("rnd_head", False),
        ("store_manager", False),
        ("service_manager", False),
    ],
)
def test_own_department_and_all_see_what_they_should(cases: Cases, company: Company, who: str, seen: bool) -> None:
    from huiyin.cases.models import Case

    case = cases.open()
    assert Case.objects.visible_to(company.actor(who)).filter(pk=case.pk).exists() is seen


def test_a_case_that_nobody_has_is_seen_by_its_department(cases: Cases, company: Company) -> None:
    from huiyin.cases.models import Case

    case = cases.open()
    STEPS["route"](company.call("agent"), case.pk, topic="technical")
    visible: Callable[[str], bool] = lambda who: Case.objects.visible_to(company.actor(who)).filter(pk=case.pk).exists()  # noqa: E731
    assert visible("engineer")
    assert not visible("agent2")
