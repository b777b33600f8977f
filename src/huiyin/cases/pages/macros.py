"""Macros: made, and put together step by step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.cases.actions.macros import add_macro_step, drop_macro, drop_macro_step, save_macro
from huiyin.cases.models import Macro
from huiyin.cases.pages.forms.changes import CHANGE_FORMS
from huiyin.cases.queries.change_words import ChangeWords, in_words
from huiyin.cases.queries.macros import macro_of, macros_of, may_change
from huiyin.cases.rules.changes import KINDS_OF_CHANGE, ChangeKind, mark_of_changes, read_changes
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import Conflict
from huiyin.organisation.public import department_choices


class MacroForm(forms.Form):
    """What it is called and whose it is: ``own``, ``all``, or a department's key."""

    name = forms.CharField(label=_("Name"), max_length=80)
    whose = forms.ChoiceField(label=_("For whom"), initial="own")

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        choices: list[tuple[str, Any]] = [("own", _("For myself"))]
        if actor.may("cases.templates"):
            mine = {str(pk) for pk in actor.department_ids}
            choices += [choice for choice in department_choices() if choice[0] in mine]
            choices += [("all", _("For everybody"))]
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        whose = self.cleaned_data["whose"]
        return {
            "name": self.cleaned_data["name"],
            "everybody": whose == "all",
            "department_id": int(whose) if whose.isdigit() else None,
        }


@dataclass(frozen=True)
class MacrosPage:
    """The macros of the viewer, with their steps in words."""

    macros: list[tuple[Macro, list[ChangeWords], bool]]


@dataclass(frozen=True)
class MacroPage:
    """One macro, the kinds of steps, and the one being added."""

    macro: Macro
    steps: list[ChangeWords]
    kinds: list[ChangeKind]
    chosen: str
    shown: str


@page("cases/macros/", name="case-macros", needs="cases.note")
def macros_page(request: Request) -> HttpResponse:
    """All that the viewer may run; a new one is made here."""
    form = MacroForm(request.POST if request.method == "POST" else None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return go("case-macro-edit", outcome(save_macro, call_of(request), **form.values()))
    rows = list(macros_of(request.actor))
    macros = [(row, in_words(read_changes(row.steps)), may_change(request.actor, row)) for row in rows]
    return show(request, "cases/macros.html", MacrosPage(macros), 422 if form.errors else 200, form=form)


@page("cases/macros/<int:macro_id>/", name="case-macro-edit", needs="cases.note")
def macro_page(request: Request, macro_id: int) -> HttpResponse:
    """Its steps; one is added by its form."""
    macro = macro_of(request.actor, macro_id)
    do = request.POST.get("do") or request.GET.get("do") or ""
    kind = CHANGE_FORMS.get(do)
    form = kind(request.POST if request.method == "POST" else None) if kind else None
    if form is not None and request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(add_macro_step, call_of(request), macro_id, step={"do": do, **form.values()})
        if not form.errors:
            return go("case-macro-edit", macro_id)
    page_of = MacroPage(
        macro, in_words(read_changes(macro.steps)), list(KINDS_OF_CHANGE.values()), do, mark_of_changes(macro.steps)
    )
    return show(request, "cases/macro.html", page_of, 422 if form is not None and form.errors else 200, form=form)


@page("cases/macros/<int:macro_id>/steps/<int:place>/drop/", name="case-macro-step-drop", needs="cases.note")
@require_POST
def macro_step_drop(request: Request, macro_id: int, place: int) -> HttpResponse:
    """Takes a step out."""
    try:
        outcome(drop_macro_step, call_of(request), macro_id, place=place, shown=request.POST.get("shown", ""))
    except Conflict:
        messages.error(request, gettext("Its steps were changed in the meantime; nothing was taken out."))
    return go("case-macro-edit", macro_id)


@page("cases/macros/<int:macro_id>/drop/", name="case-macro-drop", needs="cases.note")
@require_POST
def macro_drop(request: Request, macro_id: int) -> HttpResponse:
    """Takes the macro out of use."""
    outcome(drop_macro, call_of(request), macro_id)
    return go("case-macros")
