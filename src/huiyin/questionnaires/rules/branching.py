"""Branching: whether a question is asked, decided by the answer to an earlier one (QST-1).

One rule for everybody: the server decides with it what is required and kept, the forms of agents and customers show
with the same words (``data-if``) what is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huiyin.questionnaires.rules.reading import Ask, Given

NUMBERS = ("at_most", "at_least")


@dataclass(frozen=True)
class Condition:
    """Ask only if ``question`` was answered, within the numbers (both ends count) and with one of the codes."""

    question: str
    at_most: int | None = None
    at_least: int | None = None
    one_of: tuple[str, ...] = ()

    def holds(self, given: Given | None) -> bool:
        """Whether an answer (None: not given) fulfils the condition."""
        if given is None or given.empty:
            return False
        if self.one_of:
            return not set(self.one_of).isdisjoint(given.choices)
        if given.number is None:
            return False
        low = given.number if self.at_least is None else self.at_least
        high = given.number if self.at_most is None else self.at_most
        return low <= given.number <= high

    def as_data(self) -> dict[str, Any]:
        """The condition as it is stored, sent to the browser and exported."""
        data: dict[str, Any] = {"question": self.question}
        data.update({name: getattr(self, name) for name in NUMBERS if getattr(self, name) is not None})
        return {**data, "one_of": list(self.one_of)} if self.one_of else data


def condition_of(data: Mapping[str, Any] | None) -> Condition | None:
    """A stored condition; None for a question that is always asked."""
    if not data:
        return None
    return Condition(
        str(data["question"]),
        at_most=data.get("at_most"),
        at_least=data.get("at_least"),
        one_of=tuple(str(code) for code in data.get("one_of", ())),
    )


def asked(asks: Iterable[Ask], given: Mapping[str, Given]) -> tuple[Ask, ...]:
    """The questions that are asked after these answers, in order; what hangs on a hidden question is hidden too."""
    shown: dict[str, Ask] = {}
    for ask in asks:
        need = ask.only_if
        if need is None or (need.question in shown and need.holds(given.get(need.question))):
            shown[ask.code] = ask
    return tuple(shown.values())


def without_hidden(
    asks: tuple[Ask, ...], before: Mapping[str, Given], given: Mapping[str, Given], nothing: Given
) -> dict[str, Given]:
    """What is to be stored of ``given``: only what is asked, and ``nothing`` over what hidden questions had."""
    after = {**before, **given}
    shown = {ask.code for ask in asked(asks, after)}
    gone = {code: nothing for code, one in before.items() if code not in shown and not one.empty}
    return {code: one for code, one in given.items() if code in shown} | gone
