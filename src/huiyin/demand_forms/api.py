"""The API of demand forms: sign up, decide, write answers down, and what each unit owes."""

from __future__ import annotations

from ninja import Query, Router

from huiyin.demand_forms.actions.confirm import Decision, confirm_form
from huiyin.demand_forms.actions.decline import decline_form
from huiyin.demand_forms.actions.note_answers import note_answers
from huiyin.demand_forms.actions.nothing_needed import nothing_needed
from huiyin.demand_forms.actions.save_numbers import remove_exception, save_exception, save_numbers
from huiyin.demand_forms.actions.sign_up import sign_up
from huiyin.demand_forms.actions.withdraw import withdraw_form
from huiyin.demand_forms.models import DemandForm, DemandNumbers, UnitMonth
from huiyin.demand_forms.queries.forms import form_seen_by, forms_seen_by, wishes_of
from huiyin.demand_forms.queries.months import month_seen_by, months_seen_by
from huiyin.demand_forms.queries.numbers import demand_numbers, unit_numbers
from huiyin.demand_forms.queries.wishes import wish_worked_by
from huiyin.demand_forms.schemas import (
    AnswersIn,
    ConfirmIn,
    ExceptionOut,
    FormIn,
    FormOut,
    MonthlyIn,
    MonthOut,
    NumbersIn,
    NumbersOut,
    ReasonIn,
    WishOut,
)
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of

PREFIX = "/demand-forms"
router = Router(tags=["demand forms"])
SEE, SIGN_UP, DECIDE, CHANGE = "demand.see", "demand.sign_up", "demand.decide", "demand.change_numbers"


@router.get("", auth=needs(SEE), response=answers(Page[FormOut]))
def list_demand_forms(request: ApiRequest, cursor: Query[Cursor], state: str = "") -> Page[FormOut]:
    """Demand forms within your area, newest first."""
    rows = forms_seen_by(request.actor)
    rows = rows.filter(state=state) if state else rows
    return page_of(rows, order=("-asked_at", "-id"), cursor=cursor, out=FormOut)


@router.post("", auth=needs(SIGN_UP), response=answers(FormOut))
def sign_up_demand_form(request: ApiRequest, data: FormIn) -> DemandForm:
    """Hands a form in; a group's customers are chosen now."""
    made = outcome(sign_up, call_of_api(request), unit=data.unit, wanted=data.wanted())
    return form_seen_by(request.actor, made)


@router.get("/months", auth=needs(SEE), response=answers(Page[MonthOut]))
def list_demand_months(request: ApiRequest, cursor: Query[Cursor]) -> Page[MonthOut]:
    """What the units within your area owe by month, newest month first."""
    return page_of(months_seen_by(request.actor), order=("-month", "id"), cursor=cursor, out=_month)


@router.post("/months/{int:month_id}/nothing-needed", auth=needs(SIGN_UP), response=answers(MonthOut))
def say_nothing_is_needed(request: ApiRequest, month_id: int, data: ReasonIn) -> MonthOut:
    """Keeps the month of your unit with a reason instead of a form, where the company allows that."""
    outcome(nothing_needed, call_of_api(request), month_id, reason=data.reason)
    return _month(month_seen_by(request.actor, month_id))


@router.get("/numbers", auth=needs(SEE), response=answers(NumbersOut))
def get_demand_numbers(request: ApiRequest) -> NumbersOut:
    """How many forms are owed and by when."""
    return _numbers(request, demand_numbers())


@router.put("/numbers", auth=needs(CHANGE), response=answers(NumbersOut))
def change_demand_numbers(request: ApiRequest, data: NumbersIn) -> NumbersOut:
    """Changes the numbers for every unit; months that are open keep theirs."""
    outcome(save_numbers, call_of_api(request), **data.model_dump())
    return _numbers(request, demand_numbers())


@router.put("/numbers/{unit}", auth=needs(CHANGE), response=answers(NumbersOut))
def change_numbers_of_unit(request: ApiRequest, unit: str, data: MonthlyIn) -> NumbersOut:
    """Says what one unit owes instead; 0 forms: nothing."""
    outcome(save_exception, call_of_api(request), unit=unit, **data.model_dump())
    return _numbers(request, demand_numbers())


@router.delete("/numbers/{unit}", auth=needs(CHANGE), response=answers(NumbersOut))
def remove_numbers_of_unit(request: ApiRequest, unit: str) -> NumbersOut:
    """The unit owes what all owe, from the next month on."""
    outcome(remove_exception, call_of_api(request), unit=unit)
    return _numbers(request, demand_numbers())


@router.put("/wishes/{int:wish_id}/answers", auth=needs("visits.work"), response=answers(AnswersIn))
def write_answers_down(request: ApiRequest, wish_id: int, data: AnswersIn) -> AnswersIn:
    """Writes down what a customer answered to a wish of a visit you make."""
    outcome(note_answers, call_of_api(request), wish_id, answers=data.answers, remark=data.remark)
    wish = wish_worked_by(request.actor, wish_id)
    return AnswersIn(answers=wish.answers, remark=wish.remark)


@router.get("/{int:form_id}", auth=needs(SEE), response=answers(FormOut))
def get_demand_form(request: ApiRequest, form_id: int) -> DemandForm:
    """One demand form."""
    return form_seen_by(request.actor, form_id)


@router.get("/{int:form_id}/wishes", auth=needs(SEE), response=answers(list[WishOut]))
def list_wishes(request: ApiRequest, form_id: int) -> list[WishOut]:
    """The customers of a form with what became of each and what was answered."""
    rows = wishes_of(request.actor, form_seen_by(request.actor, form_id))
    return [
        WishOut(
            id=row.wish.pk,
            customer_id=row.customer.id if row.customer.seen else None,
            customer=row.customer.name,
            state=row.wish.state,
            visit_id=row.visit.pk if row.visit else None,
            merged=row.wish.joined,
            answers=row.wish.answers,
            remark=row.wish.remark,
            ended_because=row.wish.ended_because,
        )
        for row in rows
    ]


@router.post("/{int:form_id}/confirm", auth=needs(DECIDE), response=answers(FormOut))
def confirm_demand_form(request: ApiRequest, form_id: int, data: ConfirmIn) -> DemandForm:
    """Confirms a form: visits of their own, wishes merged with a visit that is there, some left out."""
    decisions = {each.wish_id: Decision(each.join, each.drop) for each in data.decisions}
    outcome(confirm_form, call_of_api(request), form_id, decisions, reason=data.reason)
    return form_seen_by(request.actor, form_id)


@router.post("/{int:form_id}/decline", auth=needs(DECIDE), response=answers(FormOut))
def decline_demand_form(request: ApiRequest, form_id: int, data: ReasonIn) -> DemandForm:
    """Declines a form with its reason."""
    outcome(decline_form, call_of_api(request), form_id, reason=data.reason)
    return form_seen_by(request.actor, form_id)


@router.post("/{int:form_id}/withdraw", auth=needs(SIGN_UP), response=answers(FormOut))
def withdraw_demand_form(request: ApiRequest, form_id: int, data: ReasonIn) -> DemandForm:
    """Takes a form of your unit back before it is decided."""
    outcome(withdraw_form, call_of_api(request), form_id, reason=data.reason)
    return form_seen_by(request.actor, form_id)


def _month(row: UnitMonth) -> MonthOut:
    return MonthOut(
        id=row.pk,
        unit=row.unit.code,
        unit_name=row.unit_name,
        month=row.month,
        needed=row.needed,
        handed_in=row.handed_in,
        due_at=row.due_at,
        kept_at=row.kept_at,
        nothing_because=row.nothing_because,
        stands=row.stands(clock.now()),
    )


def _numbers(request: ApiRequest, row: DemandNumbers) -> NumbersOut:
    known = {name: getattr(row, name) for name in NumbersIn.model_fields}
    special = [
        ExceptionOut(unit=each.unit.code, **{name: getattr(each, name) for name in MonthlyIn.model_fields})
        for each in unit_numbers(request.actor)
    ]
    return NumbersOut(**known, exceptions=special)
