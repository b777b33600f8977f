"""The results of a call as keys on the workstation, each with the company's own finer ones under number keys."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from huiyin.visits.models import SubResult
from huiyin.visits.queries.sub_results import choices_under
from huiyin.visits.rules.attempts import RESULT_LABELS

NOT_REACHED = {"no_answer": "n", "busy": "b", "powered_off": "o", "out_of_service": "u", "wrong_number": "w"}
REACHED = {"partly": "p", "refused": "r"}


@dataclass(frozen=True)
class ResultKey:
    """One result: its code, name and key; ``finer`` are chosen by number after it."""

    code: str
    label: str
    key: str
    finer: list[SubResult]

    @property
    def chooser(self) -> str:
        """The id of what opens when its key is pressed; "": it is logged at once."""
        return f"choose-{self.code}" if self.finer or self.code == "refused" else ""


@dataclass(frozen=True)
class ResultKeys:
    """The keys for calls that did not reach the customer, for those that did, and for a call-back."""

    not_reached: list[ResultKey]
    reached: list[ResultKey]
    call_back: ResultKey

    @property
    def choosers(self) -> list[ResultKey]:
        """Those that open a choice of finer results; a refusal has its own."""
        every = [*self.not_reached, *self.reached, self.call_back]
        return [each for each in every if each.finer and each.code != "refused"]


def result_keys() -> ResultKeys:
    """All of them, as the company's list is now."""
    return ResultKeys(
        [_key(code, key) for code, key in NOT_REACHED.items()],
        [_key(code, key) for code, key in REACHED.items()],
        _key("call_back", ""),
    )


def _key(code: str, key: str) -> ResultKey:
    return ResultKey(code, gettext(RESULT_LABELS[code]), key, choices_under(code))
