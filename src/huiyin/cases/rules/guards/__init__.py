"""Guards: one file each, each says on which verbs it stands and why it would not let a step pass."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.cases.rules.conduct import Conduct
from huiyin.cases.rules.facts import CaseFacts, Step
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import Message

Check = Callable[[CaseFacts, Step, Conduct], Message | None]


@dataclass(frozen=True)
class Guard:
    """A guard: its code, the verbs it stands on, and its check (None lets the step pass)."""

    code: str
    verbs: frozenset[str]
    check: Check


@cache
def guards() -> tuple[Guard, ...]:
    """Every guard of this folder (``GUARD`` in each file), in the order of their names."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").GUARD for name in names)


def guarded(verb: str) -> bool:
    """Whether any guard stands on this verb."""
    return any(verb in guard.verbs for guard in guards())


def objections(facts: CaseFacts, step: Step, conduct: Conduct) -> list[Message]:
    """What stands against a step, one sentence a guard."""
    found = (guard.check(facts, step, conduct) for guard in guards() if step.verb in guard.verbs)
    return [why for why in found if why is not None]


def pass_guards(facts: CaseFacts, step: Step, conduct: Conduct) -> None:
    """Lets the step pass.

    Raises:
        Conflict: a guard objects; it carries the first objection.
    """
    for why in objections(facts, step, conduct):
        raise Conflict(why)
