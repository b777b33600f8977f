"""Days that are added up say what their records say, whatever changes later and by whatever hand."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from huiyin.cases.public import Case
from huiyin.foundation.calls import system_call
from huiyin.insights.models import AddedDay, DayTally, Touch
from huiyin.insights.public import Lens, add_up, board, store_boards
from huiyin.insights.queries.board import trends
from huiyin.promises.public import Promise
from huiyin.questionnaires.public import Asking, correct_answer
from huiyin.visits.public import Attempt, Visit
from tests.conftest import Company, MovableClock
from tests.insights.lifelike import Week

RECORDS = ("questionnaires_asking", "visits_visit", "visits_attempt", "cases_case", "promises_promise")
SEEN_BY = ("director", "service_manager", "store_manager", "agent", "rnd_head")


@pytest.fixture
def kept(full: Week, clock: MovableClock) -> Week:
    """The known week, over for a day, added up."""
    clock.set("2026-10-06T10:00")
    add_up(system_call())
    return full


def touched(week: Week) -> int:
    """Days that are over and changed since they were added up."""
    return Touch.objects.filter(at__lt=week.clock.now.replace(hour=0)).count()


def last_week(week: Week, who: str = "director", store: int | None = None) -> Lens:
    lens = week.lens(who, store)
    return lens.before()


def said(lens: Lens) -> object:
    found = board(lens)
    tiles = {code: (tile.figure, tile.change) for code, tile in found.tiles.items()}
    return {code: _rounded(*pair) for code, pair in tiles.items()}, [
        (one.code, one.count, one.share) for one in found.problems
    ]


def _rounded(figure: object, change: object) -> object:
    values = (*vars(figure).values(), *(vars(change).values() if change else ()))
    return tuple(round(one, 9) if isinstance(one, float) else one for one in values)


def from_records(lens: Lens) -> object:
    """The same figures when nothing is added up."""
    with transaction.atomic():
        AddedDay.objects.all().delete()
        found = said(lens)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("who", SEEN_BY)
def test_added_up_or_counted_from_records_is_the_same(kept: Week, who: str) -> None:
    for store in (None, kept.store("S01").pk, kept.store("S02").pk):
        lens = last_week(kept, who, store)
        assert said(lens) == from_records(lens)


def test_a_week_that_is_over_reads_no_record(kept: Week) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        said(last_week(kept))
        trends(last_week(kept))
    assert [one["sql"] for one in asked if any(table in one["sql"] for table in RECORDS)] == []


def _correct(week: Week) -> None:
    asking = Asking.objects.filter(mean=5).earliest("pk")
    correct_answer(week.company.call("agent"), asking.pk, "product", value=1, reason="听错了")


CHANGES: dict[str, Callable[[Week], object]] = {
    "an answer is corrected": _correct,
    "an answer comes late": lambda _: Asking.objects.filter(state="open").update(
        state="complete", completed_at=F("asked_at"), mean=2, scores={"product": 2}
    ),
    "answers go to another store": lambda week: Asking.objects.filter(mean=5).update(store_id=week.store("S02").pk),
    "an asking is erased": lambda _: Asking.objects.filter(mean=1).delete(),
    "a visit is judged anew": lambda _: Visit.objects.filter(state="done").update(state="partial"),
    "a visit is planned for another day": lambda _: Visit.objects.filter(state="planned").update(
        planned_on=F("planned_on") + timedelta(days=7)
    ),
    "a visit ends": lambda _: Visit.objects.filter(state="planned").update(
        state="refused", ended_at=F("created_at") + timedelta(days=2)
    ),
    "visits go to another store": lambda week: Visit.objects.filter(store=week.store("S01")).update(
        store=week.store("S02")
    ),
    "visits go to another department": lambda week: Visit.objects.update(
        department=week.company.departments["rnd"]
    ),
    "a dial is corrected": lambda _: Attempt.objects.filter(line="busy").update(line="connected"),
    "a dial is moved in time": lambda _: Attempt.objects.filter(line="busy").update(at=F("at") - timedelta(days=9)),
    "a case is settled": lambda _: Case.objects.filter(topic="attitude").update(settled_at=F("received_at")),
    "a clock of a case moves": lambda _: Case.objects.update(due_at=F("received_at")),
    "a case is received earlier": lambda _: Case.objects.update(received_at=F("received_at") - timedelta(days=3)),
    "a case becomes an inquiry": lambda _: Case.objects.filter(topic="attitude").update(kind="inquiry"),
    "a case has another topic": lambda _: Case.objects.filter(topic="attitude").update(topic="product"),
    "cases go to another department": lambda week: Case.objects.update(department=week.company.departments["rnd"]),
    "a promise turns out to have been kept": lambda _: Promise.objects.filter(state="open").update(
        state="kept", broken_at=None, settled_at=F("due_at")
    ),
    "a promise is moved": lambda _: Promise.objects.update(due_at=F("due_at") + timedelta(days=9)),
    "a first response is dated back": lambda _: Promise.objects.filter(kind="case.first_response").update(
        settled_at=F("settled_at") - timedelta(hours=1)
    ),
    "a promise is given up": lambda _: Promise.objects.filter(state="open").update(state="cancelled"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_later_changes_the_week(kept: Week, change: str) -> None:
    lenses = [last_week(kept, who) for who in ("director", "service_manager", "store_manager")]
    before = [said(lens) for lens in lenses]
    CHANGES[change](kept)
    now = [said(lens) for lens in lenses]
    assert now == [from_records(lens) for lens in lenses]
    assert now != before
    add_up(system_call())
    assert [said(lens) for lens in lenses] == now
    assert touched(kept) == 0


def test_what_matters_to_no_figure_touches_nothing(kept: Week) -> None:
    Case.objects.update(title="渗水", owner=kept.company.staff["agent2"])
    Visit.objects.update(ended_because="x")
    Promise.objects.update(title="x")
    assert touched(kept) == 0


def test_rows_that_are_copied_in_count_as_well(kept: Week) -> None:
    before = board(last_week(kept)).tiles["overall"].figure.n
    columns = (
        "questionnaire_id, subject, customer_id, store_id, department_id, asked_at, expires_at, state, completed_at"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO questionnaires_asking ({columns}, subject_id, attribution, way, emotion, scores, mean, flags)"
            f" SELECT {columns}, subject_id + 9000, '{{}}', '', '', scores, mean, '{{}}' FROM questionnaires_asking"
            " WHERE mean = 5 LIMIT 1"
        )
    assert board(last_week(kept)).tiles["overall"].figure.n == before + 1


def test_a_case_that_becomes_late_by_itself_changes_its_day(full: Week, clock: MovableClock) -> None:
    clock.set("2026-10-08T10:00")
    add_up(system_call())
    lens = last_week(full)
    assert (lens.period.code, board(lens).tiles["solved"].figure.n) == ("2026-W40", 2)
    third = Case.objects.get(topic="product", store=full.store("S02"))
    clock.set((third.due_at + timedelta(minutes=1)).isoformat())
    later = Lens(lens.actor, lens.period, clock.now)
    assert (board(later).tiles["solved"].figure.n, DayTally.objects.filter(source="cases").count() > 0) == (3, True)
    add_up(system_call())
    assert board(later).tiles["solved"].figure.n == 3


def test_stores_side_by_side_are_each_stores_board(kept: Week) -> None:
    lens = last_week(kept)
    ids = [store.pk for store in kept.company.stores.values()]
    for store, found in store_boards(lens, ids).items():
        alone = board(Lens(lens.actor, lens.period, lens.now, store))
        assert {code: tile.figure for code, tile in found.tiles.items()} == {
            code: tile.figure for code, tile in alone.tiles.items()
        }


def test_days_are_added_up_once(kept: Week) -> None:
    assert (add_up(system_call()), touched(kept)) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_change_that_commits_while_a_day_is_added_up_is_not_lost(full: Week, clock: MovableClock) -> None:
    clock.set("2026-10-06T10:00")
    changed, added = Event(), Event()

    def change() -> None:
        with transaction.atomic():
            Visit.objects.filter(state="done").update(state="partial")
            changed.set()
            assert added.wait(timeout=20)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(change)
        assert changed.wait(timeout=20)
        add_up(system_call())
        added.set()
        running.result(timeout=20)
    lens = last_week(full)
    assert board(lens).tiles["success-rate"].figure.value == 0
    assert said(lens) == from_records(lens)


def test_an_empty_company_has_nothing_to_add_up(company: Company) -> None:
    assert add_up(system_call()) == 0
