"""A person's area is found by indexes, also beside followed cases and tasks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection

from huiyin.cases.models import Case, CaseWatcher
from huiyin.cases.pages.cases import SHOWN
from huiyin.cases.queries.views import rows_of_view, view_named
from huiyin.foundation import clock
from huiyin.kernel.actor import Scope
from tests.cases.conftest import Cases
from tests.conftest import Company


def test_a_persons_live_cases_are_read_by_indexes_and_followed_ones_are_among_them(cases: Cases) -> None:
    followed, other = cases.open(topic="product"), cases.open(topic="product")
    actor = cases.company.actor("store_manager")
    CaseWatcher.objects.create(case=followed, staff_id=actor.id, since=followed.received_at)
    rows = Case.objects.visible_to(actor).live()
    assert [case.pk for case in rows] == [followed.pk]
    assert not rows.filter(pk=other.pk).exists()
    assert "SubPlan" not in rows.explain()  # which would be asked of every row


def drop_indexes_but(name: str) -> None:
    """Takes all other indexes of cases away, and reading every row and sorting with them, until the test ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(indexname), ', ') FROM pg_indexes"
            " WHERE tablename = 'cases_case' AND indexname LIKE 'case\\_%%' AND indexname <> %s",
            [name],
        )
        cursor.execute(f"DROP INDEX {cursor.fetchone()[0]}")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")


@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize("departments", [1, 2])
@pytest.mark.django_db
def test_what_waits_unassigned_is_read_in_the_order_of_the_list_from_an_index_of_its_own(
    company: Company, scope: Scope, departments: int
) -> None:
    head = company.actor("technical_head")
    actor = replace(head, scope=scope, department_ids=frozenset([*head.department_ids, 0][:departments]))
    view = view_named(actor, "unassigned")
    drop_indexes_but("case_unassigned")
    rows = rows_of_view(actor, view, clock.now()).values_list(*SHOWN).order_by(*view.keys)[:31]
    plan = rows.explain()
    assert "Index Scan using case_unassigned on cases_case" in plan
    assert "Sort" not in plan
