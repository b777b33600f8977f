"""The API of visits: lists, one, every step of doing it, plans and their reasons."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Query, Router

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.foundation.forms import say
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.correct import correct_record
from huiyin.visits.actions.keep_apart import keep_apart
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.make_link import make_visit_link
from huiyin.visits.actions.owe_answer import give_answer, owe_answer
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.publish_plan import publish_plan
from huiyin.visits.actions.reassign import reassign_visits
from huiyin.visits.actions.replan_week import replan_week
from huiyin.visits.actions.start import start_visit
from huiyin.visits.api.schemas import (
    AttemptIn,
    AttemptOut,
    CompleteIn,
    CorrectIn,
    GiveIn,
    HandOverIn,
    LinkOut,
    MayCall,
    MovedOut,
    OwedOut,
    OweIn,
    PlanIn,
    PlanOut,
    ReasonIn,
    RecordOut,
    ReplanIn,
    TogetherOut,
    VisitDetailOut,
    VisitFilter,
    VisitOut,
    WhyOut,
)
from huiyin.visits.models import Visit
from huiyin.visits.queries.choices import why_of
from huiyin.visits.queries.one_talk import talk_about
from huiyin.visits.queries.owed import owed_seen_by
from huiyin.visits.queries.plans import plan_answer, plan_called
from huiyin.visits.queries.preparation import dials_of, may_be_called, preparation_of, records_of
from huiyin.visits.queries.together import made_together
from huiyin.visits.queries.visits import listed, visit_seen_by
from huiyin.visits.rules.weeks import monday_of_iso

PREFIX = "/visits"
router = Router(tags=["visits"])


@router.get("", auth=needs("visits.see"), response=answers(Page[VisitOut]))
def list_visits(request: ApiRequest, which: Query[VisitFilter], cursor: Query[Cursor]) -> Page[VisitOut]:
    """Visits in the caller's area, by due moment (ended ones: newest first)."""
    filters = {"kind": which.kind, "state": which.state, "text": which.text, "mine": "1" if which.mine else ""}
    rows, order = listed(request.actor, which.tab, filters)
    return page_of(rows, order=order, cursor=cursor, out=_out)


@router.post("/plans", auth=needs("visits.plan"), response=answers(PlanOut))
def draw_week(request: ApiRequest, data: PlanIn) -> dict[str, Any]:
    """Draws a week as a draft; the same seed and facts give the same plan."""
    drawn = outcome(plan_week, call_of_api(request), _monday(data.week), seed=data.seed, fill_up=data.fill_up)
    return plan_answer(drawn)


@router.post("/plans/replan", auth=needs("visits.plan"), response=answers(PlanOut))
def replan(request: ApiRequest, data: ReplanIn) -> dict[str, Any]:
    """Plans a published week again with the least change, as a draft; ``moved`` says how many stand elsewhere."""
    return plan_answer(outcome(replan_week, call_of_api(request), _monday(data.week)))


@router.get("/plans/{int:plan_id}", auth=needs("visits.see_plan"), response=answers(PlanOut))
def get_plan(request: ApiRequest, plan_id: int) -> dict[str, Any]:  # noqa: ARG001 - ninja passes it
    """A plan with its quotas, what gave way and why candidates were left out."""
    return plan_answer(plan_id)


@router.post("/plans/{int:plan_id}/publish", auth=needs("visits.plan"), response=answers(PlanOut))
def publish_week(request: ApiRequest, plan_id: int) -> dict[str, Any]:
    """Makes the draft the week's plan."""
    return plan_answer(outcome(publish_plan, call_of_api(request), plan_id))


@router.get("/plans/{int:plan_id}/why/{int:visit_id}", auth=needs("visits.see_plan"), response=answers(WhyOut))
def explain_choice(request: ApiRequest, plan_id: int, visit_id: int) -> WhyOut:
    """Why this visit was chosen, or why not."""
    why = why_of(plan_called(plan_id), request.actor, visit_id)
    return WhyOut(
        visit_id=visit_id,
        chosen=why.choice.chosen,
        code=why.choice.code,
        sentences=list(why.sentences),
        agent_id=why.choice.agent_id,
        window_start=why.choice.window_start,
    )


@router.post("/hand-over", auth=needs("visits.plan"), response=answers(MovedOut))
def hand_over_visits(request: ApiRequest, data: HandOverIn) -> MovedOut:
    """Gives visits to another agent."""
    moved = outcome(reassign_visits, call_of_api(request), data.visits, agent_id=data.agent_id, reason=data.reason)
    return MovedOut(moved=moved)


@router.post("/owed-answers/{int:owed_id}/give", auth=needs("visits.see"), response=answers(OwedOut))
def give_owed_answer(request: ApiRequest, owed_id: int, data: GiveIn) -> Any:
    """Notes what the customer was told."""
    return owed_seen_by(request.actor, outcome(give_answer, call_of_api(request), owed_id, answer=data.answer))


@router.get("/{int:visit_id}", auth=needs("visits.see"), response=answers(VisitDetailOut))
def get_visit(request: ApiRequest, visit_id: int) -> VisitDetailOut:
    """One visit with its dials and record."""
    return _detail(request, visit_id)


@router.post("/{int:visit_id}/start", auth=needs("visits.work"), response=answers(VisitDetailOut))
def take_visit(request: ApiRequest, visit_id: int) -> VisitDetailOut:
    """Takes the visit; 409 names whoever was faster."""
    return _detail(request, outcome(start_visit, call_of_api(request), visit_id))


@router.post("/{int:visit_id}/attempts", auth=needs("visits.work"), response=answers(VisitDetailOut))
def add_attempt(request: ApiRequest, visit_id: int, data: AttemptIn) -> VisitDetailOut:
    """Logs one dial and carries out what it means."""
    return _detail(request, outcome(log_attempt, call_of_api(request), visit_id, **data.dict()))


@router.post("/{int:visit_id}/complete", auth=needs("visits.work"), response=answers(VisitDetailOut))
def save_visit(request: ApiRequest, visit_id: int, data: CompleteIn) -> VisitDetailOut:
    """Ends the visit with all its answers, and what is made in the same call."""
    return _detail(request, outcome(complete_visit, call_of_api(request), visit_id, **data.dict()))


@router.post("/{int:visit_id}/correct", auth=needs("visits.correct"), response=answers(VisitDetailOut))
def correct_visit(request: ApiRequest, visit_id: int, data: CorrectIn) -> VisitDetailOut:
    """Adds a version of the record."""
    changes = {name: value for name, value in data.dict(exclude={"reason"}).items() if value is not None}
    outcome(correct_record, call_of_api(request), visit_id, reason=data.reason, **changes)
    return _detail(request, visit_id)


@router.post("/{int:visit_id}/cancel", auth=needs("visits.plan"), response=answers(VisitDetailOut))
def drop_visit(request: ApiRequest, visit_id: int, data: ReasonIn) -> VisitDetailOut:
    """Cancels an open visit."""
    return _detail(request, outcome(cancel_visit, call_of_api(request), visit_id, reason=data.reason))


@router.post("/{int:visit_id}/apart", auth=needs("visits.work"), response=answers(VisitDetailOut))
def part_visit(request: ApiRequest, visit_id: int) -> VisitDetailOut:
    """Takes a visit out of the call it was to be made in; it is made by itself."""
    return _detail(request, outcome(keep_apart, call_of_api(request), visit_id))


@router.post("/{int:visit_id}/link", auth=needs("visits.work"), response=answers(LinkOut))
def link_visit(request: ApiRequest, visit_id: int) -> LinkOut:
    """A fresh address of the questionnaire for the customer."""
    return LinkOut(address=str(outcome(make_visit_link, call_of_api(request), visit_id)))


@router.post("/{int:visit_id}/owed-answers", auth=needs("visits.work"), response=answers(OwedOut))
def promise_answer(request: ApiRequest, visit_id: int, data: OweIn) -> Any:
    """Promises the customer an answer by somebody else."""
    return owed_seen_by(request.actor, outcome(owe_answer, call_of_api(request), visit_id, **data.dict()))


def _monday(week: str) -> date:
    try:
        return monday_of_iso(week)
    except ValueError:
        why = message(_("There is no week %(week)s; write it as 2026-W40."), week=week)
        raise Invalid(why, {"week": why}) from None


def _out(visit: Visit) -> VisitOut:
    names = {"customer_number": visit.customer.number, "customer_name": visit.customer.name}
    own = {name: getattr(visit, name) for name in VisitOut.model_fields if name not in names}
    return VisitOut.model_validate({**own, **names})


def _together(visit: Visit) -> list[TogetherOut]:
    others = made_together(visit)
    keys = talk_about(visit, others).keys if others else {}
    return [TogetherOut(id=each.pk, kind=each.kind, state=each.state, keys=dict(keys[each.pk])) for each in others]


def _detail(request: ApiRequest, visit_id: int) -> VisitDetailOut:
    visit: Visit = visit_seen_by(request.actor, visit_id)
    now, dials = clock.now(), dials_of(visit)
    card = preparation_of(visit, dials)
    may = may_be_called(visit, now, dials)
    return VisitDetailOut(
        **_out(visit).dict(),
        phone=card.phone,
        attempts=[AttemptOut.from_orm(each) for each in dials],
        records=[RecordOut.from_orm(each) for each in records_of(visit)],
        together=_together(visit),
        may_call=MayCall(allowed=may.allowed, code=may.code, why=say(may.why), from_when=may.from_when),
    )
