"""Whom a note names, looked up among the people at work."""

from __future__ import annotations

from huiyin.cases.rules.mentions import Named, asked_names, mentions_in, written
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import colleagues_called


def named_in(note: str) -> list[int]:
    """The people a note names, each once, in its order; nothing is read for a note without an @.

    Raises:
        Invalid: a name is borne by several people and no staff number says who is meant.
    """
    numbers, names = asked_names(note)
    if not numbers and not names:
        return []
    found = mentions_in(note, [Named(one.id, one.number, one.name) for one in colleagues_called(numbers, names)])
    for name, people in found.unclear:
        choices = ", ".join(written(person) for person in people)
        text = _("Several people are called %(name)s. Say who is meant: %(choices)s")
        why = message(text, name=name, choices=choices)
        raise Invalid(why, {"text": why})
    return [person.id for person in found.people]
