"""Rules of the house that a machine can check (docs/architecture.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import huiyin

SOURCE = Path(huiyin.__file__).parent
LONGEST_FILE = 300  # lines
EDGES = ("pages", "api", "commands")
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def lies_at_the_edge(path: Path) -> bool:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return len(parts) > 1 and parts[1] in EDGES and parts[0] != "config"


@pytest.mark.parametrize(
    "path", [path for path in FILES if lies_at_the_edge(path)], ids=lambda path: str(path.relative_to(SOURCE))
)
def test_pages_api_and_commands_ask_queries_and_actions_never_a_model(path: Path):
    used = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert used == [], f"{path}: lines {used} query a model; put that into queries/"


def test_no_file_is_too_long_to_read():
    too_long = {
        str(path.relative_to(SOURCE)): lines
        for path in FILES
        if (lines := path.read_text().count("\n")) > LONGEST_FILE and "long because" not in path.read_text()
    }
    assert too_long == {}, "split it, or say in its first lines: long because …"
