"""Two people at once: one of them wins, nothing is done twice."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connections

from huiyin.cases.actions import arrange_stages, arrange_types
from huiyin.cases.actions.arrange_stages import retire_stage, save_stage
from huiyin.cases.actions.arrange_types import import_types, save_type
from huiyin.cases.actions.merge import merge_case
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.own_stage import enter_stage
from huiyin.cases.actions.put_in_stage import put_in_stage
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.take import take_case
from huiyin.cases.actions.verdict import verdict_by_link
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.models import Case, CaseStage, ProblemType
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, NotFound, Repeated
from tests.cases.conftest import Cases
from tests.conftest import Company


def at_once(*things: Callable[[], object]) -> list[object]:
    """Runs things at the same time on connections of their own; gives results or refusals."""
    start = Barrier(len(things))

    def run(thing: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return thing()
        except (Conflict, Repeated, NotFound) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as pool:
        return [future.result(timeout=30) for future in [pool.submit(run, thing) for thing in things]]


pytestmark = pytest.mark.django_db(transaction=True)


def test_two_people_take_one_case_and_one_gets_it(cases: Cases, company: Company) -> None:
    case = cases.open(topic="other")
    route_case(company.call("agent"), case.pk, topic="other")
    results = at_once(*(lambda who=who: take_case(company.call(who), case.pk) for who in ("agent", "service_manager")))
    assert sorted(type(result).__name__ for result in results) == ["Case", "Conflict"]
    case.refresh_from_db()
    assert case.owner is not None


def test_cases_opened_at_once_have_different_numbers(cases: Cases, company: Company) -> None:
    calls = [company.call("agent") for _n in range(8)]
    at_once(
        *(
            lambda call=call: open_case(call, kind="inquiry", topic="other", channel="phone", description="x")
            for call in calls
        )
    )
    numbers = list(Case.objects.values_list("number", flat=True))
    assert (len(numbers), len(set(numbers))) == (8, 8)


def test_a_double_click_verifies_once(cases: Cases, company: Company) -> None:
    case = cases.open()
    calls = [company.call("agent", once="k1") for _n in range(2)]
    results = at_once(*(lambda call=call: verify_case(call, case.pk) for call in calls))
    assert sorted(type(result).__name__ for result in results) == ["Case", "Repeated"]
    assert CaseStage.objects.filter(case=case, verb="verify").count() == 1


def test_two_verdicts_at_once_settle_once(cases: Cases, company: Company) -> None:
    case = cases.until("tell")
    token, now = case.links.get().token, company.call("agent").now
    call = Call(actor=NOBODY, now=now)
    results = at_once(*(lambda: verdict_by_link(call, token, verdict="satisfied") for _n in range(2)))
    assert sorted(map(str, results)) == ["already", "satisfied"]
    assert (case.verdicts.count(), CaseStage.objects.filter(case=case, verb="ask_revisit").count()) == (1, 1)


def test_fifty_hands_merge_a_into_b_and_b_into_a_and_one_merge_stands(cases: Cases, company: Company) -> None:
    one, other = cases.open(), cases.open()
    calls = [company.call("agent") for _n in range(50)]
    ways = [(one, other), (other, one)] * 25
    results = at_once(
        *(
            lambda call=call, way=way: merge_case(call, way[0].pk, into=way[1].number, reason="同一件事", tell=False)
            for call, way in zip(calls, ways, strict=True)
        )
    )
    assert sorted(type(result).__name__ for result in results) == ["Case", *["Conflict"] * 49]
    states = dict(Case.objects.values_list("state", "merged_into"))
    merged, standing = (one, other) if Case.objects.get(pk=one.pk).state == "merged" else (other, one)
    assert states == {"merged": standing.pk, "open": None}
    assert CaseStage.objects.filter(verb="merge").values_list("case_id", flat=True).get() == merged.pk
    assert standing.notes.filter(said_in=merged, kind="said").count() == 1


def beside(thing: Callable[[], object], wait: float = 1) -> Future[object]:
    """Does a thing on a connection of its own, and waits for it unless something holds it up."""

    def run() -> object:
        try:
            return thing()
        finally:
            connections.close_all()

    future = ThreadPoolExecutor(1).submit(run)
    with contextlib.suppress(TimeoutError):
        future.result(timeout=wait)
    return future


def test_a_case_that_moves_on_while_its_stage_is_retired_is_not_put_into_another(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, agent = company.call("service_manager"), company.call("agent")
    on_site = save_stage(manager, None, code="on_site", name="已到现场", state="executing")
    save_stage(manager, None, code="lab", name="送检", state="executing")
    first, second = cases.until("start"), cases.until("start")
    for case in (first, second):
        put_in_stage(agent, case.pk, stage="on_site")
    moved: list[Future[object]] = []

    def enter(*given: Any) -> None:
        if not moved:
            moved.append(beside(lambda: cases.step(second, "finish")))
        enter_stage(*given)

    monkeypatch.setattr(arrange_stages, "enter_stage", enter)
    assert retire_stage(manager, on_site.pk, into="lab") == 2
    moved[0].result(timeout=30)
    second.refresh_from_db()
    assert (second.state == "executing", second.own_stage) == (False, None)


def test_a_case_put_into_a_stage_while_it_is_retired_does_not_stay_in_it(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, agent = company.call("service_manager"), company.call("agent")
    on_site = save_stage(manager, None, code="on_site", name="已到现场", state="executing")
    case, retired = cases.until("start"), list[Future[object]]()

    def enter(*given: Any) -> None:
        retired.append(beside(lambda: retire_stage(manager, on_site.pk, into="")))
        enter_stage(*given)

    monkeypatch.setattr("huiyin.cases.actions.put_in_stage.enter_stage", enter)
    put_in_stage(agent, case.pk, stage="on_site")
    assert retired[0].result(timeout=30) == 1
    case.refresh_from_db()
    assert (case.own_stage, case.own_stays.get().until is None) == (None, False)


def test_two_types_moved_below_each_other_at_once_make_no_circle(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_types(company.call("director"), rows=[["甲"], ["乙"]])
    one, two = ProblemType.objects.get(name="甲"), ProblemType.objects.get(name="乙")
    together, judge = Barrier(2), arrange_types.goes_in_circle

    def judged(*given: Any) -> bool:
        with contextlib.suppress(BrokenBarrierError):
            together.wait(timeout=1)  # lets both judge before either saves, where nothing holds the second one back
        return judge(*given)

    monkeypatch.setattr(arrange_types, "goes_in_circle", judged)
    calls = [company.call("director"), company.call("service_manager")]
    results = at_once(
        lambda: save_type(calls[0], one.pk, name="甲", parent=two.pk),
        lambda: save_type(calls[1], two.pk, name="乙", parent=one.pk),
    )
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "ProblemType"]
    assert ProblemType.objects.filter(pk__in=[one.pk, two.pk], parent=None).count() == 1
