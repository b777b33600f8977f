"""One step of a case: its form, alone on a page or as a part inside the case, and its carrying out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.cases.models import Case
from huiyin.cases.pages.forms import STEP_FORMS, StepForm
from huiyin.cases.queries.detail import case_seen_by, reasons_of, sees_case
from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.lifecycle import ASIDES, LIFECYCLE
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.refusal import Forbidden, NotFound

LABELS = {move.verb: move.label for move in LIFECYCLE.moves} | {step.verb: step.label for step in ASIDES}

STAYS = frozenset({"note", "contact", "answer", "attach", "add_task", "finish_task", "triage", "recognise", "tell"})
"""Steps that change nothing about who may see the case."""


@dataclass(frozen=True)
class StepPage:
    """A step about to be taken: its verb and label (message id), and the suggestion for a level's decision."""

    case: Case
    verb: str
    label: str
    dangerous: bool
    suggested: str
    reasons: list[tuple[str, int]]


@page("cases/<int:case_id>/<slug:verb>/", name="case-step", needs="cases.see")
def case_step(request: Request, case_id: int, verb: str) -> HttpResponse:
    """The form of a step, and the step itself."""
    kind = STEP_FORMS.get(verb)
    if kind is None:
        raise NotFound
    if not request.actor.may(NEEDS[verb]):
        raise Forbidden
    read = partial(case_seen_by, request.actor, case_id)
    if request.method != "POST":
        return _form(request, kind(case_id=case_id, read=read), 200)
    form = kind(request.POST, request.FILES, case_id=case_id, read=read)
    if form.is_valid() and form.carry_out(call_of(request)):
        return _back(request, case_id, verb)
    return _form(request, form, 422)


def _form(request: Request, form: StepForm, status: int) -> HttpResponse:
    case = form.case
    context = StepPage(
        case=case,
        verb=form.verb,
        label=LABELS.get(form.verb, ""),
        dangerous=form.dangerous,
        suggested=LEVELS[case.suggested_level],
        reasons=reasons_of(case),
    )
    template = "cases/_step.html" if request.htmx else "cases/step.html"
    return show(request, template, context, status, form=form)


def _back(request: Request, case_id: int, verb: str) -> HttpResponse:
    """To the case, or to the list when the step took it out of the person's area."""
    if verb in STAYS or sees_case(request.actor, case_id):
        messages.success(request, _("Done."))
        address = reverse("case", args=[case_id])
    else:
        messages.success(request, _("Done. The case has left your area."))
        address = reverse("cases")
    if not request.htmx:
        return HttpResponseRedirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response
