"""Writing in cases costs few statements."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.cases.actions.bulk import choose_cases, confirm_bulk, describe_bulk
from huiyin.cases.actions.do_bulk import work_slice
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.public import open_case
from huiyin.cases.queries.numbers import next_number, next_numbers
from huiyin.customers.public import Contact
from tests.cases.conftest import Cases


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def test_a_case_is_opened_in_fifteen_statements(cases: Cases) -> None:
    Contact.objects.update(email="", phone="")  # a letter that goes out is more
    call, customer = cases.company.call("director"), cases.customer.pk
    told = {"kind": "inquiry", "topic": "technical", "channel": "phone", "description": "空调不制冷"}
    open_case(call, customer_id=customer, level="general", **told)
    department = cases.company.departments["technical"]
    department.head_id = cases.company.staff["director"].pk  # who opens it needs no notice
    department.save()
    assert statements(lambda: open_case(call, customer_id=customer, level="general", **told)) == 15


def test_a_step_is_at_most_twelve_statements(cases: Cases) -> None:
    first, second = cases.open(), cases.open()
    call = cases.company.call("agent")
    verify_case(call, first.pk)
    assert statements(lambda: verify_case(call, second.pk)) <= 12


def bulk(cases: Cases, count: int) -> int:
    """How many statements it takes to pass so many cases to another department in one slice."""
    call = cases.company.call("technical_head")
    many = [cases.open().pk for _n in range(count)]
    work = choose_cases(call, ids=many)
    describe_bulk(call, work.pk, changes=[{"do": "route", "department_id": cases.company.departments["rnd"].pk}])
    confirm_bulk(call, work.pk)
    return statements(lambda: work_slice(call, work.pk))


def test_one_more_case_of_a_bulk_change_is_at_most_sixteen_statements(cases: Cases) -> None:
    """Four of them are savepoints, two the frame of its action."""
    bulk(cases, 1)
    assert (bulk(cases, 12) - bulk(cases, 2)) / 10 <= 16


def test_numbers_for_many_are_those_of_one_after_the_other(cases: Cases) -> None:
    now = cases.company.call("agent").now
    first = next_number(now)
    many = next_numbers([now, now])
    assert [first, *many, next_number(now)] == [f"GD20260928-000{place}" for place in (1, 2, 3, 4)]
