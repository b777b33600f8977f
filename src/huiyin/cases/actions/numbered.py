"""Finds a case somebody names by its number."""

from __future__ import annotations

from huiyin.cases.models import Case
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def case_numbered(act: Act, number: str, field: str) -> Case:
    """The case with this number in the actor's sight; ``field`` is where it was typed.

    Raises:
        Invalid: there is none.
    """
    found = Case.objects.visible_to(act.actor).filter(number=number.strip().upper()).first()
    if found is None:
        why = message(_("There is no case with this number in your area."))
        raise Invalid(why, {field: why})
    return found
