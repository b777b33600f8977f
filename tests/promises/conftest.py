"""A kind of promise that belongs to no room."""

import pytest

from huiyin.promises.public import PromiseKind, promise_kinds


@pytest.fixture(autouse=True)
def kind_for_tests() -> None:
    """``test.answer``, whose page is the promise's own."""
    promise_kinds().register("test.answer", PromiseKind("test.answer", "Answer owed", "reply", "promise"))
