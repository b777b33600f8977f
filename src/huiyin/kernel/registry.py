"""A named collection that rooms fill at start and nobody changes afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Things by code, in the order they were registered."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._things: dict[str, T] = {}

    def register(self, code: str, thing: T) -> T:
        """Adds a thing; the same code twice is a programming error unless it is the same thing.

        Raises:
            ValueError: another thing already has this code.
        """
        if self._things.setdefault(code, thing) != thing:
            raise ValueError(f"two {self.what} are called {code!r}")
        return thing

    def __getitem__(self, code: str) -> T:
        """The thing with this code; KeyError names the collection."""
        try:
            return self._things[code]
        except KeyError:
            raise KeyError(f"no {self.what} called {code!r}") from None

    def __contains__(self, code: object) -> bool:
        return code in self._things

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())

    def __len__(self) -> int:
        return len(self._things)
