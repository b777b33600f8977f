"""Stages of the company's own: where they may stand, and when a case leaves one."""

from __future__ import annotations

import re

from huiyin.cases.rules.states import ENDED, STATE_LABELS, State
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

CODE = re.compile(r"[a-z][a-z0-9_]{1,27}")
PREFIX = "stage:"
"""What the goal or the start of a clock begins with when it is a stage: ``stage:on_site``."""
REACHED_BY: dict[str, str] = {"": _("Somebody says so"), "arrival": _("The engineer arrives on site")}
"""What puts a case into a stage beside people."""
HOLDING = tuple(state for state in State if state not in ENDED)
"""States that may have stages."""


def leaves_stage(of: str, target: str) -> bool:
    """Whether a case in a stage of state ``of`` leaves it when it moves to ``target``; waiting keeps its place."""
    return target not in (of, State.WAITING)


def stage_faults(*, code: str, name: str, state: str, reached_by: str = "") -> dict[str, Message]:
    """What is wrong with a stage, by field."""
    wrong: dict[str, Message] = {}
    if not CODE.fullmatch(code):
        wrong["code"] = message(_("Small letters, digits and _ only, beginning with a letter, 2 to 28 characters."))
    if not name.strip():
        wrong["name"] = message(_("Give it a name."))
    if state not in STATE_LABELS or state in ENDED:
        wrong["state"] = message(_("Choose one of the listed values."))
    if reached_by not in REACHED_BY:
        wrong["reached_by"] = message(_("Choose one of the listed values."))
    return wrong
