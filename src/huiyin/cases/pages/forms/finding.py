"""Forms of what is found out about a case: its diagnosis, its parts, its stage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.diagnose import diagnose_case
from huiyin.cases.actions.put_in_stage import put_in_stage
from huiyin.cases.actions.split import split_case
from huiyin.cases.pages.forms.base import StepForm, codes, people, text_field
from huiyin.cases.queries.own_stages import stages_in
from huiyin.cases.rules.kinds import KINDS, TOPICS
from huiyin.organisation.public import department_choices

SHORT = 60


class DiagnoseForm(StepForm):
    """Cause, what was tried from afar, what was used, and to whom it goes."""

    verb = "diagnose"
    action = diagnose_case
    cause = text_field(_("Cause, as far as it is known"))
    guidance = text_field(_("Remote guidance that was tried"), required=False, rows=2)
    helped = forms.TypedChoiceField(
        label=_("Did the guidance help?"),
        choices=[("", "–"), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    knowledge = forms.CharField(label=_("Knowledge used"), required=False, max_length=500)
    past_cases = forms.CharField(
        label=_("Past cases used"), required=False, max_length=500, help_text=_("Their numbers.")
    )
    department_id = forms.TypedChoiceField(
        label=_("Hand over to the department"), coerce=int, empty_value=None, required=False
    )
    person_id = forms.TypedChoiceField(
        label=_("Hand over to the person"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("Everything written here and in the case goes along; you keep seeing the case."),
    )

    def prepare(self) -> None:
        """Offers departments and people, and the last diagnosis to start from."""
        self.fields["department_id"].choices = [("", "–"), *department_choices()]  # type: ignore[attr-defined]
        self.fields["person_id"].choices = people(empty="–")  # type: ignore[attr-defined]


class SplitForm(StepForm):
    """What becomes a case of its own, and what goes along."""

    verb = "split"
    action = split_case
    description = text_field(_("What becomes a case of its own"), rows=4)
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: codes(KINDS))
    topic = forms.ChoiceField(label=_("Topic"), choices=lambda: codes(TOPICS))
    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    notes = forms.TypedMultipleChoiceField(
        label=_("Entries that go along"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    attachments = forms.TypedMultipleChoiceField(
        label=_("Files that go along"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Offers the entries and files of the case."""
        notes = self.case.notes.order_by("at", "pk").values_list("pk", "text")
        self.fields["notes"].choices = [(pk, text[:SHORT]) for pk, text in notes]  # type: ignore[attr-defined]
        files = self.case.attachments.order_by("pk").values_list("pk", "name")
        self.fields["attachments"].choices = list(files)  # type: ignore[attr-defined]
        for name in ("notes", "attachments"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]
        first = self.case.description
        self.initial = {"description": first, "kind": self.case.kind, "topic": self.case.topic}


class OwnStageForm(StepForm):
    """Which of the company's own stages."""

    verb = "own_stage"
    action = put_in_stage
    stage = forms.ChoiceField(label=_("Stage"), required=False, widget=forms.RadioSelect)

    def prepare(self) -> None:
        """Offers the stages of the present state."""
        offered = [(stage.code, stage.shown) for stage in stages_in(self.case.state)]
        self.fields["stage"].choices = [("", _("No stage")), *offered]  # type: ignore[attr-defined]
        self.initial = {"stage": self.case.own_stage.code if self.case.own_stage else ""}


FINDING_FORMS: tuple[type[Any], ...] = (DiagnoseForm, SplitForm, OwnStageForm)
