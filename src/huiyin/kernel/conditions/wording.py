"""A condition in words, for people; translated at the edge."""

from __future__ import annotations

from huiyin.kernel.conditions.fields import ME, MINE, MY_STORES, NOBODY, Field, Fields
from huiyin.kernel.conditions.tests import AllOf, AnyOf, Condition, Is, Not, Test
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

SENTENCES: dict[Is, str] = {
    Is.IN: _("%(field)s: %(values)s"),
    Is.NOT_IN: _("%(field)s: none of %(values)s"),
    Is.CONTAINS: _("%(field)s contains “%(value)s”"),
    Is.LACKS: _("%(field)s does not contain “%(value)s”"),
    Is.EQUALS: _("%(field)s is exactly %(value)s"),
    Is.AT_LEAST: _("%(field)s is at least %(value)s"),
    Is.AT_MOST: _("%(field)s is at most %(value)s"),
    Is.PAST: _("%(field)s has passed"),
    Is.NEXT_HOURS: _("%(field)s is within the next %(value)s hours"),
    Is.TODAY: _("%(field)s is today"),
    Is.NEXT_DAYS: _("%(field)s is within the next %(value)s days"),
    Is.LAST_DAYS: _("%(field)s was within the last %(value)s days"),
    Is.DAYS_AGO: _("%(field)s was more than %(value)s days ago"),
    Is.SINCE: _("%(field)s is on or after %(value)s"),
    Is.UNTIL: _("%(field)s is on or before %(value)s"),
    Is.YES: _("%(field)s"),
    Is.NO: _("not: %(field)s"),
    Is.EMPTY: _("%(field)s is empty"),
    Is.FILLED: _("%(field)s is filled in"),
}
SPECIAL: dict[str | int, str] = {
    ME: _("whoever looks"),
    NOBODY: _("nobody, none"),
    MINE: _("one's own departments"),
    MY_STORES: _("one's own stores"),
}
"""Words that depend on who looks, as message ids."""


def in_words(condition: Condition, fields: Fields) -> list[Message]:
    """One message for each part that must hold; none when everything is let through."""
    if isinstance(condition, AllOf):
        return [_said(part, fields) for part in condition.parts]
    return [_said(condition, fields)]


def _said(condition: Condition, fields: Fields) -> Message:
    match condition:
        case AllOf(parts):
            return message(_("all of these: %(rows)s"), rows=[_said(part, fields) for part in parts])
        case AnyOf(parts):
            return message(_("at least one of these: %(rows)s"), rows=[_said(part, fields) for part in parts])
        case Not(AnyOf(parts)):
            return message(_("none of these: %(rows)s"), rows=[_said(part, fields) for part in parts])
        case Not(part):
            return message(_("not the case: %(row)s"), row=_said(part, fields))
        case Test():
            return _test_said(condition, fields)


def _test_said(test: Test, fields: Fields) -> Message:
    field = fields.get(test.field)
    label = message(field.label) if field else message(test.field)
    if isinstance(test.value, tuple):
        names = tuple(message(name_of(field, value)) for value in test.value)
        return message(SENTENCES[test.comparison], field=label, values=names)
    return message(SENTENCES[test.comparison], field=label, value=test.value)


def name_of(field: Field | None, value: str | int) -> str:
    """What a value of a list is, or was, called (a message id where it is one); its code when it is unknown."""
    if value in SPECIAL:
        return SPECIAL[value]
    names = {**(field.past or {}), **(field.choices or {})} if field else {}
    return names.get(value, str(value))
