"""The stages of the company's own: listed, made, changed, taken out of use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.arrange_stages import ARRANGE, retire_stage, save_stage
from huiyin.cases.pages.forms.base import codes
from huiyin.cases.queries.own_stages import StageRow, every_stage, mark_of_stage, stage_with_cases
from huiyin.cases.rules.own_stages import HOLDING, REACHED_BY
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.foundation.forms import mark_for_page, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


class StageForm(forms.Form):
    """Names, the state it belongs to, and its place among the others."""

    name = forms.CharField(label=_("Name in Chinese"), max_length=40)
    name_en = forms.CharField(label=_("Name in English"), max_length=40, required=False)
    code = forms.CharField(
        label=_("Code"), max_length=28, help_text=_("Clocks name it as stage:code. It is not changed later.")
    )
    state = forms.ChoiceField(label=_("Within the state"), choices=lambda: codes({s: STATE_LABELS[s] for s in HOLDING}))
    reached_by = forms.ChoiceField(label=_("Reached when"), required=False, choices=lambda: codes(REACHED_BY))
    position = forms.IntegerField(label=_("Order"), min_value=0, max_value=999, initial=0)


class RetireForm(forms.Form):
    """Where the cases of the stage go."""

    into = forms.ChoiceField(label=_("Its cases go to"), required=False)

    def __init__(self, *args: Any, others: list[StageRow], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = [("-", _("Choose")), ("", _("No stage")), *((stage.code, stage.shown) for stage in others)]
        self.fields["into"].choices = chosen  # type: ignore[attr-defined]


@dataclass(frozen=True)
class StageLine:
    """A stage in the list with the name of its state (a message id)."""

    stage: StageRow
    state_label: str


@dataclass(frozen=True)
class StagesPage:
    """All stages; ``one`` is the one being changed."""

    lines: list[StageLine]
    one: StageRow | None
    may_change: bool
    shown: str


@page("cases/stages/", name="case-stages", needs="cases.see")
def own_stages(request: Request) -> HttpResponse:
    """The list, with a form for one more."""
    may = request.actor.may(ARRANGE)
    form = StageForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        with refusals(form):
            save_stage(call_of(request), None, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("The stage is saved."))
            return go("case-stages")
    return _shown(request, None, form, None)


@page("cases/stages/<int:stage_id>/", name="case-stage", needs=ARRANGE)
def own_stage(request: Request, stage_id: int) -> HttpResponse:
    """One stage, to be changed or taken out of use."""
    one = stage_with_cases(stage_id)
    retire = RetireForm(request.POST or None if "retire" in request.POST else None, others=_others(one))
    given = request.POST if request.method == "POST" and "retire" not in request.POST else None
    form = StageForm(given, initial=vars(one))
    form.fields["code"].disabled = True
    if request.method == "POST" and _done(request, one, form, retire):
        return go("case-stages")
    return _shown(request, one, form, retire)


def _done(request: Request, one: StageRow, form: StageForm, retire: RetireForm) -> bool:
    if "retire" in request.POST:
        if retire.is_valid():
            chosen = retire.cleaned_data["into"]
            with refusals(retire):
                moved = retire_stage(call_of(request), one.pk, into=None if chosen == "-" else chosen)
                messages.success(request, gettext("Out of use; %(count)d cases were moved.") % {"count": moved})
        return not retire.errors
    if form.is_valid():
        with refusals(form):
            save_stage(call_of(request), one.pk, **form.cleaned_data, shown=request.POST.get("shown"))
            messages.success(request, gettext("The stage is saved."))
    return not form.errors


def _others(one: StageRow) -> list[StageRow]:
    return [each for each in every_stage() if each.in_use and each.state == one.state and each.pk != one.pk]


def _shown(request: Request, one: StageRow | None, form: StageForm, retire: RetireForm | None) -> HttpResponse:
    lines = [StageLine(stage, STATE_LABELS[stage.state]) for stage in every_stage()]
    wrong = bool(form.errors or (retire and retire.errors))
    shown = mark_for_page(form, request.POST.get("shown", ""), mark_of_stage(stage_with_cases(one.pk))) if one else ""
    context = StagesPage(lines, one, request.actor.may(ARRANGE), shown)
    return show(request, "cases/own_stages.html", context, 422 if wrong else 200, form=form, retire=retire)
