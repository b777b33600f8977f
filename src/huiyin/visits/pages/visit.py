"""The workstation: one visit on one screen, from the preparation card to the case it opens (ui.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.customers.public import Stretch, reveal, timeline
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.questionnaires.public import Answered
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.make_link import make_visit_link
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import Attempt, OwedAnswer, Visit, VisitRecord
from huiyin.visits.pages.entered import is_result, result_of
from huiyin.visits.pages.fields import Item, OwedForm, VisitForm, asked_of, items_of, typed_answers
from huiyin.visits.pages.one_call import (
    TOGETHER,
    OneCall,
    call_shown,
    goals_in,
    kinds_of,
    merged_items,
    together_in,
)
from huiyin.visits.pages.result_keys import ResultKeys, result_keys
from huiyin.visits.queries.line import LinePart, can_dial, line_part
from huiyin.visits.queries.one_talk import talk_about
from huiyin.visits.queries.policies import colleagues
from huiyin.visits.queries.preparation import (
    Preparation,
    Work,
    dials_of,
    owed_answers_of,
    preparation_of,
    records_of,
    work_of,
)
from huiyin.visits.queries.together import call_of_visit, made_together, of_the_same_customer
from huiyin.visits.queries.visits import next_visit, visit_seen_by, visit_worked_by
from huiyin.visits.rules.talking import TalkLength
from huiyin.visits.talk_slot import AskedAlong, asked_along, take_along

LONGEST_TALK = timedelta(minutes=45)
HISTORY = 20


@dataclass(frozen=True)
class VisitPage:
    """Everything on the workstation; ``work`` only for whoever can make the visit now or later."""

    visit: Visit
    card: Preparation
    work: Work | None
    items: list[Item]
    answered: Answered | None
    dials: list[Attempt]
    records: list[VisitRecord]
    owed: list[OwedAnswer]
    history: Stretch
    panels: list[FilledPanel]
    along: list[AskedAlong]
    line: LinePart | None
    results: ResultKeys
    talk: TalkLength
    mine: bool
    may_override: bool
    may_correct: bool
    one_call: OneCall
    number: str = ""
    link: str = ""

    @property
    def talked(self) -> str:
        """Whether the talk was longer than announced, or than it may be; "" when it was not measured."""
        return self.talk.said(self.records[0].seconds) if self.records else ""

    @property
    def tel(self) -> str:
        """The number as a telephone wants it."""
        return "".join(character for character in self.number if character in "+0123456789")


@page("visits/<int:visit_id>/", name="visit", needs="visits.see")
def visit(request: Request, visit_id: int) -> HttpResponse:
    """One visit; a POST carries out the button that was pressed (``do``)."""
    if request.method != "POST":
        return _show(request, visit_id, VisitForm(initial={"way": "phone"}))
    form = VisitForm(request.POST)
    wrong: dict[str, str] = {}
    if form.is_valid():
        with refusals(form):
            try:
                return _pressed(request, visit_id, request.POST.get("do") or "complete", form.cleaned_data)
            except Invalid as refusal:
                wrong = {name: say(why) for name, why in refusal.fields.items()}
                raise
        if not form.errors:  # the same form again: it leads where it led the first time
            return _onward(request, visit_seen_by(request.actor, visit_id))
    return _show(request, visit_id, form, wrong=wrong, status=422)


def _pressed(request: Request, visit_id: int, do: str, entered: Mapping[str, object]) -> HttpResponse:
    """Carries out what a button says."""
    if do == "start":
        return _begin(request, visit_id)
    if do == "link":
        link = make_visit_link(call_of(request), visit_id)
        return _show(request, visit_id, VisitForm(initial={"way": "phone"}), link=link)
    shown = visit_worked_by(request.actor, visit_id)
    together = together_in(request.POST)
    take_along(call_of(request), [visit_id, *(together or ())], request.POST.dict())
    talk = talk_about(shown, of_the_same_customer(shown, together))
    entered = {**entered, TOGETHER: together, "goals_met": goals_in(request.POST, together)}
    return _onward(request, _save(call_of(request), shown, do, entered, typed_answers(request.POST, kinds_of(talk))))


def _save(call: Call, shown: Visit, do: str, entered: Mapping[str, Any], answers: Mapping[str, object]) -> Visit:
    """Logs the call or completes the visit, and with it the others that stood on the screen."""
    reason = str(entered["override_reason"])
    if is_result(do):
        said = result_of(do, entered)
        return log_attempt(
            call,
            shown.pk,
            **said,
            seconds=_talked(shown, call.now) if said["business"] else None,
            note=str(entered["notes"]),
            override_reason=reason,
            answers=answers,
            together=entered[TOGETHER],
        )
    return complete_visit(
        call,
        shown.pk,
        answers={code: value for code, value in answers.items() if not code.startswith("emotion")},
        emotion=str(answers.get("emotion", "")) or None,
        emotion_note=str(answers.get("emotion.why", "")),
        needs=str(answers.get("need", "")),
        suggestions=str(answers.get("suggestion", "")),
        notes=str(entered["notes"]),
        goal_met=entered["goal_met"],
        seconds=_talked(shown, call.now),
        way=str(entered["way"]) or "phone",
        override_reason=reason,
        goals_met=entered["goals_met"],
        together=entered[TOGETHER],
    )


def _begin(request: Request, visit_id: int) -> HttpResponse:
    """Claims the visit and shows the number; the look is on record."""
    call = call_of(request)
    begun = start_visit(call, visit_id)
    number = ""
    if request.actor.may("customers.reveal"):
        try:
            reason = _("Call for visit %(id)s") % {"id": visit_id}
            number = reveal(call, begun.customer_id, field="phone", reason=reason)
        except NotFound:
            messages.warning(request, _("There is no phone number to call."))
    return _show(request, visit_id, VisitForm(initial={"way": "phone"}), number=number)


def _talked(shown: Visit, now: datetime) -> int | None:
    """Seconds since the visit was taken up, when that can be the length of the talk."""
    if shown.started_at is None or not timedelta() <= now - shown.started_at <= LONGEST_TALK:
        return None
    return int((now - shown.started_at).total_seconds())


def _onward(request: Request, done: Visit) -> HttpResponse:
    """Stays with a visit that found a case; else goes to the next one of the day, or to the list."""
    if done.found_case:
        messages.success(request, _("Saved. A case was opened: %(number)s") % {"number": done.found_case.number})
        return go("visit", done.pk)
    messages.success(
        request,
        _("Saved: %(customer)s, %(state)s") % {"customer": done.customer.name, "state": _(done.state_label).lower()},
    )
    now = clock.now()
    following = next_visit(request.actor, timezone.localdate(now), now, done.pk)
    return go("visit", following) if following else go("visits")


def _show(
    request: Request,
    visit_id: int,
    form: VisitForm,
    *,
    wrong: Mapping[str, str] | None = None,
    number: str = "",
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = visit_seen_by(request.actor, visit_id)
    leader = call_of_visit(request.actor, shown) if request.method == "GET" else None
    if leader is not None:
        return go("visit", leader)
    works = request.actor.may("visits.work")
    context = _page(request, shown, wrong or {}, works=works, number=number, link=link)
    owed_form = OwedForm(None, colleagues() if context.work else [])
    return show(request, "visits/visit.html", context, status=status, form=form, owed_form=owed_form)


def _page(
    request: Request, shown: Visit, wrong: Mapping[str, str], *, works: bool, number: str, link: str
) -> VisitPage:
    actor, now = request.actor, clock.now()
    asked, dials, others = asked_of(shown), dials_of(shown), made_together(shown)
    card = preparation_of(shown, dials)
    typed = {key: str(value) for key, value in request.POST.dict().items()}
    work = work_of(shown, actor, now, dials, others) if works and shown.is_open else None
    along = others if shown.is_open else []
    items = merged_items(shown, along, asked, work, typed, wrong) if along else items_of(shown, asked, typed, wrong)
    return VisitPage(
        visit=shown,
        card=card,
        work=work,
        items=items,
        answered=asked,
        dials=dials,
        records=[] if shown.is_open else records_of(shown),
        owed=owed_answers_of(shown),
        history=timeline(actor, shown.customer_id, size=HISTORY),
        panels=panels_of("visit", actor, shown.pk),
        along=asked_along([shown.pk, *(each.pk for each in along)], typed),
        line=line_part(shown, actor) if works and shown.is_open and can_dial(actor) else None,
        results=result_keys(),
        talk=shown.policy.talk,
        mine=shown.started_by_id == actor.id,
        may_override=actor.may("contacts.override"),
        may_correct=actor.may("visits.correct"),
        one_call=call_shown(others, items, shown, typed),
        number=number,
        link=link,
    )
