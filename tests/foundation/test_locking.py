"""A locked row is as it is now, and so is what is joined to it; without joins it costs one statement."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections, models, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Department, Staff
from tests.conftest import Company

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = Staff.objects.select_related("department")


def somebody_waits() -> bool:
    """Whether another connection waits for a lock of this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))")
        return bool(cursor.fetchone()[0])


def locked_while_another_moves(
    act: Act, rows: models.QuerySet[Staff], person: Staff, **changes: object
) -> Staff | None:
    """What a second connection gets that waits for the lock until the row has been changed."""
    begin = Event()

    def lock() -> Staff | None:
        try:
            begin.wait(timeout=10)
            with transaction.atomic():
                return act.lock(rows, person.pk)
        except NotFound:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Staff.objects.filter(username=person.username).update(**changes)
            waiting: Future[Staff | None] = pool.submit(lock)
            begin.set()
            while not (somebody_waits() or waiting.done()):
                pass
        return waiting.result(timeout=10)


def people(company: Company) -> tuple[Act, Staff, Department, Department]:
    person = company.staff["agent"]
    assert person.department is not None
    other = Department.objects.exclude(pk=person.department.pk).order_by("pk").first()
    assert other is not None
    return Act(company.call("administrator"), "test.lock"), person, person.department, other


def test_after_waiting_a_joined_row_is_the_one_now_named(company: Company) -> None:
    act, person, _before, other = people(company)
    locked = locked_while_another_moves(act, PERSON, person, department=other)
    assert locked is not None
    assert (locked.department_id, locked.department) == (other.pk, other)


def test_after_waiting_a_joined_row_that_was_none_is_there(company: Company) -> None:
    act, person, before, _other = people(company)
    Staff.objects.filter(username=person.username).update(department=None)
    locked = locked_while_another_moves(act, PERSON, person, department=before)
    assert locked is not None
    assert locked.department == before


def test_after_waiting_the_scope_is_asked_of_the_row_as_it_is_now(company: Company) -> None:
    act, person, before, other = people(company)
    theirs = Staff.objects.filter(department__code=before.code)
    assert locked_while_another_moves(act, theirs, person, department=other) is None
    assert locked_while_another_moves(act, theirs, person, department=before) == person


def test_a_lock_is_one_statement_while_nobody_else_holds_it(company: Company) -> None:
    act, person, _before, _other = people(company)
    for rows in (Staff.objects.all(), PERSON):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            act.lock(rows, person.pk)
        assert len([each for each in asked if each["sql"].startswith("SELECT")]) == 1


def test_a_row_that_is_not_there_is_not_found(company: Company) -> None:
    act = Act(company.call("administrator"), "test.lock")
    for rows in (Staff.objects.all(), PERSON):
        with transaction.atomic(), pytest.raises(NotFound):
            act.lock(rows, 0)
