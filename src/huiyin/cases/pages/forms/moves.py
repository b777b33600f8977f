"""Forms of the steps that move a case on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.answer_plan import confirm_plan, decline_plan
from huiyin.cases.actions.ask_revisit import ask_revisit
from huiyin.cases.actions.attach import attach_file
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.close import close_case
from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.record_revisit import record_revisit
from huiyin.cases.actions.reopen import reopen_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.send_plan import send_plan
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.tell import tell_result
from huiyin.cases.actions.verdict import record_verdict
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.pages.forms.base import ScoreField, StepForm, codes, text_field
from huiyin.cases.pages.forms.plan import PlanForm
from huiyin.cases.rules.kinds import CANCEL_WHYS, CONFIRM_WAYS, REVISIT_OUTCOMES, VERDICTS
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation.forms import refusals
from huiyin.kernel.call import Call


class VerifyForm(StepForm):
    """What the customer said about the record."""

    verb = "verify"
    action = verify_case
    note = text_field(_("What was checked with the customer"), required=False)


class SendPlanForm(StepForm):
    """Nothing to fill in: the plan goes out as it stands."""

    verb = "send_plan"
    action = send_plan


class ConfirmForm(StepForm):
    """How the customer agreed."""

    verb = "confirm"
    action = confirm_plan
    way = forms.ChoiceField(label=_("How the customer agreed"), choices=lambda: codes(CONFIRM_WAYS))
    words = text_field(_("The customer's words"), required=False, rows=2)
    upload = forms.FileField(label=_("Scan of the signed plan"), required=False)

    def values(self) -> dict[str, Any]:
        """How and in which words, with the scan among the case's files."""
        given = super().values()
        return {"way": given["way"], "words": given["words"], "file_id": self.scan_id}

    def carry_out(self, call: Call, seen: str = "") -> bool:
        """Keeps the scan with the case first; the same scan twice is kept once."""
        upload = self.cleaned_data["upload"]
        with refusals(self):
            self.scan_id = attach_file(Call(call.actor, call.now), self.case_id, upload=upload).pk if upload else None
        return not self.errors and super().carry_out(call, seen)


class DeclineForm(StepForm):
    """Why the customer does not agree."""

    verb = "decline"
    action = decline_plan
    way = forms.ChoiceField(label=_("How the customer answered"), choices=lambda: codes(CONFIRM_WAYS))
    words = text_field(_("What does not suit the customer"))


class StartForm(StepForm):
    """A word at the start."""

    verb = "start"
    action = start_work
    note = text_field(_("Note"), required=False, rows=2)


class WaitForm(StepForm):
    """Whom or what for, and why."""

    verb = "wait"
    action = wait_for
    waiting_for = forms.ChoiceField(
        label=_("Waiting for"), choices=lambda: codes(WAITING_LABELS), widget=forms.RadioSelect
    )
    reason = text_field(_("What is missing"), rows=2)


class ResumeForm(StepForm):
    """A word about why it goes on."""

    verb = "resume"
    action = resume_case
    note = text_field(_("Note"), required=False, rows=2)


class FinishForm(StepForm):
    """The function test."""

    verb = "finish"
    action = finish_work
    test = text_field(_("How it was tested and what came of it"))
    tested_with_customer = forms.BooleanField(label=_("Tested together with the customer"), required=False)


class TellForm(StepForm):
    """The result in plain words."""

    verb = "tell"
    action = tell_result
    result = text_field(_("The result, in words the customer understands"), rows=4)


class VerdictForm(StepForm):
    """What the customer says of the result."""

    verb = "verdict"
    action = record_verdict
    verdict = forms.ChoiceField(label=_("The customer is"), choices=lambda: codes(VERDICTS), widget=forms.RadioSelect)
    score = ScoreField()
    words = text_field(_("The customer's words"), required=False, rows=2)
    way = forms.ChoiceField(label=_("How we know"), choices=lambda: codes(CONFIRM_WAYS))


class AskRevisitForm(StepForm):
    """Nothing to fill in."""

    verb = "ask_revisit"
    action = ask_revisit


class RecordRevisitForm(StepForm):
    """What the revisit brought."""

    verb = "record_revisit"
    action = record_revisit
    outcome = forms.ChoiceField(label=_("Outcome"), choices=lambda: codes(REVISIT_OUTCOMES), widget=forms.RadioSelect)
    score = ScoreField()
    words = text_field(_("The customer's words"), required=False, rows=2)


class CloseForm(StepForm):
    """A last word."""

    verb = "close"
    action = close_case
    reason = text_field(_("Note"), required=False, rows=2)


class ReopenForm(StepForm):
    """Why again."""

    verb = "reopen"
    action = reopen_case
    reason = text_field(_("Why the case is opened again"), rows=2)


class CancelForm(StepForm):
    """Why it is no case."""

    verb = "cancel"
    action = cancel_case
    dangerous = True
    why = forms.ChoiceField(label=_("Why"), choices=lambda: codes(CANCEL_WHYS), widget=forms.RadioSelect)
    same_as = forms.CharField(label=_("Number of the other case"), required=False, max_length=24)
    reason = text_field(_("Explanation"), rows=2)


MOVE_FORMS: tuple[type[Any], ...] = (
    VerifyForm,
    PlanForm,
    SendPlanForm,
    ConfirmForm,
    DeclineForm,
    StartForm,
    WaitForm,
    ResumeForm,
    FinishForm,
    TellForm,
    VerdictForm,
    AskRevisitForm,
    RecordRevisitForm,
    CloseForm,
    ReopenForm,
    CancelForm,
)
