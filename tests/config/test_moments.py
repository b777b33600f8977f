"""Moments are read from the database as Django reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DataError, connection
from psycopg.pq import Format

from huiyin.config.postgres.moments import Moments

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 21, 1, 30, tzinfo=UTC),
        datetime(2026, 11, 21, 1, 30, 5, 123456, tzinfo=UTC),
        datetime(1900, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_as_it_was_given_in_utc(moment: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, ARRAY[%s::timestamptz], NULL::timestamptz", [moment, moment])
        found, listed, nothing = cursor.fetchone() or (None, None, None)
    assert (found, listed, nothing) == (moment, [moment], None)
    assert found.tzinfo is UTC


def test_a_moment_told_in_another_zone_is_the_same_moment() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT '2026-11-21 09:30+08'::timestamptz, '2026-11-21'::date")
        assert cursor.fetchone() == (datetime(2026, 11, 21, 1, 30, tzinfo=UTC), date(2026, 11, 21))


def test_a_moment_without_end_is_an_error_and_not_another_moment() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'infinity'::timestamptz")
        with pytest.raises(DataError):
            cursor.fetchone()


def test_a_moment_before_the_first_day_is_read_as_the_first_that_every_zone_can_tell() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT '0001-01-01 00:00+08:05:43'::timestamptz, '0044-03-15 12:00+00 BC'::timestamptz")
        assert cursor.fetchone() == (datetime(1, 1, 2, tzinfo=UTC), datetime(1, 1, 2, tzinfo=UTC))


def test_cursors_take_the_loader_of_their_connection() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        (now,) = cursor.fetchone() or (None,)
        oid = 1184  # PostgreSQL's number of the type
        assert cursor.cursor.adapters.get_loader(oid, Format.TEXT) is Moments  # type: ignore[attr-defined]
    assert datetime.now(UTC) - now < timedelta(hours=1)
