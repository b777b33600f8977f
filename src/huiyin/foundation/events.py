"""Events go up: a lower room says what happened, higher rooms listen in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from huiyin.kernel.call import Call

E = TypeVar("E")
Listener = Callable[[Call, Any], None]

_listeners: dict[type[Any], list[Listener]] = defaultdict(list)


def reacts_to(event: type[E]) -> Callable[[Callable[[Call, E], None]], Callable[[Call, E], None]]:
    """Registers ``function(call, event)``; it runs inside the transaction of the action that spoke."""

    def register(function: Callable[[Call, E], None]) -> Callable[[Call, E], None]:
        if function not in _listeners[event]:
            _listeners[event].append(function)
        return function

    return register


def tell(call: Call, event: object) -> None:
    """Calls every listener of the event's type, in the order of registration."""
    for listener in _listeners[type(event)]:
        listener(call, event)
