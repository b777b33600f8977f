"""Forms meet actions: a refusal becomes an error on the form, a repeat becomes the first answer again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from django import forms
from django.utils.translation import gettext

from huiyin.kernel.refusal import Forbidden, Invalid, NotFound, Refused, Repeated
from huiyin.kernel.words import Message
from huiyin.kernel.years import why_far

F = TypeVar("F", bound=forms.Field)


def _within_reach(day: date) -> None:
    if why := why_far(day):
        raise forms.ValidationError(say(why))


class DayField(forms.DateField):
    """A day of a year that calendars, time zones and the database reckon with."""

    default_validators = [_within_reach]


class MomentField(forms.DateTimeField):
    """A moment of a year that calendars, time zones and the database reckon with."""

    default_validators = [_within_reach]


def unmarked(field: F) -> F:
    """A field beside which "optional" would be wrong, though it may stay empty.

    It has a value all the same, or one of the form's buttons asks for it.
    """
    field.unmarked = True  # type: ignore[attr-defined]  # a mark of our own
    return field


def is_unmarked(bound: forms.BoundField) -> bool:
    """Whether the field is :func:`unmarked`."""
    return getattr(bound.field, "unmarked", False)


def say(text: Message) -> str:
    """The message in the language of the present request, with the messages among its parameters."""
    if not text.params:
        return gettext(text.text)
    return gettext(text.text) % {name: _said(value) for name, value in text.params.items()}


def _said(value: object) -> object:
    """A parameter as it stands in a sentence: a message said, several words or several clauses joined."""
    if isinstance(value, Message):
        return say(value)
    if isinstance(value, tuple):
        return gettext(", ").join(str(_said(each)) for each in value)
    if isinstance(value, list):
        return gettext("; ").join(str(_said(each)) for each in value)
    return value


def mark_for_page(form: forms.Form, sent: str, now: str) -> str:
    """The mark (:mod:`huiyin.kernel.marks`) that a form goes out with.

    While the form itself is wrong it is the one that was sent; after a refusal in words it is that of what stands now,
    so that saving once more is deliberate.
    """
    return sent if form.errors and not form.non_field_errors() else now


@contextmanager
def refusals(form: forms.Form) -> Iterator[None]:
    """Turns a refusal inside the block into errors of ``form``; 403 and 404 go on upwards.

    A repeated request (same idempotency key) passes silently, so that the page answers as the first time.
    """
    try:
        yield
    except (Forbidden, NotFound):
        raise
    except Repeated:
        return
    except Invalid as refusal:
        for name, why in refusal.fields.items():
            form.add_error(name if name in form.fields else None, say(why))
        form.add_error(None, say(refusal.why))
    except Refused as refusal:
        form.add_error(None, say(refusal.why))
