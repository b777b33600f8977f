"""One site visit: what is next on top, then place and phone, checks, log, photos, parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from huiyin.field_service.actions.cancel_visit import cancel_visit
from huiyin.field_service.actions.log import write_down
from huiyin.field_service.actions.move_visit import move_visit
from huiyin.field_service.actions.on_site import arrive, begin, set_out
from huiyin.field_service.actions.photos import add_photo
from huiyin.field_service.actions.reveal import reveal_visit
from huiyin.field_service.actions.telling import link_of
from huiyin.field_service.models import ServiceReport, SiteVisit, VisitCheck, VisitEntry, VisitPhoto
from huiyin.field_service.pages.forms import CancelForm, ChecksForm, LogForm, MoveForm, PhotosForm
from huiyin.field_service.queries.visits import Shown, photo_of_visit, report_of, shown_of, visit_seen_by
from huiyin.field_service.rules.lifecycle import SITE
from huiyin.field_service.rules.words import VISIT_LABELS, VisitState
from huiyin.foundation.files import kept
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.photos import photo_of
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import NotFound
from huiyin.spare_parts.public import Need, needs_about

KEPT = {"begin": "checks"}
"""Under which name the phone keeps what was typed for a step, until it was taken."""
WAY = (VisitState.PLANNED, VisitState.ON_WAY, VisitState.ARRIVED, VisitState.WORKING, VisitState.DONE)


@dataclass(frozen=True)
class VisitPage:
    """Everything the page shows; ``full`` is what was revealed by this very request."""

    visit: SiteVisit
    shown: Shown
    full: dict[str, str]
    way: list[tuple[str, str]]
    verbs: frozenset[str]
    mine: bool
    may_plan: bool
    may_reveal: bool
    checks: list[tuple[str, VisitCheck]]
    entries: list[VisitEntry]
    photos: list[VisitPhoto]
    needs: list[Need]
    may_handle: bool
    may_reserve: bool
    report: ServiceReport | None
    link: str


@page("site-visits/<int:visit_id>/", name="site-visit", needs="field_service.see")
def site_visit(request: Request, visit_id: int) -> HttpResponse:
    """The page of a visit."""
    return _shown(request, visit_seen_by(request.actor, visit_id))


@page("site-visits/<int:visit_id>/do/<slug:verb>/", name="site-visit-do", needs="field_service.see")
def site_visit_do(request: Request, visit_id: int, verb: str) -> HttpResponse:
    """Takes a step; what is wrong is said where it was typed."""
    visit = visit_seen_by(request.actor, visit_id)
    if verb not in STEPS:
        raise NotFound
    if request.method != "POST":
        return go("site-visit", visit_id)
    form = _form(request, visit, verb)
    if form.is_valid():
        with refusals(form):
            STEPS[verb](call_of(request), visit_id, form)
    if form.errors:
        return _shown(request, visit_seen_by(request.actor, visit_id), forms_={verb: form}, status=422)
    messages.success(request, gettext("Done."))
    return HttpResponseRedirect(f"{reverse('site-visit', args=[visit_id])}?taken={KEPT.get(verb, verb)}-{visit_id}")


@page("site-visits/<int:visit_id>/show/<slug:field>/", name="site-visit-reveal", needs="field_service.reveal")
def site_visit_reveal(request: Request, visit_id: int, field: str) -> HttpResponse:
    """Shows address or phone in full; the look is on record."""
    if request.method != "POST":
        return go("site-visit", visit_id)
    value = reveal_visit(call_of(request), visit_id, field=field)
    answer = _shown(request, visit_seen_by(request.actor, visit_id), full={field: value})
    answer["Cache-Control"] = "no-store"
    return answer


@page("site-visits/<int:visit_id>/photos/<int:photo_id>/", name="site-visit-photo", needs="field_service.see")
def site_visit_photo(request: Request, visit_id: int, photo_id: int) -> HttpResponse:
    """One photo."""
    photo = photo_of_visit(visit_seen_by(request.actor, visit_id), photo_id)
    return picture(photo.path, "image/jpeg")


def picture(path: str, media_type: str) -> HttpResponse:
    """A picture of our own making; nobody on the way keeps a copy."""
    answer = HttpResponse(kept(path), content_type=media_type)
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _begin(call: Call, visit_id: int, form: Any) -> object:
    return begin(call, visit_id, checks=form.answers())


def _photo(call: Call, visit_id: int, form: Any) -> object:
    return add_photo(call, visit_id, photo_of(form.cleaned_data["photo"].read(), None))


def _plain(action: Callable[..., object]) -> Callable[[Call, int, Any], object]:
    return lambda call, visit_id, form: action(call, visit_id, **form.cleaned_data)


STEPS: dict[str, Callable[[Call, int, Any], object]] = {
    "set_out": _plain(set_out),
    "arrive": _plain(arrive),
    "begin": _begin,
    "log": _plain(write_down),
    "photo": _photo,
    "move": _plain(move_visit),
    "cancel": _plain(cancel_visit),
}


def _form(request: Request, visit: SiteVisit, verb: str) -> forms.Form:
    if verb == "begin":
        return _checks(visit, request.POST)
    kinds: dict[str, type[forms.Form]] = {"log": LogForm, "photo": PhotosForm, "move": MoveForm, "cancel": CancelForm}
    return kinds.get(verb, forms.Form)(request.POST, request.FILES)


def _checks(visit: SiteVisit, data: Any = None) -> ChecksForm:
    english = not (get_language() or "").startswith("zh")
    return ChecksForm(data, items=visit.rules.check_items, english=english)


def _shown(
    request: Request,
    visit: SiteVisit,
    *,
    forms_: dict[str, forms.Form] | None = None,
    full: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    may, mine = request.actor.may, request.actor.id == visit.engineer_id
    given = {check.code: check for check in visit.checks.all()}
    english = not (get_language() or "").startswith("zh")
    context = VisitPage(
        visit=visit,
        shown=shown_of(visit),
        full=full or {},
        way=[(state, gettext(VISIT_LABELS[state])) for state in WAY],
        verbs=frozenset(move.verb for move in SITE.next(visit.state)),
        mine=mine and may("field_service.work"),
        may_plan=may("field_service.plan"),
        may_reveal=may("field_service.reveal"),
        checks=[
            (item.text_en if english and item.text_en else item.text, given[item.code])
            for item in visit.rules.check_items
            if item.code in given
        ],
        entries=list(visit.entries.select_related("opened", "by").order_by("id")),
        photos=list(visit.photos.order_by("id")),
        needs=needs_about(visit.case._meta.label_lower, visit.case_id),
        may_handle=may("spare_parts.handle"),
        may_reserve=may("spare_parts.reserve"),
        report=report_of(visit),
        link=link_of(visit),
    )
    start = timezone.localtime(visit.start_at)
    typed: dict[str, forms.Form] = {
        "begin": _checks(visit),
        "log": LogForm(),
        "photo": PhotosForm(),
        "move": MoveForm(initial={"start_at": start}),
        "cancel": CancelForm(),
        "step": forms.Form(),
    }
    wrong = forms_ or {}
    first = next((form for form in wrong.values()), None)
    return show(request, "field_service/visit.html", context, status, forms=typed | wrong, wrong=first)
