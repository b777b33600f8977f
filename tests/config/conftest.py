"""A migrated data folder, made once, to start products from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.product import Product


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder on which nothing runs, with all tables in it; copy it, never start on it."""
    home = tmp_path_factory.mktemp("migrated") / "home"
    done = Product(home).command("migrate")
    assert done.returncode == 0, done.stderr
    return home
