"""What all forms of steps share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.as_seen import MINDED, take_as_seen
from huiyin.cases.models import Case
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.kernel.actor import Actor
from huiyin.kernel.call import Call
from huiyin.organisation.public import working_staff

Words = Any  # a text, translated when it is shown


def codes(labels: Mapping[str, str], empty: object = None) -> list[tuple[str, Any]]:
    """Choices from a table of codes and message ids, in the language of the request."""
    from django.utils.translation import gettext_lazy  # noqa: PLC0415 - beside the catalogue's own marker

    first = [("", empty)] if empty is not None else []
    return [*first, *((code, gettext_lazy(label)) for code, label in labels.items())]


class StepForm(forms.Form):
    """A form that takes one step: its ``verb``, its ``action``, and whether it needs a second thought."""

    verb: ClassVar[str] = ""
    action: ClassVar[Callable[..., object]]
    dangerous: ClassVar[bool] = False
    template: ClassVar[str] = ""
    """A template of its own for the fields, where one under the other does not do."""

    def __init__(self, *args: Any, case_id: int, read: Callable[[], Case], actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.case_id = case_id
        self._read = read
        self.actor = actor
        self.prepare()

    @cached_property
    def case(self) -> Case:
        """The case, read when it is asked for: a form that is carried out needs its key only."""
        return self._read()

    def prepare(self) -> None:
        """Fills choices that depend on the case."""

    def values(self) -> dict[str, Any]:
        """The action's keyword arguments."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}

    def carry_out(self, call: Call, seen: str = "") -> bool:
        """Runs the action; False leaves the refusal on the form.

        With ``seen`` (how far others had come with the case when the form was opened) news are a refusal.
        """
        action, values = type(self).action, self.values()
        with refusals(self):
            if seen and self.verb in MINDED:
                take_as_seen(call, self.case_id, seen=seen, step=action, values=values)
            else:
                action(call, self.case_id, **values)
        return not self.errors


def people(*, empty: object = None) -> list[tuple[str, str]]:
    """The people at work today, for a choice."""
    first = [("", str(empty))] if empty is not None else []
    today = clock.now().date()
    rows = working_staff(today).order_by("department__code", "username").values_list("pk", "name", "department__name")
    return [*first, *((str(pk), f"{name} · {department}" if department else name) for pk, name, department in rows)]


class Text(forms.CharField):
    """A text whose line ends count once, as browsers count them against the limit."""

    def to_python(self, value: Any) -> str:
        """The text with plain line ends."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


def text_field(label: Words, *, required: bool = True, rows: int = 3, hint: Words = "") -> forms.CharField:
    """A text over several lines."""
    return Text(
        label=label, required=required, help_text=hint, max_length=5000, widget=forms.Textarea(attrs={"rows": rows})
    )


class ScoreField(forms.TypedChoiceField):
    """A score from 1 to 5, or none."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Score"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "–"), *((str(n), str(n)) for n in range(5, 0, -1))],
            **more,
        )
