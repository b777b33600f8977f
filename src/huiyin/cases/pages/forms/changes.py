"""Forms of the changes that macros and bulk actions are made of: one small form a kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.pages.forms.base import codes, people, text_field
from huiyin.cases.queries.templates import templates_in_force
from huiyin.cases.rules.kinds import CANCEL_WHYS, LEVELS
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation import clock
from huiyin.organisation.public import department_choices


class ChangeForm(forms.Form):
    """The values of one change, as they are kept."""

    def values(self) -> dict[str, Any]:
        """What was filled in."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def _person(label: Any, *, empty: object = None, hint: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        coerce=int,
        empty_value=None,
        required=empty is None,
        help_text=hint,
        choices=lambda: people(empty=empty),
    )


class LevelChange(ChangeForm):
    """Which level, and why."""

    level = forms.ChoiceField(label=_("Level"), choices=lambda: codes(LEVELS), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class WaitChange(ChangeForm):
    """Whom or what for, and why."""

    waiting_for = forms.ChoiceField(
        label=_("Waiting for"), choices=lambda: codes(WAITING_LABELS), widget=forms.RadioSelect
    )
    reason = text_field(_("What is missing"), rows=2)


class NoteChange(ChangeForm):
    """A note among ourselves."""

    text = text_field(_("Internal note"))


class WatchChange(ChangeForm):
    """Who follows."""

    staff_id = _person(_("Who follows"), empty=_("Whoever does it"))


class TaskChange(ChangeForm):
    """Something to do, due in some days."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    person_id = _person(_("Responsible person"), empty=_("Whoever does it"))
    days = forms.IntegerField(label=_("Due in how many days"), required=False, min_value=0, max_value=365)


class AssignChange(ChangeForm):
    """To whom."""

    staff_id = _person(
        _("Responsible person"),
        hint=_("A person of another department takes the case along; your department keeps seeing it."),
    )
    reason = forms.CharField(label=_("Note"), required=False, max_length=200)


class RouteChange(ChangeForm):
    """To which department."""

    department_id = forms.TypedChoiceField(label=_("Department"), coerce=int, choices=department_choices)
    reason = forms.CharField(label=_("Note"), required=False, max_length=200)


class CancelChange(ChangeForm):
    """Why."""

    why = forms.ChoiceField(
        label=_("Why"),
        choices=lambda: codes({code: label for code, label in CANCEL_WHYS.items() if code != "duplicate"}),
        widget=forms.RadioSelect,
    )
    reason = text_field(_("Reason"), rows=2)


class AnswerChange(ChangeForm):
    """In which words."""

    template = forms.ChoiceField(
        label=_("Template"),
        choices=lambda: [(row.code, row.name) for row in templates_in_force(clock.now())],
        help_text=_("Each customer gets it in the own language, filled in for the own case."),
    )


CHANGE_FORMS: dict[str, type[ChangeForm]] = {
    "triage": LevelChange,
    "wait": WaitChange,
    "note": NoteChange,
    "watch": WatchChange,
    "add_task": TaskChange,
    "answer": AnswerChange,
    "assign": AssignChange,
    "route": RouteChange,
    "cancel": CancelChange,
}
