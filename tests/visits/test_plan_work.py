"""Drawing, planning again and publishing are work of the worker: seen, stopped, taken up again, done once (VIS-18)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.promises.public import Promise
from huiyin.visits.actions.begin_plan_work import begin_plan_work, resume_plan_work, stop_plan_work
from huiyin.visits.actions.do_plan_work import do_plan_work
from huiyin.visits.models import PlanWork, Visit, WeekPlan
from huiyin.visits.public import draw_due, plan_week, publish_plan
from tests.conftest import Company, MovableClock

NEXT = date(2026, 9, 21)
WEEK = "?week=2026-W39"

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(visiting: Company, buyer: Callable) -> Company:
    """Six customers with visits due next week."""
    for _ in range(6):
        buyer(days=5)
    draw_due(system_call())
    return visiting


def newest() -> PlanWork:
    return PlanWork.objects.latest("id")


def test_the_page_asks_the_worker_and_shows_how_far_it_is(six: Company, sign_in: Callable[[str], Client]) -> None:
    client, address = sign_in("service_manager"), f"{reverse('plan')}{WEEK}"
    assert client.post(address, {"do": "draw", "seed": "7", "once": "1"}).status_code == 302
    assert client.post(address, {"do": "draw", "seed": "7", "once": "1"}).status_code == 302
    work = PlanWork.objects.get()
    assert (work.task, work.seed, work.state, WeekPlan.objects.count()) == ("draw", 7, "waiting", 0)
    shown = client.get(address).content.decode()
    assert "等待处理" in shown
    assert 'name="do"' not in shown, "nothing else is begun meanwhile"
    PlanWork.objects.update(state="running", step="sample")
    bar = client.get(reverse("plan-work", args=[work.pk]))
    assert "按配额、金额段和轮次抽样" in bar.content.decode()
    assert "50%" in bar.content.decode()
    assert "HX-Refresh" not in bar.headers
    do_plan_work(system_call(), work.pk)
    assert client.get(reverse("plan-work", args=[work.pk])).headers["HX-Refresh"] == "true"
    assert (newest().state, newest().plan, WeekPlan.objects.get().chosen) == ("done", WeekPlan.objects.get(), 6)
    assert "plan-work" not in client.get(address).content.decode()


def test_what_was_asked_is_done_in_the_name_of_who_asked(six: Company) -> None:
    begin_plan_work(six.call("service_manager"), NEXT, task="draw", seed=3)
    do_plan_work(system_call(), newest().pk)
    draft = WeekPlan.objects.get()
    assert (draft.drawn_by, draft.seed) == (six.staff["service_manager"], 3)
    begin_plan_work(six.call("director"), NEXT, task="publish", plan_id=draft.pk)
    do_plan_work(system_call(), newest().pk)
    draft.refresh_from_db()
    assert (draft.state, draft.published_by) == ("published", six.staff["director"])
    assert Promise.objects.filter(kind="visit.call", state="open").count() == 6
    begin_plan_work(six.call("director"), NEXT, task="replan")
    do_plan_work(system_call(), newest().pk)
    again = WeekPlan.objects.get(state="draft")
    assert (again.mode, again.moved, again.drawn_by) == ("replan", 0, six.staff["director"])
    do_plan_work(system_call(), newest().pk)
    assert WeekPlan.objects.count() == 2, "told a second time it does nothing"


def test_work_that_waits_is_stopped_at_once_and_taken_up_again(six: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("service_manager")
    work = begin_plan_work(six.call("service_manager"), NEXT, task="draw", seed=7)
    assert client.post(reverse("plan-work-stop", args=[work.pk]), {"once": "1"}).status_code == 302
    do_plan_work(system_call(), work.pk)
    assert (newest().state, WeekPlan.objects.count()) == ("cancelled", 0)
    with pytest.raises(Conflict, match="ended already"):
        stop_plan_work(six.call("service_manager"), work.pk)
    assert "已取消" in client.get(f"{reverse('plan')}{WEEK}").content.decode()
    for _ in range(2):
        assert client.post(reverse("plan-work-again", args=[work.pk]), {"once": "2"}).status_code == 302
    assert PlanWork.objects.count() == 2
    do_plan_work(system_call(), newest().pk)
    assert (newest().state, newest().seed, WeekPlan.objects.get().chosen) == ("done", 7, 6)
    with pytest.raises(Conflict, match="stopped"):
        resume_plan_work(six.call("service_manager"), newest().pk)


def test_work_that_cannot_be_done_says_why_and_changes_nothing(six: Company, sign_in: Callable[[str], Client]) -> None:
    first = plan_week(system_call(), NEXT, seed=1)
    begin_plan_work(six.call("service_manager"), NEXT, task="publish", plan_id=first.pk)
    plan_week(system_call(), NEXT, seed=2)
    do_plan_work(system_call(), newest().pk)
    assert newest().state == "failed"
    assert set(Visit.objects.values_list("state", flat=True)) == {"due"}
    assert not Promise.objects.exists()
    shown = sign_in("service_manager").get(f"{reverse('plan')}{WEEK}").content.decode()
    assert "不存在" in shown


def test_nonsense_is_refused_before_the_worker_hears_of_it(six: Company, clock: MovableClock) -> None:
    call = six.call("service_manager")
    with pytest.raises(Invalid, match="starts on Monday"):
        begin_plan_work(call, date(2026, 9, 22), task="draw")
    with pytest.raises(Invalid, match="plan the next week"):
        begin_plan_work(call, date(2026, 9, 7), task="draw")
    with pytest.raises(Conflict, match="draw it first"):
        begin_plan_work(call, NEXT, task="replan")
    with pytest.raises(NotFound):
        begin_plan_work(call, NEXT, task="publish", plan_id=99)
    with pytest.raises(Forbidden):
        begin_plan_work(six.call("agent"), NEXT, task="draw")
    begin_plan_work(call, NEXT, task="draw")
    with pytest.raises(Conflict, match="being worked on"):
        begin_plan_work(call, NEXT, task="draw")
    begin_plan_work(call, date(2026, 9, 28), task="draw")
    assert PlanWork.objects.count() == 2, "another week is other work"


@contextmanager
def _barrier(table: str) -> Iterator[None]:
    """Nobody writes into the table meanwhile."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        yield


def _in_thread(call: Callable[[], object]) -> Callable[[], object]:
    def closing() -> object:
        try:
            return call()
        finally:
            connections.close_all()

    return closing


def _until_step(step: str) -> PlanWork:
    """Waits until the work is seen to be at a step, from outside its transaction."""
    from tests.config.waiting import until

    def there() -> PlanWork | None:
        return PlanWork.objects.filter(step=step, state="running").first()

    found: PlanWork = until(there, f"the work is at {step}", 20)
    return found


@pytest.mark.django_db(transaction=True)
def test_others_see_each_step_while_it_goes_on_and_may_stop_it(visiting: Company, buyer: Callable) -> None:
    for _ in range(6):
        buyer(days=5)
    work = begin_plan_work(visiting.call("service_manager"), NEXT, task="draw", seed=7)
    with ThreadPoolExecutor(1) as pool:
        with _barrier("visits_planchoice"):
            running = pool.submit(_in_thread(lambda: do_plan_work(system_call(), work.pk)))
            _until_step("explain")
            pool_of_one = ThreadPoolExecutor(1)
            stop = _in_thread(lambda: stop_plan_work(visiting.call("service_manager"), work.pk))
            pool_of_one.submit(stop).result(timeout=20)
        running.result(timeout=20)
    assert (newest().state, WeekPlan.objects.count(), Visit.objects.exists()) == ("cancelled", 0, False)


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_the_same_publishing_promise_once(visiting: Company, buyer: Callable) -> None:
    for _ in range(6):
        buyer(days=5)
    draw_due(system_call())
    draft = plan_week(system_call(), NEXT, seed=1)
    work = begin_plan_work(visiting.call("service_manager"), NEXT, task="publish", plan_id=draft.pk)
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(_in_thread(lambda: do_plan_work(system_call(), work.pk))) for _ in range(2)]
        for each in both:
            each.result(timeout=30)
    assert newest().state == "done"
    assert Promise.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_fifty_who_begin_at_once_begin_once(visiting: Company) -> None:
    def begin(_: int) -> str:
        try:
            begin_plan_work(visiting.call("service_manager"), NEXT, task="draw", seed=1)
        except Conflict:
            return "refused"
        finally:
            connections.close_all()
        return "begun"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(begin, range(50)))
    assert (answers.count("begun"), answers.count("refused"), PlanWork.objects.count()) == (1, 49, 1)


def test_publishing_an_already_published_plan_again_changes_nothing(six: Company) -> None:
    draft = plan_week(system_call(), NEXT, seed=1)
    publish_plan(system_call(), draft.pk)
    begin_plan_work(six.call("service_manager"), NEXT, task="publish", plan_id=draft.pk)
    do_plan_work(system_call(), newest().pk)
    assert (newest().state, Promise.objects.count()) == ("done", 6)
