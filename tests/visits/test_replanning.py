"""A week is planned again with the least change: who is ill is relieved, what is done or called stays (VIS-18)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden
from huiyin.organisation.public import Leave
from huiyin.promises.public import Promise
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.do_plan_work import do_plan_work
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.start import start_visit
from huiyin.visits.commands import plan as plan_command
from huiyin.visits.models import PlanRules, PlanWork, Visit, WeekPlan
from huiyin.visits.public import draw_due, plan_week, publish_plan, replan_week
from huiyin.visits.queries.plans import relaxed_in_words
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD

NEXT = date(2026, 9, 21)

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned(visiting: Company, buyer: Callable, clock: MovableClock) -> dict[int, tuple[int, object]]:
    """Ten visits planned and published for next week, two people; Monday 14:05 of that week."""
    for _ in range(30):
        buyer(days=5, amount=6000)
    rules = PlanRules.objects.get()
    quota = {"least": 10, "most": 10, "a_day": 3}
    rules.plan = {**rules.plan, "first_week": quota, "other_weeks": quota, "small_store_minimum": 0}
    rules.save()
    draw_due(system_call())
    publish_plan(system_call(), plan_week(system_call(), NEXT, seed=7).pk)
    clock.set("2026-09-21 14:05")
    return places()


def places() -> dict[int, tuple[int, object]]:
    """Where each planned visit stands."""
    rows = Visit.objects.filter(state__in=["planned", "in_progress"]).values_list("pk", "agent_id", "window_end")
    return {pk: (agent, end) for pk, agent, end in rows}


def ill(company: Company, who: str, first: str = "2026-09-22", last: str = "2026-09-25") -> None:
    Leave.objects.create(staff=company.staff[who], first_day=first, last_day=last)


def of(company: Company, who: str, standing: dict[int, tuple[int, object]], day: str) -> list[int]:
    own = Visit.objects.filter(pk__in=standing, agent=company.staff[who], planned_on__gte=day)
    return sorted(own.values_list("pk", flat=True))


def test_nothing_moves_when_nothing_happened(visiting: Company, planned: dict) -> None:
    draft = replan_week(system_call(), NEXT)
    assert (draft.moved, draft.chosen, draft.mode, draft.seed) == (0, 10, "replan", 7)
    publish_plan(system_call(), draft.pk)
    assert places() == planned


def test_only_the_visits_of_whoever_is_ill_move(visiting: Company, planned: dict) -> None:
    hers = of(visiting, "agent2", planned, "2026-09-22")
    ill(visiting, "agent2")
    draft = replan_week(visiting.call("service_manager"), NEXT)
    assert draft.moved == len(hers) > 0
    assert places() == planned
    publish_plan(visiting.call("service_manager"), draft.pk)
    after = places()
    assert {pk for pk in planned if after[pk] != planned[pk]} == set(hers)
    assert {after[pk][0] for pk in hers} == {visiting.staff["agent"].pk}
    promised = Promise.objects.filter(kind="visit.call", state="open").values_list("subject_id", "owner_id")
    assert dict(promised) == {pk: agent for pk, (agent, _) in after.items()}


def test_what_is_done_begun_or_called_stays(visiting: Company, planned: dict, clock: MovableClock) -> None:
    today = list(Visit.objects.filter(planned_on=NEXT).order_by("pk"))
    done, called = today[0], today[1]
    complete_visit(visiting.call(done.agent.name), done.pk, answers=GOOD)
    start_visit(visiting.call(called.agent.name), called.pk)
    log_attempt(visiting.call(called.agent.name), called.pk, line="no_answer")
    begun = Visit.objects.filter(state="planned").exclude(pk=called.pk).first()
    start_visit(visiting.call(begun.agent.name), begun.pk)
    before = places()
    draft = replan_week(system_call(), NEXT)
    publish_plan(system_call(), draft.pk)
    assert places() == before
    assert not draft.choices.filter(visit__in=[done.pk, called.pk, begun.pk]).exists()
    assert (draft.moved, draft.kept) == (0, 3)


def test_a_day_that_is_over_is_made_up_for_and_owed_visits_find_room(
    visiting: Company, planned: dict, clock: MovableClock
) -> None:
    clock.set("2026-09-22 09:00")
    left = Visit.objects.filter(planned_on=NEXT, state="planned").count()
    urgent = Visit.objects.filter(state="due").first()
    Visit.objects.filter(pk=urgent.pk).update(sampled=False)
    draft = replan_week(system_call(), NEXT)
    assert (draft.moved, draft.chosen) == (left, 11)
    publish_plan(system_call(), draft.pk)
    days = Visit.objects.filter(state="planned").values_list("planned_on", flat=True)
    assert min(days) == date(2026, 9, 22)
    assert Visit.objects.get(pk=urgent.pk).planned_on == date(2026, 9, 22)


def test_a_day_that_overflows_gives_away_what_is_too_much_and_nothing_else_moves(
    visiting: Company, planned: dict, sign_in: Callable[..., Client]
) -> None:
    there = list(Visit.objects.filter(planned_on="2026-09-23").order_by("pk"))
    assert len(there) == 3
    Visit.objects.filter(pk=there[0].pk).update(sampled=False)
    client, address = sign_in("service_manager"), f"{reverse('plan')}?week=2026-W39"
    data = {"do": "relieve", "day": "2026-09-23", "most": "1", "once": "1"}
    assert client.post(address, data).status_code == 302
    do_plan_work(system_call(), PlanWork.objects.get().pk)
    draft = WeekPlan.objects.get(state="draft")
    assert (draft.moved, draft.chosen) == (2, 10)
    with override("en"):
        assert "2026-09-23 holds 1 visits at most, as was asked; the others went to other days." in relaxed_in_words(
            draft
        )
    publish_plan(system_call(), draft.pk)
    after = places()
    assert {pk for pk in planned if after[pk] != planned[pk]} == {visit.pk for visit in there[1:]}
    assert list(Visit.objects.filter(planned_on="2026-09-23")) == there[:1], "what is owed on the day stays"
    for wrong in ({"day": "x"}, {"most": "-1"}, {"most": ""}):
        assert client.post(address, {**data, **wrong, "once": str(wrong)}).status_code == 422


def test_a_week_without_a_published_plan_is_refused_and_so_is_who_may_not_plan(
    visiting: Company, planned: dict
) -> None:
    with pytest.raises(Conflict, match="draw it first"):
        replan_week(system_call(), date(2026, 9, 28))
    with pytest.raises(Forbidden):
        replan_week(visiting.call("agent"), NEXT)


def test_button_and_command_plan_again_and_say_how_many_move(
    visiting: Company, planned: dict, sign_in: Callable[..., Client]
) -> None:
    hers = of(visiting, "agent2", planned, "2026-09-22")
    ill(visiting, "agent2")
    client = sign_in("service_manager")
    address = f"{reverse('plan')}?week=2026-W39"
    with override("en"):
        shown = client.post(address, {"do": "replan", "once": "1"}, follow=True)
    assert shown.status_code == 200
    do_plan_work(system_call(), PlanWork.objects.get().pk)
    assert WeekPlan.objects.get(state="draft").moved == len(hers)
    result = CliRunner().invoke(plan_command, ["--week", "2026-W39", "--replan", "--json"])
    assert json.loads(result.output)["moved"] == len(hers)
    assert CliRunner().invoke(plan_command, ["--week", "2026-W39"]).exit_code == 2


def test_an_owed_visit_nobody_can_make_any_more_is_owed_by_the_department(visiting: Company, planned: dict) -> None:
    hers = of(visiting, "agent2", planned, "2026-09-22")
    Visit.objects.filter(pk=hers[0]).update(sampled=False)
    for who in ("agent", "agent2"):
        ill(visiting, who, first="2026-09-21")
    publish_plan(system_call(), replan_week(system_call(), NEXT).pk)
    released = Visit.objects.get(pk=hers[0])
    assert (released.state, released.agent, released.planned_on) == ("due", None, None)
    promised = Promise.objects.get(kind="visit.call", state="open", subject_id=hers[0])
    assert (promised.owner, promised.department) == (None, visiting.departments["service"])
    later = Promise.objects.filter(kind="visit.call", state="open", due_at__gte="2026-09-22T00:00+08:00")
    assert {each.subject_id for each in later} <= {hers[0]}, "drawn visits without a place are promised no more"
