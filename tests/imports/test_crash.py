"""kill -9 of a worker in the middle of an import: nothing is lost, nothing is done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from huiyin.customers.models import Customer, ExternalNumber
from huiyin.imports.actions.map_columns import map_columns
from huiyin.imports.actions.start_import import start_import
from huiyin.imports.arrivals import receive, store_copy
from huiyin.imports.models import ImportLimits, ImportPiece, ImportRun
from huiyin.imports.tasks import run_import
from tests.conftest import Company

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

ROWS = 1000
DIES = """
import os, signal
import django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = {database!r}
settings.MEDIA_ROOT = {media!r}
from huiyin.imports.engine import batches, spool
calls = []
def dying(real, at):
    def call(*args):
        calls.append(1)
        if len(calls) == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)
    return call
{where}
from huiyin.imports.tasks import run_import
run_import({run})
"""
WHILE_READING = "spool.TAKEN = 100; spool._check_length = dying(spool._check_length, 4)"
WHILE_WRITING = "batches.keep_refusals = dying(batches.keep_refusals, 4)"
AFTER_THE_LAST_BATCH = "batches._finish = dying(batches._finish, 1)"


@pytest.fixture
def run(company: Company, file: Callable[..., Path]) -> ImportRun:
    """A thousand customers, about to be imported in batches of a hundred."""
    ImportLimits.objects.create(batch_rows=100)
    call = company.call("director")
    path = file("会员号,客户姓名\n" + "".join(f"M{n},客户{n}\n" for n in range(ROWS)))
    made = receive(call, kind="customers", name=path.name, stored=store_copy(path))
    map_columns(call, made.pk, mapping=made.mapping, options=made.options)
    return start_import(call, made.pk, trial=False)


def die(run: ImportRun, where: str) -> ImportRun:
    """Has another process work on the import and be killed at a moment of its work."""
    code = DIES.format(
        database=connection.settings_dict["NAME"], media=str(settings.MEDIA_ROOT), where=where, run=run.pk
    )
    dead = subprocess.run([sys.executable, "-c", code], env=os.environ, check=False, capture_output=True, timeout=120)
    assert dead.returncode == -signal.SIGKILL, dead.stderr.decode()
    run.refresh_from_db()
    return run


def check_all_is_there_once(run: ImportRun) -> None:
    run_import(run.pk)
    run.refresh_from_db()
    assert (run.state, run.rows_read, run.rows_done, run.new, run.same, run.wrong) == ("done", ROWS, ROWS, ROWS, 0, 0)
    assert Customer.objects.count() == ROWS
    assert ExternalNumber.objects.values("number").distinct().count() == ROWS
    assert Customer.objects.values("number").distinct().count() == ROWS
    assert not ImportPiece.objects.exists()


def test_killed_while_reading_it_reads_on(run: ImportRun) -> None:
    die(run, WHILE_READING)
    assert (run.state, run.rows_read, ImportPiece.objects.count()) == ("reading", 300, 3)
    check_all_is_there_once(run)


def test_killed_in_the_middle_of_a_batch_it_goes_on_behind_the_last_whole_one(run: ImportRun) -> None:
    die(run, WHILE_WRITING)
    assert (run.state, run.rows_done, run.new, Customer.objects.count()) == ("writing", 300, 300, 300)
    check_all_is_there_once(run)


def test_killed_after_the_last_batch_it_only_finishes(run: ImportRun) -> None:
    die(run, AFTER_THE_LAST_BATCH)
    assert (run.state, run.new, Customer.objects.count()) == ("writing", ROWS, ROWS)
    check_all_is_there_once(run)
