"""Visits are moved by hand on the draft and on the published plan: once, seen by all, never lost (VIS-16, VIS-18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest
from django.db import connections
from django.utils.translation import override

from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound, Repeated
from huiyin.organisation.public import Leave, Staff
from huiyin.promises.public import Promise
from huiyin.visits.actions.agree_visit import agree_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.holding import hold_week
from huiyin.visits.actions.move_visit import Spot, move_visit
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import PlanChoice, PlanRules, Visit, VisitPolicy, WeekPlan
from huiyin.visits.public import draw_due, plan_week, publish_plan
from huiyin.visits.queries.choices import why_of
from tests.conftest import SHANGHAI, Company, MovableClock
from tests.visits.conftest import GOOD

NEXT = date(2026, 9, 21)
THURSDAY = datetime(2026, 9, 24, 16, 30, tzinfo=SHANGHAI)

pytestmark = pytest.mark.django_db


def draft_of(company: Company, buyer: Callable, count: int = 8) -> WeekPlan:
    """A drafted week of ``count`` visits, two people."""
    for _ in range(count):
        buyer(days=5, amount=6000)
    rules = PlanRules.objects.get()
    quota = {"least": count, "most": count, "a_day": count // 4}
    rules.plan = {**rules.plan, "first_week": quota, "other_weeks": quota, "small_store_minimum": 0}
    rules.save()
    draw_due(system_call())
    return plan_week(system_call(), NEXT, seed=7)


@pytest.fixture
def draft(visiting: Company, buyer: Callable) -> WeekPlan:
    return draft_of(visiting, buyer)


@pytest.fixture
def published(draft: WeekPlan) -> WeekPlan:
    return publish_plan(system_call(), draft.pk)


def card(plan: WeekPlan, day: date = NEXT) -> PlanChoice:
    """A visit planned for a day."""
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    found = plan.choices.filter(chosen=True, window_start__gte=start, by_hand=False).order_by("window_start", "visit")
    return found.select_related("visit", "agent").first()


def spot(choice: PlanChoice) -> Spot:
    return Spot(choice.agent_id, choice.window_end)


def thursday(company: Company, who: str = "agent") -> Spot:
    return Spot(company.staff[who].pk, THURSDAY)


def test_on_a_draft_only_the_draft_changes(visiting: Company, draft: WeekPlan) -> None:
    choice = card(draft)
    move_visit(
        visiting.call("service_manager"), draft.pk, choice.visit_id, to=thursday(visiting, "agent2"), seen=spot(choice)
    )
    moved = PlanChoice.objects.get(pk=choice.pk)
    assert (moved.agent, moved.window_end, moved.by_hand) == (visiting.staff["agent2"], THURSDAY, True)
    assert set(Visit.objects.values_list("state", flat=True)) == {"due"}
    with override("en"):
        sentences = why_of(draft, visiting.actor("service_manager"), choice.visit_id).sentences
    assert sentences[-2:] == ("Moved here by service_manager.", "The day then has 3 visits; an even share is 2.")
    publish_plan(system_call(), draft.pk)
    visit = Visit.objects.get(pk=choice.visit_id)
    assert (visit.agent, visit.window_end, visit.planned_on) == (visiting.staff["agent2"], THURSDAY, date(2026, 9, 24))


def test_on_the_published_plan_the_visit_moves_and_its_promise_with_it(visiting: Company, published: WeekPlan) -> None:
    choice = card(published)
    others = set(Promise.objects.exclude(subject_id=choice.visit_id).values_list("pk", "owner", "due_at"))
    move_visit(
        visiting.call("service_manager"), published.pk, choice.visit_id, to=thursday(visiting), seen=spot(choice)
    )
    visit = Visit.objects.get(pk=choice.visit_id)
    assert (visit.agent, visit.window_end, visit.planned_on) == (visiting.staff["agent"], THURSDAY, date(2026, 9, 24))
    promise = Promise.objects.get(subject_id=visit.pk, state="open")
    assert (promise.owner, promise.due_at) == (visiting.staff["agent"], THURSDAY)
    assert set(Promise.objects.exclude(subject_id=visit.pk).values_list("pk", "owner", "due_at")) == others
    entry = ActEntry.objects.get(verb="visits.move")
    assert (entry.subject_id, entry.customer_id, entry.actor_name) == (visit.pk, visit.customer_id, "service_manager")
    before = datetime.fromisoformat(entry.data["before"][1])
    assert [entry.data["before"][0], before] == [choice.agent_id, choice.window_end]
    assert entry.data["relaxed"] == ["The day then has %(count)s visits; an even share is %(share)s."]


def test_a_double_click_moves_once(visiting: Company, published: WeekPlan) -> None:
    choice = card(published)

    def move(once: str) -> None:
        call = visiting.call("service_manager", once)
        move_visit(call, published.pk, choice.visit_id, to=thursday(visiting), seen=spot(choice))

    move("click")
    with pytest.raises(Repeated):
        move("click")
    move("another click")
    assert ActEntry.objects.filter(verb="visits.move").count() == 1
    assert Promise.objects.filter(subject_id=choice.visit_id).count() == 2


def test_hard_rules_refuse_on_both_plans_and_nothing_changes(visiting: Company, draft: WeekPlan) -> None:
    Leave.objects.create(staff=visiting.staff["agent2"], first_day="2026-09-24", last_day="2026-09-24")
    choice = card(draft)
    for plan in (draft, publish_plan(system_call(), draft.pk)):
        before = set(PlanChoice.objects.values_list("pk", "agent", "window_end"))
        with pytest.raises(Conflict, match="agent2 is away"):
            move_visit(
                visiting.call("service_manager"),
                plan.pk,
                choice.visit_id,
                to=thursday(visiting, "agent2"),
                seen=spot(choice),
            )
        assert set(PlanChoice.objects.values_list("pk", "agent", "window_end")) == before
    assert not ActEntry.objects.filter(verb="visits.move").exists()


def test_what_is_begun_or_done_stays(visiting: Company, published: WeekPlan, clock: MovableClock) -> None:
    clock.set("2026-09-21 14:05")
    first, second = Visit.objects.filter(planned_on=NEXT).order_by("pk")[:2]
    start_visit(visiting.call(first.agent.name), first.pk)
    complete_visit(visiting.call(second.agent.name), second.pk, answers=GOOD)
    for visit, why in ((first, "has already taken"), (second, "has ended")):
        seen = Spot(visit.agent_id, visit.window_end)
        with pytest.raises(Conflict, match=why):
            move_visit(visiting.call("service_manager"), published.pk, visit.pk, to=thursday(visiting), seen=seen)


def test_who_comes_second_is_told_and_overwrites_nothing(visiting: Company, published: WeekPlan) -> None:
    choice = card(published)
    seen = spot(choice)
    move_visit(visiting.call("service_manager"), published.pk, choice.visit_id, to=thursday(visiting), seen=seen)
    elsewhere = thursday(visiting, "agent2")
    with pytest.raises(Conflict, match="it is with agent now"):
        move_visit(visiting.call("director"), published.pk, choice.visit_id, to=elsewhere, seen=seen)
    assert Visit.objects.get(pk=choice.visit_id).agent == visiting.staff["agent"]


def test_who_may_not_plan_or_see_moves_nothing(visiting: Company, published: WeekPlan) -> None:
    choice = card(published)
    with pytest.raises(Forbidden):
        move_visit(visiting.call("agent"), published.pk, choice.visit_id, to=thursday(visiting), seen=spot(choice))
    with pytest.raises(NotFound):
        move_visit(visiting.call("director"), 999, choice.visit_id, to=thursday(visiting), seen=spot(choice))


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_at_one_place_fill_it_once(visiting: Company, buyer: Callable) -> None:
    """One person has room for one more visit on Thursday; fifty different visits are moved there at once."""
    draft = draft_of(visiting, buyer, 60)
    published = publish_plan(system_call(), draft.pk)
    free = Staff.objects.create(
        username="late", name="late", roles=["agent"], department=visiting.departments["service"], daily_capacity=1
    )
    choices = list(published.choices.filter(chosen=True).order_by("visit")[:50])
    call = visiting.call("service_manager")

    def move(choice: PlanChoice) -> str:
        try:
            move_visit(call, published.pk, choice.visit_id, to=Spot(free.pk, THURSDAY), seen=spot(choice))
        except Conflict as refused:
            return refused.why.text
        finally:
            connections.close_all()
        return "moved"

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(move, choices))
    assert answers == {"moved": 1, "%(name)s makes %(most)s visits a day; this day is full.": 49}
    assert Visit.objects.filter(agent=free).count() == 1
    assert Promise.objects.filter(owner=free, state="open").count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_who_move_the_same_visit_move_it_once(visiting: Company, buyer: Callable) -> None:
    published = publish_plan(system_call(), draft_of(visiting, buyer).pk)
    choice = card(published)
    places = [
        Spot(visiting.staff[who].pk, datetime(2026, 9, day, hour, 30, tzinfo=SHANGHAI))
        for day, hour in ((22, 11), (22, 16), (23, 11), (23, 16), (24, 11))
        for who in ("agent", "agent2")
        for _ in range(5)
    ]
    call = visiting.call("service_manager")

    def move(to: Spot) -> Spot | None:
        try:
            move_visit(call, published.pk, choice.visit_id, to=to, seen=spot(choice))
        except Conflict:
            return None
        finally:
            connections.close_all()
        return to

    with ThreadPoolExecutor(8) as pool:
        reached = {to for to in pool.map(move, places) if to}
    visit = Visit.objects.get(pk=choice.visit_id)
    assert reached == {Spot(visit.agent_id, visit.window_end)}, "only who meant the same place is answered with yes"
    assert ActEntry.objects.filter(verb="visits.move").count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_week_is_being_planned_nothing_is_moved(visiting: Company, buyer: Callable) -> None:
    from django.db import transaction

    published = publish_plan(system_call(), draft_of(visiting, buyer).pk)
    choice, call = card(published), visiting.call("service_manager")

    def move() -> str:
        try:
            move_visit(call, published.pk, choice.visit_id, to=thursday(visiting), seen=spot(choice))
        except Conflict as refused:
            return refused.why.text
        finally:
            connections.close_all()
        return "moved"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold_week(NEXT)
            assert pool.submit(move).result(timeout=20).startswith("This week is being planned right now")
        assert pool.submit(move).result(timeout=20) == "moved"


@pytest.mark.django_db(transaction=True)
def test_fifty_owed_visits_that_come_at_once_share_the_places_that_are_free(visiting: Company, buyer: Callable) -> None:
    """Two people with room for one visit a day, seven days left of two weeks: fourteen places for fifty customers."""
    Staff.objects.filter(roles__contains=["agent"]).update(daily_capacity=1)
    customers = [buyer(days=90).customer_id for _ in range(50)]
    kind = VisitPolicy.objects.get(code="agreed").code
    call = visiting.call("service_manager")

    def owe(customer: int) -> None:
        try:
            agree_visit(call, customer, kind=kind, on=date(2026, 9, 15))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(owe, customers))
    placed = Counter(Visit.objects.filter(state="planned").values_list("agent", "planned_on"))
    assert set(placed.values()) == {1}
    assert len(placed) == 2 * len({day for _, day in placed}), "everybody's every day is used"
    assert Visit.objects.count() == Promise.objects.filter(kind="visit.call", state="open").count() == 50
