"""The record sheet of a visit: the page to print, and its files (VIS-30)."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.documents.public import Paper
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.call import Call
from huiyin.visits.actions.take_out_sheet import take_out_sheet
from huiyin.visits.models import Visit
from huiyin.visits.queries.record_sheet import SheetFacts, sheet_facts
from huiyin.visits.record_sheet.forms import FORMS, file_answer, form_called
from huiyin.visits.record_sheet.paper import file_name, language_of, record_sheet


class TakeOutForm(forms.Form):
    """Why personal data is needed in full, and in which file."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    form = forms.ChoiceField(label=_("File"), choices=[("pdf", "PDF"), ("docx", "Word")])


@dataclass(frozen=True)
class SheetPage:
    """The sheet as it is printed."""

    visit: Visit
    paper: Paper
    language: str
    may_take_out: bool


@page("visits/<int:visit_id>/sheet/", name="visit-sheet", needs="visits.see")
def visit_sheet(request: Request, visit_id: int) -> HttpResponse:
    """The sheet, personal data masked, in the reader's language or ``?in=en``; a POST takes it out in full."""
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return _in_full(request, visit_id, **form.cleaned_data)
    facts = sheet_facts(request.actor, visit_id)
    paper = _paper(request, facts)
    context = SheetPage(facts.visit, paper, paper.language, request.actor.may("customers.export"))
    return show(request, "visits/record_sheet.html", context, form=form, status=422 if form.errors else 200)


@page("visits/<int:visit_id>/sheet/file/", name="visit-sheet-file", needs="visits.see")
def visit_sheet_file(request: Request, visit_id: int) -> HttpResponse:
    """The same as a file (``?as=pdf`` or ``docx``), masked."""
    ending = request.GET.get("as", "pdf")
    form = form_called(ending)
    facts = sheet_facts(request.actor, visit_id)
    paper = _paper(request, facts)
    return file_answer(paper, form, file_name(facts, paper, ending))


def _in_full(request: Request, visit_id: int, *, reason: str, form: str) -> HttpResponse:
    """Every file in full is a look of its own: pressing twice is logged twice."""
    call = call_of(request)
    personal = take_out_sheet(Call(call.actor, call.now), visit_id, reason=reason, form=form)
    facts = sheet_facts(request.actor, visit_id, personal)
    paper = _paper(request, facts, reason)
    return file_answer(paper, FORMS[form], file_name(facts, paper, form))


def _paper(request: Request, facts: SheetFacts, reason: str = "") -> Paper:
    language = language_of(request.GET.get("in", ""), request.LANGUAGE_CODE)
    return record_sheet(facts, language=language, now=clock.now(), by=request.actor.name, reason=reason)
