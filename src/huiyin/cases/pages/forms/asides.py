"""Forms of what is done beside: level, people, notes, tasks, files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.attach import attach_file
from huiyin.cases.actions.move_deadline import TOLD_GOALS, move_deadline
from huiyin.cases.actions.note import add_note, answer_customer, log_contact
from huiyin.cases.actions.recognise import recognise_customer
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.take import take_case
from huiyin.cases.actions.tasks import add_task, finish_task
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.actions.watch import unwatch_case, watch_case
from huiyin.cases.pages.forms.base import StepForm, codes, people, text_field
from huiyin.cases.pages.forms.problem_type import ProblemTypeField
from huiyin.cases.queries.problem_tree import path_shown
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, REACHES, SEVERITIES, TOPICS
from huiyin.cases.rules.sla import GOALS
from huiyin.cases.rules.tasks import BY_HAND, TASK_LABELS, TaskKind
from huiyin.foundation.forms import DayField, MomentField
from huiyin.organisation.public import department_choices


class TakeForm(StepForm):
    """Nothing to fill in."""

    verb = "take"
    action = take_case


class TriageForm(StepForm):
    """What is known, and the decision."""

    verb = "triage"
    action = triage_case
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: codes(KINDS), required=False)
    problem_type_id = ProblemTypeField()
    severity = forms.ChoiceField(label=_("Severity"), choices=lambda: codes(SEVERITIES, "–"), required=False)
    reach = forms.ChoiceField(label=_("Reach"), choices=lambda: codes(REACHES, "–"), required=False)
    emotion = forms.ChoiceField(label=_("Emotion"), choices=lambda: codes(EMOTIONS, "–"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=lambda: codes(LEVELS), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=200,
        help_text=_("Needed when you decide otherwise than suggested."),
    )

    def prepare(self) -> None:
        """Starts from what stands."""
        self.initial = {name: getattr(self.case, name) for name in ("kind", "severity", "reach", "emotion", "level")}
        self.fields["problem_type_id"].offer("type")  # type: ignore[attr-defined]
        self.initial["problem_type_id"] = path_shown(self.case.problem_type_id)


class AssignForm(StepForm):
    """To whom."""

    verb = "assign"
    action = assign_case
    staff_id = forms.TypedChoiceField(
        label=_("Responsible person"),
        coerce=int,
        help_text=_("A person of another department takes the case along; your department keeps seeing it."),
    )
    reason = forms.CharField(label=_("Note"), required=False, max_length=200)

    def prepare(self) -> None:
        """Offers the people at work."""
        self.fields["staff_id"].choices = people()  # type: ignore[attr-defined]
        self.initial = {"staff_id": self.case.owner_id}


class RouteForm(StepForm):
    """Which topic, or which department."""

    verb = "route"
    action = route_case
    topic = forms.ChoiceField(label=_("Topic"), choices=lambda: codes(TOPICS))
    department_id = forms.TypedChoiceField(
        label=_("Department"), coerce=int, empty_value=None, required=False, help_text=_("Empty: as the topic says.")
    )
    reason = forms.CharField(label=_("Note"), required=False, max_length=200)

    def prepare(self) -> None:
        """Offers the departments."""
        departments = department_choices()
        self.fields["department_id"].choices = [("", "–"), *departments]  # type: ignore[attr-defined]
        self.initial = {"topic": self.case.topic}


class RecogniseForm(StepForm):
    """Whose case it is."""

    verb = "recognise"
    action = recognise_customer
    number = forms.CharField(label=_("Customer number"), max_length=20)


class NoteForm(StepForm):
    """A note among ourselves."""

    verb = "note"
    action = add_note
    text = text_field(_("Internal note"))


class ContactForm(StepForm):
    """A call or other contact."""

    verb = "contact"
    action = log_contact
    reached = forms.TypedChoiceField(
        label=_("Outcome"),
        choices=[("yes", _("Reached")), ("no", _("Not reached"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=_("Contact way"), choices=lambda: codes(CHANNELS), initial="phone")
    text = text_field(_("What was said"), required=False, rows=2)


class AnswerForm(StepForm):
    """Words to the customer."""

    verb = "answer"
    action = answer_customer
    text = text_field(_("Write to the customer"))


class TaskForm(StepForm):
    """Something to do."""

    verb = "add_task"
    action = add_task
    kind = forms.ChoiceField(
        label=_("Kind of task"),
        required=False,
        choices=lambda: codes({kind: TASK_LABELS[kind] for kind in BY_HAND}),
        initial=TaskKind.WORK,
    )
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    person_id = forms.TypedChoiceField(label=_("Responsible person"), coerce=int, empty_value=None, required=False)
    due_on = DayField(label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def prepare(self) -> None:
        """Offers the people at work."""
        self.fields["person_id"].choices = people(empty="–")  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """An empty kind is plain work."""
        given = super().values()
        return given | {"kind": given["kind"] or TaskKind.WORK}


class MoveDeadlineForm(StepForm):
    """Which date, to when, and why; the customer reads the reason."""

    verb = "move_deadline"
    action = move_deadline
    goal = forms.ChoiceField(label=_("Deadline"), choices=lambda: codes({goal: GOALS[goal] for goal in TOLD_GOALS}))
    due_at = MomentField(
        label=_("New deadline"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = text_field(_("Reason"), rows=2, hint=_("The customer gets a letter with these words."))


class FinishTaskForm(StepForm):
    """Ticks a task off."""

    verb = "finish_task"
    action = finish_task
    task_id = forms.IntegerField(widget=forms.HiddenInput)
    dropped = forms.BooleanField(required=False, widget=forms.HiddenInput)
    evidence = forms.CharField(required=False, max_length=300)


class AttachForm(StepForm):
    """A file."""

    verb = "attach"
    action = attach_file
    upload = forms.FileField(label=_("File"), help_text=_("Pictures, PDF, Office files and plain text up to 10 MB."))


class WatchForm(StepForm):
    """Who follows; nobody named: whoever sends it."""

    verb = "watch"
    action = watch_case
    staff_id = forms.TypedChoiceField(
        label=_("Who follows"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_(
            "Who follows a case may read it and add notes, and is told of its moves and of the customer's words."
        ),
    )

    def prepare(self) -> None:
        """Offers the people at work."""
        self.fields["staff_id"].choices = people(empty=_("Myself"))  # type: ignore[attr-defined]


class UnwatchForm(StepForm):
    """Who follows no more."""

    verb = "unwatch"
    action = unwatch_case
    staff_id = forms.IntegerField(required=False, widget=forms.HiddenInput)


ASIDE_FORMS: tuple[type[Any], ...] = (
    TakeForm,
    TriageForm,
    AssignForm,
    RouteForm,
    RecogniseForm,
    NoteForm,
    ContactForm,
    AnswerForm,
    TaskForm,
    MoveDeadlineForm,
    FinishTaskForm,
    AttachForm,
    WatchForm,
    UnwatchForm,
)
