"""What is wrong with a person's decision on how pressing a case is (CAS-6)."""

from __future__ import annotations

from huiyin.cases.rules.kinds import KINDS, LEVELS
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def check_decision(level: str, kind: str) -> None:
    """Lets a level and a kind pass that there are; an empty kind leaves it as it is.

    Raises:
        Invalid: no such level or kind.
    """
    if kind and kind not in KINDS:
        raise Invalid(message(_("Choose a kind.")), {"kind": message(_("Choose one of the listed values."))})
    if level not in LEVELS:
        raise Invalid(message(_("Choose a level.")), {"level": message(_("Choose one of the listed values."))})


def check_against(level: str, suggested: str, reason: str) -> None:
    """Lets a decision pass that follows the suggestion, or says why it does not.

    Raises:
        Invalid: another level without a reason.
    """
    if level != suggested and not reason.strip():
        why = message(_("Your decision differs from the suggestion. Say why."))
        raise Invalid(why, {"reason": why})
