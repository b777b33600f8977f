"""One table of every move of a site visit."""

from __future__ import annotations

from huiyin.field_service.rules.words import VisitState
from huiyin.kernel.lifecycle import Lifecycle, Move
from huiyin.kernel.words import gettext_noop as _

S = VisitState


def _move(verb: str, label: str, sources: tuple[VisitState, ...], target: VisitState) -> Move:
    return Move(verb, frozenset(str(state) for state in sources), str(target), label)


SITE = Lifecycle(
    [
        _move("move", _("Move the appointment"), (S.PLANNED,), S.PLANNED),
        _move("set_out", _("Set out"), (S.PLANNED,), S.ON_WAY),
        _move("arrive", _("I have arrived"), (S.PLANNED, S.ON_WAY), S.ARRIVED),
        _move("begin", _("Begin the work"), (S.ARRIVED,), S.WORKING),
        _move("log", _("Write down"), (S.ARRIVED, S.WORKING), S.WORKING),
        _move("sign", _("Customer signs"), (S.WORKING,), S.DONE),
        _move("cancel", _("Call off"), (S.PLANNED, S.ON_WAY, S.ARRIVED), S.CANCELLED),
    ]
)
