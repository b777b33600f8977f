"""A change to many cases: what is chosen, what is to be done, what that would do, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.cases.actions.bulk import NEEDS_BULK, choose_cases, confirm_bulk, describe_bulk, stop_bulk, undo_bulk
from huiyin.cases.models import BulkState, BulkWork, Macro
from huiyin.cases.pages.case_draft import number_of
from huiyin.cases.pages.forms.changes import CHANGE_FORMS
from huiyin.cases.queries.bulk import (
    Preview,
    Progress,
    RefusedItem,
    bulk_of,
    may_undo,
    preview_of,
    progress_of,
    refused_items,
    refused_reasons,
)
from huiyin.cases.queries.change_words import ChangeWords, in_words, reason_said
from huiyin.cases.queries.macros import macro_of, macros_of
from huiyin.cases.queries.queue import CaseFilter
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.changes import KINDS_OF_CHANGE, ChangeKind, mark_of_changes, read_changes
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Refused

FILTERS = ("text", "state", "level", "kind", "department")


class Confirm(forms.Form):
    """The safety stop: how many cases there are, typed by hand; and the mark of what was shown."""

    typed = forms.IntegerField(label=_("Number of cases"), required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def asked(self) -> Confirm:
        """As it is shown: where the number is asked for, it is not optional; what is wrong with it the action says."""
        self.fields["typed"].required = True
        return self


@dataclass(frozen=True)
class BulkPage:
    """Everything the page shows; what does not belong to the work's state is empty."""

    work: BulkWork
    total: int
    kinds: list[ChangeKind]
    macros: list[Macro]
    chosen: str
    changes: list[ChangeWords]
    mark: str
    lost: list[str]
    preview: Preview | None
    reasons: list[tuple[str, int]]
    stop: bool
    progress: Progress | None
    refused: list[tuple[RefusedItem, str]]
    refused_count: int
    may_undo: bool
    state: str


@page("cases/bulk/", name="case-bulk-new", needs=NEEDS_BULK)
def bulk_new(request: Request) -> HttpResponse:
    """Keeps the chosen cases and leads to what may be done with them; opened by its address, to the list."""
    if request.method != "POST":
        return go("cases")
    ids = [int(pk) for pk in request.POST.getlist("case") if pk.isascii() and pk.isdigit() and len(pk) <= 18]  # noqa: PLR2004 - a key
    tab = request.POST.get("tab", "")[:30]
    values = {name: request.POST.get(name, "").replace("\x00", "")[:100] for name in FILTERS}
    everything = CaseFilter(tab=tab, **values) if request.POST.get("everything") else None
    try:
        return go("case-bulk", outcome(choose_cases, call_of(request), ids=ids, everything=everything))
    except Refused as refusal:
        return show(request, "cases/bulk_refused.html", reason_said(refusal.why), refusal.status)


@page("cases/bulk/<int:work_id>/", name="case-bulk", needs=NEEDS_BULK)
def bulk_page(request: Request, work_id: int) -> HttpResponse:
    """The work of this person, in whatever state it is."""
    work = bulk_of(request.actor, work_id)
    if request.method == "POST" and "macro" in request.POST:
        return _by_macro(request, work)
    do = request.POST.get("do") or request.GET.get("do") or ""
    kind = CHANGE_FORMS.get(do)
    form = kind(request.POST if request.method == "POST" else None) if kind else None
    if form is not None and request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(describe_bulk, call_of(request), work_id, changes=[{"do": do, **form.values()}])
        if not form.errors:
            return go("case-bulk", work_id)
    status = 422 if form is not None and form.errors else 200
    return show(request, "cases/bulk.html", _page(request, work, do), status, form=form, confirm=Confirm().asked())


def _by_macro(request: Request, work: BulkWork) -> HttpResponse:
    """The steps of a macro are what is to be done."""
    macro = macro_of(request.actor, number_of(request.POST["macro"]) or 0)
    try:
        outcome(describe_bulk, call_of(request), work.pk, changes=macro.steps)
    except Refused as refusal:
        return show(request, "cases/bulk_refused.html", reason_said(refusal.why), refusal.status)
    return go("case-bulk", work.pk)


@page("cases/bulk/<int:work_id>/confirm/", name="case-bulk-confirm", needs=NEEDS_BULK)
def bulk_confirm(request: Request, work_id: int) -> HttpResponse:
    """Begins, once the number is typed where that is asked for; opened by its address, it asks again."""
    if request.method != "POST":
        return go("case-bulk", work_id)
    form = Confirm(request.POST)
    if form.is_valid():
        with refusals(form):
            outcome(confirm_bulk, call_of(request), work_id, **form.cleaned_data)
        if not form.errors:
            return go("case-bulk", work_id)
    page_of = _page(request, bulk_of(request.actor, work_id), "")
    return show(request, "cases/bulk.html", page_of, 422, form=None, confirm=form.asked())


@page("cases/bulk/<int:work_id>/progress/", name="case-bulk-progress", needs=NEEDS_BULK)
def bulk_progress(request: Request, work_id: int) -> HttpResponse:
    """Asked for every second; when the work is over, the whole page is asked for."""
    work = bulk_of(request.actor, work_id)
    answer = show(request, "cases/_bulk_progress.html", _page(request, work, ""))
    if not work.busy:
        answer["HX-Refresh"] = "true"
    return answer


@page("cases/bulk/<int:work_id>/stop/", name="case-bulk-stop", needs=NEEDS_BULK)
@require_POST
def bulk_stop(request: Request, work_id: int) -> HttpResponse:
    """Stops after the cases that are being changed right now."""
    return _do(request, stop_bulk, work_id)


@page("cases/bulk/<int:work_id>/undo/", name="case-bulk-undo", needs=NEEDS_BULK)
@require_POST
def bulk_undo(request: Request, work_id: int) -> HttpResponse:
    """Takes the change back; leads to that work."""
    return _do(request, undo_bulk, work_id)


def _do(request: Request, action: Callable[..., Any], work_id: int) -> HttpResponse:
    bulk_of(request.actor, work_id)
    try:
        return HttpResponseRedirect(reverse("case-bulk", args=[outcome(action, call_of(request), work_id)]))
    except Refused as refusal:
        return show(request, "cases/bulk_refused.html", reason_said(refusal.why), refusal.status)


def _page(request: Request, work: BulkWork, do: str) -> BulkPage:
    now, changes = clock.now(), read_changes(work.changes)
    choosing = work.state == BulkState.CHOOSING
    preview = preview_of(request.actor, work) if choosing and changes and not do else None
    progress = progress_of(work)
    over = not choosing and not work.busy
    reasons = preview.refused if preview else refused_reasons(work) if over else ()
    return BulkPage(
        work=work,
        total=progress.total,
        macros=[macro for macro in macros_of(request.actor) if macro.steps] if choosing else [],
        kinds=[kind for kind in KINDS_OF_CHANGE.values() if request.actor.may(kind.right)],
        chosen=do,
        changes=in_words(changes),
        mark=mark_of_changes(work.changes),
        lost=[change.kind.lost for change in changes if change.kind.lost],
        preview=preview,
        reasons=[(reason_said(why), count) for why, count in reasons],
        stop=progress.total > conduct_at(now).bulk_stop,
        progress=None if choosing else progress,
        refused=[(item, reason_said(item.why)) for item in refused_items(request.actor, work)] if over else [],
        refused_count=sum(count for _why, count in reasons),
        may_undo=may_undo(work, progress, now),
        state=str(BulkState(work.state).label),
    )
