"""A PostgreSQL for the tests: ``DATABASE_URL`` if given, else a server of their own in ``.huiyin-test``.

A plugin named in the repository's conftest.py, so that it comes before Django's settings. The server starts when
the first test needs a database, belongs to this process, and ends with it, even by kill -9.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.db import connections

from huiyin.config.embedded.options import TESTS
from huiyin.config.embedded.server import EmbeddedServer
from huiyin.config.locks import FileLock
from huiyin.config.problems import CannotStart

HOME = Path(__file__).resolve().parent.parent / ".huiyin-test"
OUR_OWN = not os.environ.get("DATABASE_URL")

os.environ["HUIYIN_HOME"] = str(HOME)
os.environ["HUIYIN_DATABASE_ROLE"] = "owner"
os.environ["HUIYIN_TESTS_EMPTY_TABLES"] = "1"  # tests with real transactions truncate between each other
os.environ["HUIYIN_PLAIN_STATIC"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()  # tests/conftest.py imports models


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Has the server run from before the test database is made until after it is dropped."""
    if not OUR_OWN:
        yield
        return
    lock = FileLock(HOME.with_name(".huiyin-test.lock"))
    if not lock.take():
        pytest.exit("another test run uses .huiyin-test; wait for it or set DATABASE_URL", returncode=2)
    server = _started_server()
    yield
    connections.close_all()
    server.stop()
    lock.release()


def _started_server() -> EmbeddedServer:
    """The tests' server; a folder that no longer starts holds nothing of value and is made anew."""
    server = EmbeddedServer(HOME, TESTS)
    try:
        server.start()
    except CannotStart:
        server.stop()
        shutil.rmtree(HOME / "postgres", ignore_errors=True)
        server.start()
    return server
