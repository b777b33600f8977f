"""What is said and done again and again, for one case: templates to write with, macros to run."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases.actions.macros import run_macro
from huiyin.cases.models import AnswerTemplate, Case, Macro
from huiyin.cases.pages.case_draft import number_of
from huiyin.cases.queries.change_words import ChangeWords, in_words, reason_said
from huiyin.cases.queries.detail import case_seen_by, sees_case
from huiyin.cases.queries.macros import macros_of
from huiyin.cases.queries.templates import templates_to_write
from huiyin.cases.rules.changes import read_changes
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Forbidden, NotFound, Refused


@dataclass(frozen=True)
class ToolsPage:
    """Templates that fit the case, and macros of the viewer with their steps."""

    case: Case
    templates: list[AnswerTemplate]
    macros: list[tuple[Macro, list[ChangeWords]]]


@page("cases/<int:case_id>/tools/", name="case-tools", needs="cases.note")
def case_tools(request: Request, case_id: int) -> HttpResponse:
    """A part of the case's page, or a page of its own."""
    case = case_seen_by(request.actor, case_id)
    macros = [(macro, in_words(read_changes(macro.steps))) for macro in macros_of(request.actor) if macro.steps]
    context = ToolsPage(case, templates_to_write(request.actor, case, clock.now()), macros)
    return show(request, "cases/_tools.html" if request.htmx else "cases/tools.html", context)


@page("cases/<int:case_id>/macro/", name="case-macro", needs="cases.note")
@require_POST
def case_macro(request: Request, case_id: int) -> HttpResponse:
    """Runs a macro: all of its steps, or none and why."""
    try:
        outcome(run_macro, call_of(request), case_id, macro_id=number_of(request.POST.get("macro")) or 0)
    except (Forbidden, NotFound) as refusal:
        if not sees_case(request.actor, case_id):
            raise
        messages.error(request, reason_said(refusal.why))
    except Refused as refusal:
        messages.error(request, reason_said(refusal.why) + " " + _("Nothing was changed."))
    else:
        messages.success(request, _("Done."))
    if sees_case(request.actor, case_id):
        return go("case", case_id)
    return HttpResponseRedirect(reverse("cases"))
