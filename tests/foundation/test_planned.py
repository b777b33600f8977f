"""A planned statement answers as any other, is counted as any other, and is prepared once it was asked a few times."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.config.database import PREPARED_AFTER, database_settings
from huiyin.foundation.planned import planned_cursor

SQL = "SELECT %s::int + 1, %s::timestamptz, 7 = ANY(%s::int[]) AS planned_statement"
PREPARED = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%planned_statement'"
AT = datetime(2026, 9, 14, 2, tzinfo=UTC)


def asked(number: int) -> tuple[object, ...]:
    with planned_cursor() as cursor:
        cursor.execute(SQL, [number, AT, [7, 8]])
        return cursor.fetchone()


def prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute(PREPARED)
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_it_is_prepared_once_it_was_asked_a_few_times() -> None:
    answers = []
    for number in range(PREPARED_AFTER):
        answers.append(asked(number))
        assert prepared() == 0
    answers.append(asked(PREPARED_AFTER))
    answers.append(asked(PREPARED_AFTER + 1))
    assert prepared() == 1
    assert answers == [(number + 1, AT, True) for number in range(PREPARED_AFTER + 2)]


@pytest.mark.django_db
def test_it_is_counted_as_any_other_and_leaves_other_cursors_alone() -> None:
    with CaptureQueriesContext(connection) as counted:
        asked(1)
    assert len(counted) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1; SELECT 2")  # only values put into the text allow two statements
        assert cursor.fetchone() == (1,)


def test_a_pooler_without_prepared_statements_is_spared_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@/b")
    assert database_settings(Path("unused"))["OPTIONS"]["prepare_threshold"] == PREPARED_AFTER
    monkeypatch.setenv("HUIYIN_DATABASE_PREPARES", "0")
    assert "prepare_threshold" not in database_settings(Path("unused"))["OPTIONS"]
