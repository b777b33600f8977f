"""Answer templates: the list, and one with its versions and a look at a real case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.save_template import save_template
from huiyin.cases.models import AnswerTemplate
from huiyin.cases.pages.forms.base import codes
from huiyin.cases.queries.search import first_case
from huiyin.cases.queries.templates import all_templates, company_today, filled_for, versions_called
from huiyin.cases.rules.kinds import KINDS, TOPICS
from huiyin.cases.rules.templates import VARIABLES, Filled
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.versions import Difference, Version, two_of, versions_of
from huiyin.organisation.public import department_choices

COMPARED = {
    "name": _("Name"),
    "text": _("Text in Chinese"),
    "text_en": _("Text in English"),
    "kind": _("Kind"),
    "topic": _("Topic"),
    "department": _("Department"),
    "retired": _("Out of use"),
}


class TemplateForm(forms.Form):
    """A version of a template."""

    name = forms.CharField(label=_("Name"), max_length=80)
    text = forms.CharField(label=_("Text in Chinese"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    text_en = forms.CharField(
        label=_("Text in English"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: codes(KINDS, _("Every kind")), required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=lambda: codes(TOPICS, _("Every topic")), required=False)
    department_id = forms.TypedChoiceField(
        label=_("Department"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=lambda: [("", _("Every department")), *department_choices()],
    )
    effective_from = DayField(label=_("Holds from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    retired = forms.BooleanField(label=_("Out of use"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200)
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True)
class TemplatesPage:
    """Every template's newest version, with the words of kind and topic."""

    rows: list[tuple[AnswerTemplate, str, str]]


@dataclass(frozen=True)
class TemplatePage:
    """One template (None: a new one), its versions, what differs between two, and how it reads in a case."""

    row: AnswerTemplate | None
    variables: list[tuple[str, str]]
    versions: list[Version]
    older: AnswerTemplate | None
    newer: AnswerTemplate | None
    differences: list[Difference]
    number: str
    preview: Filled | None


@page("cases/templates/", name="case-templates", needs="cases.templates")
def templates_page(request: Request) -> HttpResponse:
    """All templates."""
    rows = [(row, KINDS.get(row.kind, ""), TOPICS.get(row.topic, "")) for row in all_templates()]
    return show(request, "cases/templates.html", TemplatesPage(rows))


@page("cases/templates/new/", name="case-template-new", needs="cases.templates")
def template_new(request: Request) -> HttpResponse:
    """A first version."""
    form = TemplateForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(save_template, call_of(request), **form.cleaned_data)
        if not form.errors:
            return go("case-templates")
    return _shown(request, None, form)


@page("cases/templates/<slug:code>/", name="case-template", needs="cases.templates")
def template_page(request: Request, code: str) -> HttpResponse:
    """The newest version, to be changed into the next one."""
    row = versions_called(code)[-1]
    names = ("name", "text", "text_en", "kind", "topic", "department_id", "retired")
    initial = {name: getattr(row, name) for name in names} | {"expected": row.version}
    form = TemplateForm(request.POST) if request.method == "POST" else TemplateForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(save_template, call_of(request), code=code, **form.cleaned_data)
        if not form.errors:
            return go("case-template", code)
    return _shown(request, row, form)


def _shown(request: Request, row: AnswerTemplate | None, form: TemplateForm) -> HttpResponse:
    now, number = clock.now(), request.GET.get("case", "").strip()[:24]
    english = (get_language() or "").startswith("en")
    versions = versions_of(versions_called(row.code), company_today(now)) if row else []
    older, newer = two_of(request.GET.dict(), versions) if versions else (None, None)
    context = TemplatePage(
        row=row,
        variables=[(code if english else chinese, label) for code, (chinese, label) in VARIABLES.items()],
        versions=versions,
        older=older,
        newer=newer,
        differences=_differences(older, newer) if older and newer else [],
        number=number,
        preview=_preview(request, row, number) if row else None,
    )
    return show(request, "cases/template.html", context, 422 if form.errors else 200, form=form)


def _preview(request: Request, row: AnswerTemplate, number: str) -> Filled | None:
    case = first_case(request.actor, number) if number else None
    return filled_for(row.text, row.text_en, case, request.actor, clock.now()) if case else None


def _differences(older: AnswerTemplate, newer: AnswerTemplate) -> list[Difference]:
    pairs = ((label, _word(getattr(older, name)), _word(getattr(newer, name))) for name, label in COMPARED.items())
    return [Difference(str(label), before, after) for label, before, after in pairs if before != after]


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return str(value or "")
