"""The command line says what it can do, and why it did not do something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from huiyin.config.embedded.places import Places
from tests.config.product import Product

OWN = ["migrate", "start", "status", "stop", "web", "worker"]


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Product:
    """A data folder on which nothing runs; the first command makes the database."""
    return Product(tmp_path_factory.mktemp("cli") / "home")


def test_help_lists_every_command_with_one_line_and_needs_no_database(product: Product):
    told = product.command("--help")
    assert told.returncode == 0
    lines = told.stdout.split("Commands:\n")[1].splitlines()
    assert [name for name in OWN if any(line.split()[0] == name for line in lines)] == OWN
    assert all(len(line.split()) > 2 and not line.endswith("...") for line in lines), told.stdout
    assert not Places(product.home).folder.exists()


def test_a_command_starts_a_server_for_itself_and_leaves_none(product: Product):
    told = product.command("verify", "--json")
    assert (told.returncode, json.loads(told.stdout)) == (0, {"findings": []})
    assert product.family() == {}


def test_a_refusal_is_a_sentence_and_exit_code_2(product: Product):
    told = product.command("create-token", "--staff", "404", "--name", "x")
    assert (told.returncode, told.stdout, told.stderr.strip()) == (2, "", "Nobody has the staff number 404.")


def test_a_refusal_with_json_is_an_object_with_error(product: Product):
    told = product.command("create-token", "--staff", "404", "--name", "x", "--json")
    assert (told.returncode, json.loads(told.stdout)) == (2, {"error": "Nobody has the staff number 404."})


def test_a_wrong_call_is_explained_and_touches_no_database(tmp_path: Path):
    product = Product(tmp_path / "home")
    told = product.command("create-token", "--json")
    assert told.returncode == 2
    assert json.loads(told.stdout) == {"error": "Missing option '--staff'."}
    assert product.command("no-such-command").returncode == 2
    assert not Places(product.home).folder.exists()


def test_status_of_nothing(product: Product):
    told = product.command("status", "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout) == {
        "running": False,
        "address": None,
        "pid": None,
        "home": str(product.home),
        "web": "down",
        "database": "unknown",
        "worker": "unknown",
    }
