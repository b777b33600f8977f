"""Weeks are drawn, published, filled up and explained on real tables (VIS-10..17)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from huiyin.customers.public import Customer
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.organisation.public import Leave
from huiyin.promises.public import Promise
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.publish_plan import publish_plan
from huiyin.visits.commands import plan as plan_command
from huiyin.visits.models import PlanChoice, PlanRules, Visit, WeekPlan
from huiyin.visits.public import draw_due, plan_answer
from huiyin.visits.queries.choices import search_choices, why_of
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, shanghai

MONDAY = date(2026, 9, 14)
NEXT = date(2026, 9, 21)


@pytest.fixture
def waiting(visiting: Company, buyer: Callable) -> list[Visit]:
    """Forty customers with visits due next week in all bands and both stores."""
    for number in range(40):
        buyer(days=5, amount=(800, 2000, 4000, 8000)[number % 4], store=("S01", "S02")[number % 8 // 4])
    draw_due(system_call())
    return list(Visit.objects.order_by("pk"))


def small_quota() -> None:
    """A company whose numbers are small: 10 visits a week. Friday the 25th is a holiday (Mid-Autumn)."""
    rules = PlanRules.objects.get()
    quota = {"least": 10, "most": 10, "a_day": 3}
    rules.plan = {**rules.plan, "first_week": quota, "other_weeks": quota, "small_store_minimum": 2}
    rules.save()


def test_a_draft_changes_nothing_and_publishing_gives_day_window_and_agent(
    visiting: Company, waiting: list[Visit]
) -> None:
    small_quota()
    draft = plan_week(visiting.call("service_manager"), NEXT, seed=7)
    assert (draft.target, draft.chosen, draft.candidates, draft.state) == (10, 10, 40, "draft")
    assert set(Visit.objects.values_list("state", flat=True)) == {"due"}
    publish_plan(visiting.call("service_manager"), draft.pk)
    planned = Visit.objects.filter(state="planned")
    assert Counter(planned.values_list("place_band", flat=True)) == {"5000": 5, "3000": 3, "1500": 2}
    assert Counter(planned.values_list("planned_on", flat=True)) == {
        date(2026, 9, 21): 2,
        date(2026, 9, 22): 2,
        date(2026, 9, 23): 3,
        date(2026, 9, 24): 3,
    }
    assert set(planned.values_list("agent__name", flat=True)) == {"agent", "agent2"}
    assert {visit.department for visit in planned} == {visiting.departments["service"]}
    promises = Promise.objects.filter(kind="visit.call", state="open")
    assert {each.subject_id: (each.owner_id, each.due_at) for each in promises} == {
        visit.pk: (visit.agent_id, visit.window_end) for visit in planned
    }


def test_the_same_seed_draws_the_same_week_again(visiting: Company, waiting: list[Visit]) -> None:
    small_quota()
    drawn = []
    for seed in (7, 8, 7):
        draft = plan_week(visiting.call("service_manager"), NEXT, seed=seed)
        drawn.append(list(draft.choices.order_by("visit").values_list("visit", "chosen", "agent", "window_start")))
    assert drawn[0] == drawn[2] != drawn[1]
    assert WeekPlan.objects.count() == 1


def test_publishing_twice_promises_once_and_an_old_draft_is_refused(visiting: Company, waiting: list[Visit]) -> None:
    small_quota()
    first = plan_week(visiting.call("service_manager"), NEXT, seed=1)
    publish_plan(visiting.call("service_manager"), first.pk)
    publish_plan(visiting.call("service_manager"), first.pk)
    assert Promise.objects.count() == 10
    second = plan_week(visiting.call("service_manager"), NEXT, seed=2)
    publish_plan(visiting.call("service_manager"), second.pk)
    with pytest.raises(Conflict, match="newer plan"):
        publish_plan(visiting.call("service_manager"), first.pk)
    assert Visit.objects.filter(state="planned").count() == 10
    assert Promise.objects.filter(state="open").count() == 10


def test_publishing_costs_as_many_statements_for_forty_visits_as_for_ten(
    visiting: Company, waiting: list[Visit], django_assert_max_num_queries: Callable
) -> None:
    small_quota()
    with CaptureQueriesContext(connection) as for_ten:
        publish_plan(system_call(), plan_week(system_call(), NEXT, seed=1).pk)
    rules = PlanRules.objects.get()
    rules.plan = {**rules.plan, "other_weeks": {"least": 40, "most": 40, "a_day": 10}}
    rules.save()
    draft = plan_week(system_call(), NEXT, seed=1)
    assert draft.chosen == 40
    with django_assert_max_num_queries(len(for_ten) + 4):
        publish_plan(system_call(), draft.pk)
    assert Promise.objects.filter(state="open").count() == 40


def test_filling_up_keeps_what_agents_already_see(visiting: Company, waiting: list[Visit], clock: MovableClock) -> None:
    small_quota()
    publish_plan(system_call(), plan_week(system_call(), NEXT, seed=1).pk)
    before = dict(Visit.objects.filter(state="planned").values_list("pk", "window_start"))
    clock.set("2026-09-21 14:10")
    lost = Visit.objects.filter(state="planned").order_by("window_start").first()
    Visit.objects.filter(pk=lost.pk).update(state="cancelled")
    again = plan_week(system_call(), NEXT, seed=2, fill_up=True)
    assert (again.kept, again.chosen) == (9, 1)
    publish_plan(system_call(), again.pk)
    after = dict(Visit.objects.filter(state="planned").values_list("pk", "window_start"))
    assert {pk: after[pk] for pk in before if pk != lost.pk} == {pk: before[pk] for pk in before if pk != lost.pk}
    assert len(after) == 10


def test_done_visits_count_against_the_quota(visiting: Company, waiting: list[Visit], clock: MovableClock) -> None:
    small_quota()
    publish_plan(system_call(), plan_week(system_call(), NEXT, seed=1).pk)
    clock.set("2026-09-21 14:05")
    first = Visit.objects.filter(state="planned", planned_on=NEXT).first()
    complete_visit(visiting.call(first.agent.name), first.pk, answers=GOOD)
    again = plan_week(system_call(), NEXT, seed=5)
    assert (again.kept, again.target, again.chosen) == (1, 10, 9)
    assert not again.choices.filter(visit=first).exists()


def test_leave_do_not_contact_and_a_recent_contact_are_respected(
    visiting: Company, waiting: list[Visit], clock: MovableClock
) -> None:
    Leave.objects.create(staff=visiting.staff["agent"], first_day="2026-09-01", last_day="2026-09-30")
    silent, talked = waiting[3].customer, waiting[7]
    Customer.objects.filter(pk=silent.pk).update(do_not_contact=True)
    Visit.objects.filter(pk=talked.pk).update(agent=visiting.staff["agent2"], state="planned", planned_on=MONDAY)
    talked.policy.__class__.objects.filter(pk=talked.policy_id).update(is_active=True)
    draft = plan_week(system_call(), NEXT, seed=1)
    assert set(draft.choices.filter(chosen=True).values_list("agent__name", flat=True)) == {"agent2"}
    assert draft.choices.get(visit__customer=silent).code == "do_not_contact"


def test_every_choice_explains_itself_in_both_directions(visiting: Company, waiting: list[Visit]) -> None:
    small_quota()
    draft = plan_week(system_call(), NEXT, seed=7)
    manager = visiting.actor("service_manager")
    assert draft.choices.count() == 40
    with override("en"):
        whys = [why_of(draft, manager, visit.pk) for visit in waiting]
    chosen = [why for why in whys if why.choice.chosen]
    assert len(chosen) == 10
    assert all(why.sentences[0].startswith("Chosen ") for why in chosen)
    assert all(why.sentences[0].startswith("Not chosen because ") for why in whys if not why.choice.chosen)
    (found,) = search_choices(draft, manager, waiting[0].customer.number)
    assert found.choice.visit == waiting[0]
    assert search_choices(draft, visiting.actor("rnd_head"), waiting[0].customer.number) == []


def test_store_without_a_turn_is_named(visiting: Company, waiting: list[Visit]) -> None:
    small_quota()
    draft = plan_week(system_call(), NEXT, seed=7)
    answer = plan_answer(draft.pk)
    assert answer["turn"] == "small"
    assert sum(each["planned"] for each in answer["strata"]) == answer["chosen"] == 10
    assert sum(each["candidates"] for each in answer["strata"]) == 40


@pytest.mark.django_db(transaction=True)
def test_two_who_draw_at_once_leave_one_draft(visiting: Company, buyer: Callable) -> None:
    for _ in range(12):
        buyer(days=5)
    draw_due(system_call())

    def draw(seed: int) -> int:
        try:
            return plan_week(system_call(), NEXT, seed=seed).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(draw, [1, 2]))
    (draft,) = WeekPlan.objects.all()
    assert PlanChoice.objects.count() == draft.choices.count() == 12


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_promise_once(visiting: Company, buyer: Callable) -> None:
    for _ in range(6):
        buyer(days=5)
    draw_due(system_call())
    draft = plan_week(system_call(), NEXT, seed=1)

    def publish(_: int) -> str:
        try:
            return publish_plan(system_call(), draft.pk).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(publish, range(2))) == ["published", "published"]
    assert Promise.objects.count() == 6


def test_a_week_that_is_over_or_no_monday_is_refused(visiting: Company, waiting: list[Visit]) -> None:
    with pytest.raises(Invalid, match="starts on Monday"):
        plan_week(system_call(), date(2026, 9, 22), seed=1)
    with pytest.raises(Invalid, match="plan the next week"):
        plan_week(system_call(), date(2026, 9, 7), seed=1)


def test_only_leads_plan(visiting: Company, waiting: list[Visit]) -> None:
    for who in ("agent", "quality", "store_manager", "auditor"):
        with pytest.raises(Forbidden):
            plan_week(visiting.call(who), NEXT, seed=1)


def test_windows_of_a_planned_week_keep_monday_morning_free(visiting: Company, waiting: list[Visit]) -> None:
    publish_plan(system_call(), plan_week(system_call(), NEXT, seed=1).pk)
    starts = {shanghai(visit.window_start)[11:] for visit in Visit.objects.filter(state="planned", planned_on=NEXT)}
    assert starts == {"14:00"}


def test_the_plan_takes_few_queries_whatever_the_number(
    visiting: Company, waiting: list[Visit], django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(40):
        plan_week(system_call(), NEXT, seed=1)


def test_the_command_draws_and_answers_json(visiting: Company, waiting: list[Visit]) -> None:
    with override("en"):
        result = CliRunner().invoke(plan_command, ["--week", "2026-W39", "--seed", "7", "--json"])
    answer = json.loads(result.output)
    assert (answer["week"], answer["seed"], answer["chosen"], answer["state"]) == ("2026-W39", 7, 40, "draft")
    assert answer["relaxations"][-1]["text"] == "40 of 200 visits could be filled; 160 places stay open."
    refused = CliRunner().invoke(plan_command, ["--week", "2026-W99", "--seed", "7"])
    assert "2026-W99" in str(refused.exception)
