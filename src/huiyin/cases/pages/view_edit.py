"""Makes, changes and removes a saved view."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.save_view import delete_view, save_view
from huiyin.cases.models import CaseView
from huiyin.cases.pages.forms.base import codes
from huiyin.cases.pages.view_words import name_said
from huiyin.cases.queries.case_facts import case_fields
from huiyin.cases.queries.queue import CaseFilter
from huiyin.cases.queries.views import fault_of, view_called, view_seen_by
from huiyin.cases.rules.views import COLUMNS, LONGEST_NAME, ORDERS, Audience, View, audiences_of, may_change
from huiyin.foundation.condition_forms import ConditionField, as_typed, being_edited
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.actor import Actor, Scope
from huiyin.kernel.refusal import Forbidden, Repeated
from huiyin.organisation.public import department_choices

WRONG = 422


@dataclass(frozen=True)
class ViewPage:
    """The view that is changed (``pk`` 0: a new one), and its name.

    ``fault`` says why its condition no longer makes sense, ``version`` which one was before whoever types.
    """

    view: View
    name: str
    fault: str
    version: int


class ViewForm(forms.Form):
    """Name, for whom, which cases, order and columns."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=_("English name"), max_length=LONGEST_NAME, required=False)
    audience = forms.ChoiceField(label=_("For whom"))
    department_id = forms.TypedChoiceField(
        label=_("Department"), required=False, coerce=int, empty_value=None, choices=()
    )
    condition = ConditionField(case_fields, count="case-count", label=_("Which cases"))
    ended_too = forms.BooleanField(label=_("Closed and cancelled cases as well"), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=lambda: codes({code: each[0] for code, each in ORDERS.items()}))
    columns = forms.MultipleChoiceField(
        label=_("Columns"), choices=lambda: codes(COLUMNS), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        wide = audiences_of(actor)
        self.fields["audience"].choices = codes(wide)  # type: ignore[attr-defined]
        self.fields["department_id"].choices = [("", "–"), *_departments(actor)]  # type: ignore[attr-defined]
        if Audience.TEAM not in wide:
            del self.fields["department_id"]


def _departments(actor: Actor) -> list[tuple[str, str]]:
    """Those for which the actor may make views."""
    every = actor.scope is Scope.ALL
    return [(pk, name) for pk, name in department_choices() if every or int(pk) in actor.department_ids]


@page("cases/views/new/", name="case-view-new", needs="cases.see")
def view_new(request: Request) -> HttpResponse:
    """A new view, beginning with what the list showed."""
    return _edited(request, _begun(request), None)


@page("cases/views/<int:view_id>/", name="case-view", needs="cases.see")
def view_edit(request: Request, view_id: int) -> HttpResponse:
    """Changes a view of one's own, or a shared one."""
    view = view_seen_by(request.actor, view_id)
    if not may_change(view, request.actor):
        raise Forbidden
    return _edited(request, view, view_id)


@page("cases/views/<int:view_id>/delete/", name="case-view-delete", needs="cases.see")
def view_delete(request: Request, view_id: int) -> HttpResponse:
    """Removes a view."""
    if request.method == "POST":
        with suppress(Repeated):
            delete_view(call_of(request), view_id)
        return go("case-views")
    return go("case-view", view_id)


def _edited(request: Request, view: View, view_id: int | None) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, view, ViewForm(initial=_initial(view), actor=request.actor))
    typed = request.POST.get("version", "")[:9]
    version = int(typed) if typed.isascii() and typed.isdigit() else 0
    if being_edited(request.POST):
        return _shown(request, view, as_typed(ViewForm, request.POST, actor=request.actor), version=version)
    form = ViewForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return _shown(request, view, form, WRONG, version)
    saved = _saved(request, form, view_id, version)
    if saved is None:  # when somebody else was faster, saving once more is deliberate
        return _shown(request, view, form, WRONG)
    return HttpResponseRedirect(f"{reverse('cases')}?tab={saved}")


def _saved(request: Request, form: ViewForm, view_id: int | None, version: int) -> int | None:
    expected = version if view_id else None
    with refusals(form):
        try:
            row: CaseView = save_view(call_of(request), view_id, expected=expected, **form.cleaned_data)
        except Repeated as repeat:
            return int(repeat.result)
        return int(row.pk)
    return None


def _shown(request: Request, view: View, form: ViewForm, status: int = 200, version: int | None = None) -> HttpResponse:
    fault = fault_of(view)
    number = view.version if version is None else version
    context = ViewPage(view, name_said(view), say(fault) if fault else "", number)
    return show(request, "cases/view.html", context, status, form=form)


def _initial(view: View) -> dict[str, Any]:
    names = ("name", "name_en", "audience", "department_id", "condition", "ended_too", "order", "columns")
    return {name: getattr(view, name) for name in names}


def _begun(request: Request) -> View:
    """A new view of one's own with the condition of the view and the filters the list showed."""
    key = request.GET.get("tab", "")
    shown = view_called(request.actor, key[:30]) if key else View(condition={})
    rows = [
        {"field": name, "is": "in", "value": [value]}
        for name in ("level", "state", "kind")
        if (value := request.GET.get(name, "")) and hasattr(CaseFilter, name)
    ]
    if text := request.GET.get("text", "").strip():
        rows.append({"field": "text", "is": "contains", "value": text[:100]})
    before = shown.condition or {}
    parts = [*before["all"], *rows] if set(before) == {"all"} else [*([before] if before else []), *rows]
    return replace(
        shown, pk=0, code="", name="", name_en="", audience=Audience.OWN, version=0,
        condition={"all": parts} if parts else {},
    )  # fmt: skip
