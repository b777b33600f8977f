"""/healthz names what is not ready."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from huiyin.config.embedded.options import TESTS
from huiyin.config.embedded.server import EmbeddedServer
from tests.config.product import Product
from tests.config.waiting import until

pytestmark = pytest.mark.crash


def ask(product: Product) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(f"{product.address}healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_missing_worker_is_named(web: Product):
    assert ask(web) == (503, {"web": "ready", "database": "ready", "worker": "down", "missing": ["worker"]})


def test_a_worker_counts_once_it_shows_life_and_no_more_when_it_has_gone(web: Product):
    worker = Product(web.home, port=web.port)
    worker.launch("worker")
    until(lambda: ask(web)[0] == 200, "the worker is seen")
    worker.stop()
    until(lambda: ask(web)[1].get("missing") == ["worker"], "its silence is noticed")


def test_a_dead_database_is_named_and_its_return_is_noticed_at_once(web: Product, server: EmbeddedServer):
    server.stop()
    assert ask(web) == (
        503,
        {"web": "ready", "database": "down", "worker": "unknown", "missing": ["database", "worker"]},
    )
    server.start()
    assert ask(web)[1]["missing"] == ["worker"]


def test_a_database_without_tables_is_named(tmp_path: Path):
    server = EmbeddedServer(tmp_path / "home", TESTS)
    server.start()
    product = Product(server.places.home)
    try:
        product.launch("web")
        until(lambda: product.health().web == "ready", "the web server answers")
        assert ask(product)[1]["database"] == "not migrated"
    finally:
        product.stop()
        server.stop()
