"""The columns of lists of cases, each as the cell it makes of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.cases.models.case import NO_CLOCK
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, TOPICS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import STATE_LABELS, WAITING_LABELS
from huiyin.foundation.cells import Cell
from huiyin.kernel.words import gettext_noop as _

Said = Callable[[str], str]
Line = Any
"""A case as the list reads it: a named tuple of what it shows."""
NOBODY = _("Nobody yet")


def _customer(case: Line, _said: Said) -> Cell:
    if case.customer__name is not None:
        return Cell("person", (case.customer__name, "customer"), "nowrap")
    return Cell("soft", (case.reporter_name or "–",), "nowrap")


def _owner(case: Line, said: Said) -> Cell:
    if case.owner__name is not None:
        return Cell("person", (case.owner__name, "staff"), "nowrap desk")
    return Cell("faint", (said(NOBODY),), "nowrap desk")


def _plain(words: Callable[[Line, Said], str]) -> Callable[[Line, Said], Cell]:
    return lambda case, said: Cell("text", (words(case, said) or "–",), "desk")


CELLS: dict[str, Callable[[Line, Said], Cell]] = {
    "customer": _customer,
    "level": lambda case, said: Cell("level", (case.level, said(LEVELS[case.level])), "desk"),
    "state": lambda case, said: Cell("badge", (STATE_TONES[case.state], said(STATE_LABELS[case.state])), "end"),
    "owner": _owner,
    "due": lambda case, _said: Cell("clock", (case.due_at if case.due_at < NO_CLOCK else None, case.warn_at), "wide"),
    "received": lambda case, _said: Cell("when", (case.received_at,), "nowrap desk"),
    "unanswered": lambda case, _said: Cell("when", (case.unanswered_since,), "nowrap"),
    "kind": _plain(lambda case, said: said(KINDS.get(case.kind, case.kind))),
    "topic": _plain(lambda case, said: said(TOPICS.get(case.topic, case.topic))),
    "problem_type": _plain(lambda case, _said: case.problem_type__name or ""),
    "channel": _plain(lambda case, said: said(CHANNELS.get(case.channel, case.channel))),
    "department": _plain(lambda case, _said: case.department__name or ""),
    "store": _plain(lambda case, _said: case.store__name or ""),
    "product": _plain(lambda case, _said: case.product_name),
    "emotion": _plain(lambda case, said: said(EMOTIONS[case.emotion]) if case.emotion in EMOTIONS else ""),
    "waiting_for": _plain(lambda case, said: said(WAITING_LABELS[case.waiting_for]) if case.waiting_for else ""),
}
"""By the code of the column; ``said`` translates."""
