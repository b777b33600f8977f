"""One step of a case: its form, alone on a page or as a part inside the case, and its carrying out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huiyin.cases.actions.drafts import drop_draft
from huiyin.cases.models import Case
from huiyin.cases.pages.case_draft import TALK, DraftPage, draft_page, number_of
from huiyin.cases.pages.forms import STEP_FORMS, StepForm
from huiyin.cases.queries.desk import Desk, desk_of
from huiyin.cases.queries.detail import case_for_step, reasons_of, sees_case
from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.lifecycle import ASIDES, LIFECYCLE
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Forbidden, NotFound

LABELS = {
    **{move.verb: move.label for move in LIFECYCLE.moves},
    **{step.verb: step.label for step in ASIDES},
    "answer": gettext_noop("Write to the customer"),
    "finish_task": gettext_noop("Finished"),
}

STAYS = frozenset(
    {
        "watch",
        "note",
        "contact",
        "answer",
        "attach",
        "add_task",
        "finish_task",
        "need_part",
        "triage",
        "recognise",
        "join_identity",
        "part_identity",
        "tell",
    }
)
"""Steps that change nothing about who may see the case."""
TALKED = frozenset({"answer", "note"})
"""Steps whose words are typed into the conversation's own field."""
UNTYPED = frozenset({"part_identity", "attach", "need_part", "finish_task", "watch", "unwatch"})
"""Steps without words to keep."""


@dataclass(frozen=True)
class StepPage:
    """A step about to be taken: its verb and label (message id), and the suggestion for a level's decision."""

    case: Case
    verb: str
    label: str
    dangerous: bool
    suggested: str
    reasons: list[tuple[str, int]]
    seen: str
    drafts: DraftPage | None


@page("cases/<int:case_id>/<slug:verb>/", name="case-step", needs="cases.see")
def case_step(request: Request, case_id: int, verb: str) -> HttpResponse:
    """The form of a step, and the step itself."""
    kind = STEP_FORMS.get(verb)
    if kind is None:
        raise NotFound
    if not request.actor.may(NEEDS[verb]):
        raise Forbidden
    read = partial(case_for_step, request.actor, case_id, verb)
    if request.method != "POST":
        return _opened(request, kind, read, case_id)
    form = kind(request.POST, request.FILES, case_id=case_id, read=read, actor=request.actor)
    if form.is_valid() and form.carry_out(call_of(request), request.POST.get("seen", "")):
        if draft := number_of(request.POST.get("draft")):
            drop_draft(Call(request.actor, clock.now()), draft)
        return _back(request, case_id, verb)
    desk = desk_of(request.actor, case_id)
    return _form(request, form, desk, number_of(request.POST.get("draft")) or 0, 422)


def _opened(request: Request, kind: type[StepForm], read: Callable[[], Case], case_id: int) -> HttpResponse:
    """The form with what was typed into it before and not sent."""
    case, desk = read(), desk_of(request.actor, case_id)
    chosen = number_of(request.GET.get("draft"))
    part = TALK if kind.verb in TALKED else kind.verb
    drafts = draft_page(case_id, part, desk.of(part), chosen)
    form = kind(case_id=case_id, read=lambda: case, actor=request.actor)
    form.initial = {**form.initial, **(drafts.draft.values if drafts.draft else {})}
    return _form(request, form, desk, chosen, 200)


def _form(request: Request, form: StepForm, desk: Desk, chosen: int | None, status: int) -> HttpResponse:
    case = form.case
    part = TALK if form.verb in TALKED else form.verb
    context = StepPage(
        case=case,
        verb=form.verb,
        label=LABELS.get(form.verb, ""),
        dangerous=form.dangerous,
        suggested=LEVELS[case.suggested_level],
        reasons=reasons_of(case),
        seen=desk.seen,
        drafts=draft_page(case.pk, part, desk.of(part), chosen) if form.verb not in UNTYPED else None,
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
