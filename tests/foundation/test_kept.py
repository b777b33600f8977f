"""Settings are read once per state of theirs, and a change is seen by the next action at the latest."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from huiyin.foundation.actions import Act, action
from huiyin.foundation.calls import system_call
from huiyin.foundation.kept import kept, settings_as_of
from huiyin.foundation.models import SettingsStamp
from huiyin.promises.models import LadderPolicy

pytestmark = pytest.mark.django_db


@kept
def shares() -> tuple[float, ...]:
    return tuple(LadderPolicy.objects.order_by("version").values_list("warn_share", flat=True))


@action("test.read")
def read(act: Act) -> tuple[float, ...]:
    return shares()


@action("test.change")
def change(act: Act, version: int) -> tuple[float, ...]:
    shares()
    LadderPolicy.objects.create(kind="test", version=version, warn_share=0.5)
    return shares()


@action("test.outer")
def outer(act: Act) -> tuple[float, ...]:
    shares()
    change(act.call, 1)
    return shares()


@action("test.fails")
def fails(act: Act) -> None:
    change(act.call, 1)
    raise ValueError("no")


def read_queries() -> int:
    with CaptureQueriesContext(connection) as caught:
        read(system_call())
    return sum("ladderpolicy" in query["sql"] for query in caught)


def test_settings_are_read_once_until_they_change() -> None:
    read(system_call())
    assert read_queries() == 0
    LadderPolicy.objects.create(kind="test", version=1)
    assert (read_queries(), read_queries()) == (1, 0)


def test_a_change_in_sql_is_seen_too() -> None:
    LadderPolicy.objects.create(kind="test", version=1, warn_share=0.5)
    assert read(system_call()) == (0.5,)
    LadderPolicy.objects.update(warn_share=0.25)
    assert read(system_call()) == (0.25,)
    LadderPolicy.objects.all().delete()
    assert read(system_call()) == ()


def test_an_action_sees_its_own_change_and_that_of_an_action_it_calls() -> None:
    assert change(system_call(), 1) == (0.5,)
    LadderPolicy.objects.all().delete()
    assert outer(system_call()) == (0.5,)


def test_what_was_rolled_back_is_forgotten() -> None:
    assert read(system_call()) == ()
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        fails(system_call())
    assert read(system_call()) == ()
    assert change(system_call(), 1) == (0.5,)


def test_outside_of_actions_settings_are_always_read() -> None:
    LadderPolicy.objects.create(kind="test", version=1, warn_share=0.5)
    assert shares() == (0.5,)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE promises_ladderpolicy SET warn_share = 0.75")
    assert shares() == (0.75,)


def test_within_a_state_that_was_read_settings_are_read_once_and_a_change_is_seen() -> None:
    LadderPolicy.objects.create(kind="test", version=1, warn_share=0.25)
    stamp = SettingsStamp.objects.get().value
    with settings_as_of(stamp):
        first = shares()
        with CaptureQueriesContext(connection) as caught:
            assert shares() == first
        assert len(caught) == 0
        LadderPolicy.objects.create(kind="test", version=2, warn_share=0.5)
        assert shares() == (*first, 0.5)
    with CaptureQueriesContext(connection) as caught:
        shares()
    assert len(caught) == 1
    assert SettingsStamp.objects.get().value != stamp
