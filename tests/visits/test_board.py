"""The board of a week: who has what when, what moved and what is done, fast and readable for a hundred people."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.organisation.public import Leave, Staff
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.do_plan_work import do_plan_work
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import PlanWork, Visit, WeekPlan
from huiyin.visits.public import plan_week, publish_plan, replan_week
from huiyin.visits.queries.board import board_of, place_of
from huiyin.visits.queries.board_shown import Board, Card
from huiyin.visits.queries.changes import changes_of, why_again
from tests.conftest import Company, MovableClock
from tests.visits.big_week import NEXT, big_week
from tests.visits.conftest import GOOD

WEEK = "?week=2026-W39"

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(visiting: Company) -> WeekPlan:
    """Sixteen visits of two people, four a day."""
    big_week(visiting, people=2, visits=16, a_day=20)
    return publish_plan(system_call(), plan_week(system_call(), NEXT, seed=7).pk)


def shown(plan: WeekPlan, company: Company, who: str = "service_manager", **more: object) -> Board:
    return board_of(plan, company.actor(who), system_call().now, **more)  # type: ignore[arg-type]


def cards(board: Board) -> dict[int, Card]:
    return {card.visit_id: card for row in board.rows for day in row.days for slot in day.slots for card in slot.cards}


def test_every_visit_stands_in_its_window_and_days_are_added_up(visiting: Company, published: WeekPlan) -> None:
    board = shown(published, visiting)
    assert [head.words for head in board.heads] == ["4 / 4"] * 4
    assert [(row.agent, row.total) for row in board.rows] == [("agent", 8), ("agent2", 8)]
    assert {pk: card.seen for pk, card in cards(board).items()} == {
        visit.pk: place_of(visit.agent_id, visit.window_end) for visit in Visit.objects.filter(state="planned")
    }
    monday, tuesday = board.rows[0].days[:2]
    assert [f"{slot.start:%H:%M}" for slot in monday.slots] == ["14:00"], "no calls on Monday morning"
    assert [f"{slot.start:%H:%M}" for slot in tuesday.slots] == ["10:00", "14:00"]
    assert all(card.may_move and not card.moved for card in cards(board).values())


def test_after_planning_again_what_is_done_stays_and_what_moved_is_marked(
    visiting: Company, published: WeekPlan, clock: MovableClock
) -> None:
    clock.set("2026-09-21 14:05")
    done, begun = Visit.objects.filter(planned_on=NEXT).order_by("pk")[:2]
    complete_visit(visiting.call(done.agent.name), done.pk, answers=GOOD)
    start_visit(visiting.call(begun.agent.name), begun.pk)
    Leave.objects.create(staff=visiting.staff["agent2"], first_day="2026-09-22", last_day="2026-09-24")
    hers = set(Visit.objects.filter(agent__name="agent2", planned_on__gt=NEXT).values_list("pk", flat=True))
    with override("en"):
        assert why_again(published, system_call().now) == [f"agent2 is away and has {len(hers)} visits."]
    draft = replan_week(system_call(), NEXT)
    changes = changes_of(draft, visiting.actor("service_manager"))
    assert (changes.moved, changes.dropped, changes.added, changes.kept) == (len(hers), 0, 0, 2)
    assert changes.stays == 14 - len(hers)
    assert {choice.visit_id for choice in changes.shown} == hers
    for plan in (draft, publish_plan(system_call(), draft.pk)):
        board = shown(plan, visiting)
        found = cards(board)
        assert len(found) == 16
        assert {pk for pk, card in found.items() if card.moved} == hers
        assert (found[done.pk].state, found[begun.pk].state) == ("done", "in_progress")
        assert not found[done.pk].may_move
        assert not found[begun.pk].may_move
        assert [day.away for day in board.rows[1].days] == [False, True, True, True]
        assert [day.count for day in board.rows[1].days][1:] == [0, 0, 0]
        assert board.heads[0].words == "4 / 4 · ✓ 1"
    assert why_again(WeekPlan.objects.get(state="published"), system_call().now) == []


def test_why_a_week_should_be_planned_again_is_said(
    visiting: Company, published: WeekPlan, clock: MovableClock
) -> None:
    clock.set("2026-09-22 09:00")
    urgent = Visit.objects.filter(planned_on="2026-09-24").first()
    Visit.objects.filter(pk=urgent.pk).update(state="due", sampled=False, agent=None, planned_on=None, plan=None)
    Staff.objects.filter(name="agent").update(daily_capacity=1)
    over = sum(
        max(Visit.objects.filter(agent__name="agent", planned_on=f"2026-09-{day}").count() - 1, 0)
        for day in (21, 22, 23, 24)
    )
    with override("en"):
        assert why_again(published, system_call().now) == [
            "Left over from windows that have passed: 4.",
            f"More visits than the people make a day: {over}.",
            "Urgent visits without a place: 1.",
        ]
    assert {card.missed for card in cards(shown(published, visiting)).values()} == {True, False}
    publish_plan(system_call(), replan_week(system_call(), NEXT).pk)
    assert not Visit.objects.filter(state="planned", window_end__lte=system_call().now).exists()
    assert Visit.objects.get(pk=urgent.pk).state == "planned"


def test_names_of_customers_outside_the_area_are_not_told(visiting: Company, published: WeekPlan) -> None:
    board = shown(published, visiting, "store_manager")
    mine = {pk for pk, card in cards(board).items() if card.name}
    assert mine == set(Visit.objects.filter(state="planned", store__code="S01").values_list("pk", flat=True))
    assert not any(card.may_move for card in cards(board).values())
    assert [row.total for row in board.rows] == [8, 8], "how many there are is told"


def test_the_form_shows_each_window_with_the_reason_and_moves(
    visiting: Company, published: WeekPlan, sign_in: Callable[[str], Client]
) -> None:
    Leave.objects.create(staff=visiting.staff["agent2"], first_day="2026-09-24", last_day="2026-09-24")
    client, visit = sign_in("service_manager"), Visit.objects.filter(planned_on="2026-09-22").first()
    address = reverse("plan-move", args=[published.pk, visit.pk])
    page = client.get(f"{address}?agent={visiting.staff['agent2'].pk}").content.decode()
    assert page.count("agent2这一天不在岗。") == 2
    here = place_of(visit.agent_id, visit.window_end)
    assert f'value="{here}" required checked' in client.get(address).content.decode()
    thursday = Visit.objects.filter(planned_on="2026-09-24", agent__name="agent").latest("window_end").window_end
    seen = place_of(visit.agent_id, visit.window_end)
    to = place_of(visiting.staff["agent2"].pk, thursday)
    refused = client.post(address, {"to": to, "seen": seen, "once": "1"})
    assert refused.status_code == 409
    assert "agent2这一天不在岗。" in refused.content.decode()
    to = place_of(visiting.staff["agent"].pk, thursday)
    for _ in range(2):
        assert client.post(address, {"to": to, "seen": seen, "once": "2"}).status_code == 302
    visit.refresh_from_db()
    assert (visit.agent.name, visit.window_end) == ("agent", thursday)
    assert ActEntry.objects.filter(verb="visits.move").count() == 1
    other = client.post(address, {"to": seen, "seen": seen, "once": "3"}, headers={"accept": "application/json"})
    assert (other.status_code, "其他人刚刚调整了这个回访" in other.json()["text"]) == (409, True)
    for nonsense in ("", "x@y", "1@2026-09-21", "@"):
        assert client.post(address, {"to": nonsense, "seen": seen, "once": "4"}).status_code == 409


def test_the_board_asks_for_the_verdict_of_every_place_shown(
    visiting: Company, published: WeekPlan, sign_in: Callable[[str], Client]
) -> None:
    Leave.objects.create(staff=visiting.staff["agent2"], first_day="2026-09-24", last_day="2026-09-24")
    visit = Visit.objects.filter(planned_on="2026-09-22").first()
    address = reverse("plan-places", args=[published.pk, visit.pk])
    people = f"{visiting.staff['agent'].pk},{visiting.staff['agent2'].pk},x"
    said = sign_in("service_manager").get(f"{address}?people={people}").json()
    assert set(said["no"].values()) == {"agent2这一天不在岗。"}
    assert len(said["no"]) == 2
    other_days = [place for place in said["soft"] if "2026-09-22" not in place]
    assert len(said["soft"]) == len(other_days) == 8, "soft rules only where the day would hold more than its share"
    for who in ("agent", "store_manager", "auditor"):
        assert sign_in(who).get(address).status_code == 403
        assert sign_in(who).post(reverse("plan-move", args=[published.pk, visit.pk])).status_code == 403


def test_somebody_falls_ill_is_one_form_on_the_board(
    visiting: Company, published: WeekPlan, sign_in: Callable[[str], Client]
) -> None:
    client, address = sign_in("service_manager"), f"{reverse('plan')}{WEEK}"
    ill = {"do": "away", "agent": visiting.staff["agent2"].pk, "first_day": "2026-09-22", "last_day": "2026-09-23"}
    for _ in range(2):
        assert client.post(address, {**ill, "once": "1"}).status_code == 302
    leave = Leave.objects.get()
    assert (leave.staff, leave.first_day, leave.last_day) == (
        visiting.staff["agent2"],
        date(2026, 9, 22),
        date(2026, 9, 23),
    )
    do_plan_work(system_call(), PlanWork.objects.get().pk)
    draft = WeekPlan.objects.get(state="draft")
    assert draft.moved == 4
    assert "4 个回访换位置" in client.get(address).content.decode()
    wrong = client.post(address, {**ill, "once": "2"})
    assert wrong.status_code == 422, "noted already"
    assert "first_day" in wrong.content.decode()
    assert client.post(address, {"do": "away", "once": "3"}).status_code == 422
    assert (Leave.objects.count(), PlanWork.objects.count()) == (1, 1)
    assert client.post(f"{reverse('plan')}?week=2026-W40", {"do": "replan", "once": "4"}).status_code == 422
    assert sign_in("quality").post(address, {**ill, "once": "5"}).status_code == 403


def test_a_hundred_people_with_two_thousand_visits_stay_readable(
    visiting: Company, sign_in: Callable[[str], Client]
) -> None:
    big_week(visiting, people=100, visits=2000, a_day=8)
    publish_plan(system_call(), plan_week(system_call(), NEXT, seed=1).pk)
    client, address = sign_in("service_manager"), f"{reverse('plan')}{WEEK}"
    client.get(address)
    began = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)
    spent = time.process_time() - began
    text = page.content.decode()
    assert len(asked) <= 36
    assert len(page.content) < 250_000
    assert text.count('class="plan-card') == 240
    assert "1–12 / 100" in text
    assert spent < 1.5
    assert "97–100 / 100" in client.get(f"{address}&from=96").content.decode()
    assert "1–1 / 1" not in client.get(f"{address}&who=坐席007").content.decode()
    assert client.get(f"{address}&who=坐席007").content.decode().count("data-person=") == 1
    assert client.get(f"{address}&who=nobody").status_code == 200
    visit = Visit.objects.filter(state="planned").first()
    began = time.process_time()
    places = client.get(
        reverse("plan-places", args=[WeekPlan.objects.get().pk, visit.pk]),
        {"people": ",".join(str(pk) for pk in Staff.objects.values_list("pk", flat=True)[:12])},
    )
    assert places.status_code == 200
    assert time.process_time() - began < 1.0
