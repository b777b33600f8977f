"""Work on very many small values, without the search for circles among them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_searching() -> Iterator[None]:
    """Python does not look for circular garbage meanwhile; rows and cells have none, and looking takes a sixth.

    For one batch, not for minutes: other threads make circles.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
