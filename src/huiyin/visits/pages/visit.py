"""The workstation: one visit on one screen, from the preparation card to the case it opens (ui.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.customers.public import Stretch, reveal, timeline
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.questionnaires.public import Answered
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.make_link import make_visit_link
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Attempt, OwedAnswer, Visit, VisitRecord
from huiyin.visits.pages.fields import Item, OwedForm, VisitForm, asked_of, items_of, typed_answers
from huiyin.visits.queries.policies import colleagues
from huiyin.visits.queries.preparation import Preparation, dials_of, owed_answers_of, preparation_of, records_of
from huiyin.visits.queries.visits import next_visit, visit_seen_by

LINES = ("no_answer", "busy", "powered_off", "out_of_service", "wrong_number")
OUTCOMES = {"refused": "refused", "partly": "partly", "call_back": "call_back", "talked": "completed"}
LONGEST_TALK = timedelta(minutes=45)
HISTORY = 20


@dataclass(frozen=True)
class VisitPage:
    """Everything on the workstation."""

    visit: Visit
    card: Preparation
    items: list[Item]
    answered: Answered | None
    dials: list[Attempt]
    records: list[VisitRecord]
    owed: list[OwedAnswer]
    history: Stretch
    panels: list[FilledPanel]
    may_work: bool
    mine: bool
    may_override: bool
    may_correct: bool
    may_call_words: str
    number: str = ""
    link: str = ""

    @property
    def tel(self) -> str:
        """The number as a telephone wants it."""
        return "".join(character for character in self.number if character in "+0123456789")


@page("visits/<int:visit_id>/", name="visit", needs="visits.see")
def visit(request: Request, visit_id: int) -> HttpResponse:
    """One visit; a POST carries out the button that was pressed (``do``)."""
    shown = visit_seen_by(request.actor, visit_id)
    form = VisitForm(request.POST or None)
    if request.method != "POST":
        return _show(request, shown, VisitForm(initial={"way": "phone"}))
    items = items_of(shown, asked_of(shown), request.POST.dict(), {})
    do = request.POST.get("do") or "complete"
    wrong: dict[str, str] = {}
    if form.is_valid():
        with refusals(form):
            try:
                answer = _carry_out(request, shown, do, form.cleaned_data, typed_answers(request.POST, items))
            except Invalid as refusal:
                wrong = {name: say(why) for name, why in refusal.fields.items()}
                raise
            if answer is not None:
                return answer
        if not form.errors:
            return _onward(request, visit_id)
    return _show(request, visit_seen_by(request.actor, visit_id), form, wrong=wrong, status=422)


def _carry_out(
    request: Request, shown: Visit, do: str, entered: Mapping[str, object], answers: dict[str, object]
) -> HttpResponse | None:
    """Runs the action of a button; None leads onward."""
    call = call_of(request)
    if do == "start":
        return _begin(request, shown)
    if do == "link":
        link = make_visit_link(call, shown.pk)
        return _show(request, visit_seen_by(request.actor, shown.pk), VisitForm(initial={"way": "phone"}), link=link)
    reason = str(entered["override_reason"])
    if do in LINES or do in OUTCOMES:
        log_attempt(
            call,
            shown.pk,
            line=do if do in LINES else "connected",
            business=OUTCOMES.get(do, ""),
            again_at=entered["again_at"] if do in ("call_back", "refused", "partly") else None,  # type: ignore[arg-type]
            seconds=_talked(shown, call.now) if do in OUTCOMES else None,
            note=str(entered["notes"]),
            override_reason=reason,
            answers=answers,
        )
        return None
    complete_visit(
        call,
        shown.pk,
        answers={code: value for code, value in answers.items() if not code.startswith("emotion")},
        emotion=str(answers.get("emotion", "")) or None,
        emotion_note=str(answers.get("emotion.why", "")),
        needs=str(answers.get("need", "")),
        suggestions=str(answers.get("suggestion", "")),
        notes=str(entered["notes"]),
        goal_met=entered["goal_met"],  # type: ignore[arg-type]
        seconds=_talked(shown, call.now),
        way=str(entered["way"]) or "phone",
        override_reason=reason,
    )
    return None


def _begin(request: Request, shown: Visit) -> HttpResponse:
    """Claims the visit and shows the number; the look is on record."""
    call = call_of(request)
    start_visit(call, shown.pk)
    number = ""
    if request.actor.may("customers.reveal"):
        try:
            number = reveal(
                call, shown.customer_id, field="phone", reason=_("Call for visit %(id)s") % {"id": shown.pk}
            )
        except NotFound:
            messages.warning(request, _("There is no phone number to call."))
    return _show(request, visit_seen_by(request.actor, shown.pk), VisitForm(initial={"way": "phone"}), number=number)


def _talked(shown: Visit, now: datetime) -> int | None:
    """Seconds since the visit was taken up, when that can be the length of the talk."""
    if shown.started_at is None or not timedelta() <= now - shown.started_at <= LONGEST_TALK:
        return None
    return int((now - shown.started_at).total_seconds())


def _onward(request: Request, visit_id: int) -> HttpResponse:
    """Stays with a visit that found a case; else goes to the next one of the day, or to the list."""
    done = visit_seen_by(request.actor, visit_id)
    if done.found_case:
        messages.success(request, _("Saved. A case was opened: %(number)s") % {"number": done.found_case.number})
        return go("visit", visit_id)
    messages.success(
        request,
        _("Saved: %(customer)s, %(state)s") % {"customer": done.customer.name, "state": _(done.state_label).lower()},
    )
    now = clock.now()
    following = next_visit(request.actor, timezone.localdate(now), now, visit_id)
    return go("visit", following) if following else go("visits")


def _show(
    request: Request,
    shown: Visit,
    form: VisitForm,
    *,
    wrong: Mapping[str, str] | None = None,
    number: str = "",
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    asked = asked_of(shown)
    card = preparation_of(shown, request.actor, now)
    typed = request.POST.dict() if request.method == "POST" else {}
    context = VisitPage(
        visit=shown,
        card=card,
        items=items_of(shown, asked, {key: str(value) for key, value in typed.items()}, wrong or {}),
        answered=asked,
        dials=dials_of(shown),
        records=records_of(shown),
        owed=owed_answers_of(shown),
        history=timeline(request.actor, shown.customer_id, size=HISTORY),
        panels=panels_of("visit", request.actor, shown.pk),
        may_work=request.actor.may("visits.work") and shown.is_open,
        mine=shown.started_by_id == request.actor.id,
        may_override=request.actor.may("visits.override"),
        may_correct=request.actor.may("visits.correct"),
        may_call_words=say(card.may_call.why),
        number=number,
        link=link,
    )
    people = colleagues() if request.actor.may("visits.work") else []
    return show(request, "visits/visit.html", context, status=status, form=form, owed_form=OwedForm(None, people))
