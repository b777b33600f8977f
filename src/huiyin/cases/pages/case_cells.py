"""The columns of lists of cases, each as the cell it makes of a case."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.cases.models import Case
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, TOPICS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation.cells import Cell
from huiyin.kernel.words import gettext_noop as _

Said = Callable[[str], str]
NOBODY = _("Nobody yet")


def _customer(case: Case, _said: Said) -> Cell:
    if case.customer:
        return Cell("person", (case.customer.name, "customer"), "nowrap")
    return Cell("soft", (case.reporter_name or "–",), "nowrap")


def _owner(case: Case, said: Said) -> Cell:
    if case.owner:
        return Cell("person", (case.owner.name, "staff"), "nowrap desk")
    return Cell("faint", (said(NOBODY),), "nowrap desk")


def _plain(words: Callable[[Case, Said], str]) -> Callable[[Case, Said], Cell]:
    return lambda case, said: Cell("text", (words(case, said) or "–",), "desk")


CELLS: dict[str, Callable[[Case, Said], Cell]] = {
    "customer": _customer,
    "level": lambda case, said: Cell("level", (case.level, said(LEVELS[case.level])), "desk"),
    "state": lambda case, said: Cell("badge", (STATE_TONES[case.state], said(case.state_label)), "end"),
    "owner": _owner,
    "due": lambda case, _said: Cell("clock", (case.due_at if case.has_clock else None, case.warn_at), "wide"),
    "received": lambda case, _said: Cell("when", (case.received_at,), "nowrap desk"),
    "unanswered": lambda case, _said: Cell("when", (case.unanswered_since,), "nowrap"),
    "kind": _plain(lambda case, said: said(KINDS.get(case.kind, case.kind))),
    "topic": _plain(lambda case, said: said(TOPICS.get(case.topic, case.topic))),
    "problem_type": _plain(lambda case, _said: case.problem_type.name if case.problem_type else ""),
    "channel": _plain(lambda case, said: said(CHANNELS.get(case.channel, case.channel))),
    "department": _plain(lambda case, _said: case.department.name if case.department else ""),
    "store": _plain(lambda case, _said: case.store.name if case.store else ""),
    "product": _plain(lambda case, _said: case.product_name),
    "emotion": _plain(lambda case, said: said(EMOTIONS[case.emotion]) if case.emotion in EMOTIONS else ""),
    "waiting_for": _plain(lambda case, said: said(WAITING_LABELS[case.waiting_for]) if case.waiting_for else ""),
}
"""By the code of the column; ``said`` translates."""
