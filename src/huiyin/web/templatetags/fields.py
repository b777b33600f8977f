"""Components that ask: fields, errors, scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms, template
from django.utils.translation import gettext as _

from huiyin.foundation.forms import is_unmarked

register = template.Library()


@register.inclusion_tag("ui/field.html")
def field(
    bound: forms.BoundField,
    label: object = None,
    hint: object = None,
    placeholder: object = "",
    autofocus: bool = False,
) -> dict[str, Any]:
    """A form field with label, hint and errors; ``label`` and ``hint`` replace the form's own."""
    attrs: dict[str, Any] = {"placeholder": str(placeholder)} if placeholder else {}
    if autofocus:
        attrs["autofocus"] = True
    widget = bound.field.widget
    return {
        "bound": bound,
        "label": bound.label if label is None else label,
        "hint": bound.help_text if hint is None else hint,
        "control": bound.as_widget(attrs=attrs),
        "single_choice": isinstance(widget, forms.CheckboxInput),
        "several": isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)),
        "optional": not bound.field.required and not isinstance(widget, forms.CheckboxInput) and not is_unmarked(bound),
        "judged": bool(getattr(bound.field, "count", "")),  # while it is filled in, not only when it is sent
    }


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong with the form as a whole; the fields say their own."""
    return {"errors": form.non_field_errors()}


@register.inclusion_tag("ui/dial.html")
def dial(
    name: str,
    legend: object,
    value: object = None,
    *,
    scale: Sequence[int] = (1, 2, 3, 4, 5),
    low: int = 2,
    ends: Sequence[object] = (),
    big: bool = False,
    required: bool = False,
) -> dict[str, Any]:
    """A score under the fingers; scores up to ``low`` are marked as low; ``ends`` name the two ends."""
    chosen = str(value) if value not in (None, "") else ""
    return {
        "name": name,
        "legend": legend,
        "chosen": chosen,
        "low": low,
        "ends": ends,
        "big": big,
        "required": required,
        "scale": [(str(score), score <= low) for score in scale],
    }


@register.simple_tag
def score_words(score: int) -> str:
    """What a score from 1 to 5 means."""
    return {
        1: _("Very dissatisfied"),
        2: _("Dissatisfied"),
        3: _("Neutral"),
        4: _("Satisfied"),
        5: _("Very satisfied"),
    }[score]
