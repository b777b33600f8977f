"""Fields drawn by functions say exactly what Django's templates say."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import SafeString

from huiyin.web.drawn_fields import DrawnFields

CHOICES = [("", "—"), (1, "<一>"), ("Gruppe & Co", [("a", "A"), ("b", SafeString("<b>B</b>"))])]
TRICKY = "\"><script>alert('1')</script> &amp;"


def plain(html: str) -> str:
    """Without the blanks between tags, which do not count."""
    return re.sub(r">\s+<", "><", re.sub(r">\s+(?=<option|<optgroup|</)", ">", html)).strip()


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(attrs={"maxlength": 20, "required": True, "disabled": False, "data-x": TRICKY}), TRICKY),
        (forms.TextInput(), None),
        (forms.TextInput(), ""),
        (forms.TextInput(), SafeString("&amp;")),
        (forms.NumberInput(attrs={"step": 0.5}), 0),
        (forms.EmailInput(), "a@b.example"),
        (forms.PasswordInput(), "x"),
        (forms.HiddenInput(), TRICKY),
        (forms.FileInput(), None),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), False),
        (forms.DateInput(attrs={"type": "date"}), "2026-09-28"),
        (forms.DateTimeInput(attrs={"type": "datetime-local"}), datetime(2026, 9, 28, 9, 0)),  # noqa: DTZ001 - a widget's value has no zone
        (forms.Textarea(attrs={"rows": 2}), f"\n{TRICKY}\n"),
        (forms.Textarea(), None),
        (forms.Select(choices=CHOICES), "b"),
        (forms.Select(choices=CHOICES), 1),
        (forms.Select(choices=CHOICES), None),
        (forms.SelectMultiple(choices=CHOICES), ["1", "a"]),
        (forms.NullBooleanSelect(), True),
        (forms.RadioSelect(choices=CHOICES), "a"),
    ],
)
def test_a_widget_is_drawn_as_django_draws_it(widget: forms.Widget, value: Any) -> None:
    drawn, django = (
        widget.render("na<me", value, {"id": "x"}, renderer=renderer) for renderer in (DrawnFields(), DjangoTemplates())
    )
    assert plain(drawn) == plain(django)
    assert isinstance(drawn, SafeString)


def test_every_form_is_drawn_so() -> None:
    assert isinstance(get_default_renderer(), DrawnFields)
