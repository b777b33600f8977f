"""A migrated data folder, made once, to start products from, and a web server on a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from huiyin.config.embedded.options import TESTS
from huiyin.config.embedded.server import EmbeddedServer
from tests.config.product import Product
from tests.config.waiting import until


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder on which nothing runs, with all tables in it; copy it, never start on it."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    done = Product(home).command("migrate")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def server(tmp_path: Path, migrated: Path) -> Iterator[EmbeddedServer]:
    """A migrated server that the test stops and starts."""
    shutil.copytree(migrated, tmp_path / "home")
    server = EmbeddedServer(tmp_path / "home", TESTS)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def web(server: EmbeddedServer) -> Iterator[Product]:
    """A web server alone, without a worker."""
    product = Product(server.places.home)
    product.launch("web")
    until(lambda: product.health().web == "ready", "the web server answers")
    yield product
    product.stop()
