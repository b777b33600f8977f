"""Journeys walk the whole product: committed data, a site with several threads, a real worker, the movable clock."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test.testcases import LiveServerThread
from django.urls import get_resolver
from pytest_django import Settings

from huiyin.foundation.calls import system_call
from huiyin.foundation.shipping import ship_all
from tests.conftest import Company, MovableClock
from tests.journeys.walk import PICTURES, Walk

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def site(transactional_db: None, settings: Settings, tmp_path: Path) -> Iterator[str]:
    """The running site's address; each request has a thread and a connection of its own, as in production."""
    settings.MEDIA_ROOT = tmp_path / "files"
    assert get_resolver().url_patterns  # read before somebody waits for the first page
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    settings.PUBLIC_URL = f"http://127.0.0.1:{thread.port}"
    yield settings.PUBLIC_URL
    thread.terminate()


@pytest.fixture
def installed(company: Company) -> Iterator[None]:
    """What ``huiyin migrate`` puts in place is there; what the test itself puts in place counts as part of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET huiyin.actor = 'system'; SET huiyin.verb = 'migrate'")
        cursor.execute("ALTER TABLE foundation_rowchange DISABLE TRIGGER USER")
        cursor.execute("UPDATE foundation_rowchange SET actor = 'system', verb = 'migrate'")
        cursor.execute("ALTER TABLE foundation_rowchange ENABLE TRIGGER USER")
    ship_all(system_call())
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET huiyin.actor; RESET huiyin.verb")


@pytest.fixture(params=["zh-hans", "en"])
def walk(
    request: pytest.FixtureRequest,
    installed: None,
    visit: Callable[..., Page],
    company: Company,
    clock: MovableClock,
    work: Callable[[], None],
    tmp_path: Path,
) -> Walk:
    """Somebody who walks through the product in one language."""
    album = PICTURES / request.node.originalname / request.param
    shutil.rmtree(album, ignore_errors=True)
    album.mkdir(parents=True)
    return Walk(request.param, visit, company, clock, work, tmp_path, album)
