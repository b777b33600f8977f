"""What is said beside a transaction is seen at once, stays when it fails, and never waits for long."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from huiyin.foundation.beside import say_beside
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import Once

ADD = "INSERT INTO foundation_once (key, verb, at) VALUES (%s, 'told', now())"
CHANGE = "UPDATE foundation_once SET verb = 'told' WHERE key = %s"

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_seen_while_the_transaction_runs_and_stays_when_that_is_taken_back() -> None:
    with transaction.atomic():
        say_beside(ADD, ["beside"])
        assert Once.objects.get().verb == "told"
        Once.objects.create(key="inside", verb="inside", at=system_call().now)
        transaction.set_rollback(True)
    assert list(Once.objects.values_list("key", flat=True)) == ["beside"]


def test_a_row_that_the_transaction_holds_is_left_as_it_is_and_nobody_waits_for_ever() -> None:
    Once.objects.create(key="mine", verb="mine", at=system_call().now)
    with transaction.atomic():
        Once.objects.filter(key="mine").update(verb="changed")
        say_beside(CHANGE, ["mine"])
    assert Once.objects.get().verb == "changed"
    say_beside(CHANGE, ["mine"])
    assert Once.objects.get().verb == "told"


def test_the_connection_comes_back_as_it_was() -> None:
    before = _patience()
    say_beside(ADD, ["one"])
    assert _patience() == before


def _patience() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        return str(cursor.fetchone()[0])
