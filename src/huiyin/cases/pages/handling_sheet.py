"""The handling sheet 《工单处理单》 of a case: the page to print, and its files."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.take_out_sheet import take_out_sheet
from huiyin.cases.handling_sheet.forms import FORMS, form_called
from huiyin.cases.handling_sheet.paper import file_name, handling_sheet, language_of
from huiyin.cases.models import Case
from huiyin.cases.queries.handling_sheet import SheetFacts, sheet_facts
from huiyin.documents.public import Paper
from huiyin.foundation import clock
from huiyin.foundation.file_answer import made_file_answer
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.call import Call


class TakeOutForm(forms.Form):
    """Why personal data is needed in full, and in which file."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
    form = forms.ChoiceField(label=_("File"), choices=[("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel")])


@dataclass(frozen=True)
class SheetPage:
    """The sheet as it is printed."""

    case: Case
    paper: Paper
    language: str
    may_take_out: bool


@page("cases/<int:case_id>/sheet/", name="case-sheet", needs="cases.see")
def case_sheet(request: Request, case_id: int) -> HttpResponse:
    """The sheet, personal data masked, in the reader's language or ``?in=en``; a POST takes it out in full."""
    form = TakeOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return _in_full(request, case_id, **form.cleaned_data)
    facts = sheet_facts(request.actor, case_id)
    paper = _paper(request, facts)
    context = SheetPage(facts.case, paper, paper.language, request.actor.may("customers.export"))
    return show(request, "cases/handling_sheet.html", context, form=form, status=422 if form.errors else 200)


@page("cases/<int:case_id>/sheet/file/", name="case-sheet-file", needs="cases.see")
def case_sheet_file(request: Request, case_id: int) -> HttpResponse:
    """The same as a file (``?as=pdf``, ``docx`` or ``xlsx``), masked."""
    ending = request.GET.get("as", "pdf")
    form = form_called(ending)
    paper = _paper(request, sheet_facts(request.actor, case_id))
    return made_file_answer(form.draw(paper), form.mime, file_name(paper, ending))


def _in_full(request: Request, case_id: int, *, reason: str, form: str) -> HttpResponse:
    """Every file in full is a look of its own: pressing twice is logged twice."""
    call = call_of(request)
    personal = take_out_sheet(Call(call.actor, call.now), case_id, reason=reason, form=form)
    paper = _paper(request, sheet_facts(request.actor, case_id, personal), reason)
    return made_file_answer(FORMS[form].draw(paper), FORMS[form].mime, file_name(paper, form))


def _paper(request: Request, facts: SheetFacts, reason: str = "") -> Paper:
    language = language_of(request.GET.get("in", ""), request.LANGUAGE_CODE)
    return handling_sheet(facts, language=language, now=clock.now(), by=request.actor.name, reason=reason)
