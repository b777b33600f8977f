"""A small invented company, running."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.config.product import Product
from tests.crash.scene import Scene


@pytest.fixture(scope="package")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """The product with 300 customers; the scenarios kill parts of it one after the other."""
    product = Product(tmp_path_factory.mktemp("crash") / "home")
    made = product.command("demo", "--customers", "300")
    assert made.returncode == 0, made.stderr
    product.start()
    yield Scene(product)
    product.kill_everything()
