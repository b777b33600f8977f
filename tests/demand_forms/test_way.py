"""The way of a form: signed up, confirmed or merged or declined, visited, answered (VIS-9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from huiyin.channels.models import StaffNotice
from huiyin.customers.public import Product, Purchase, PurchaseLine
from huiyin.demand_forms.actions.note_answers import note_answers
from huiyin.demand_forms.actions.tend import tend_wishes
from huiyin.demand_forms.models import Wish
from huiyin.demand_forms.public import Decision, DemandForm, Group, confirm_form, decline_form, sign_up
from huiyin.foundation.calls import system_call
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.organisation.public import Staff
from huiyin.promises.public import promises_on
from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.public import Visit
from tests.conftest import Company, MovableClock
from tests.demand_forms.conftest import BY, wanted
from tests.visits.conftest import shanghai

FORM = "demand_forms.demandform"


def told(who: Staff) -> list[str]:
    return [row.text % row.params for row in StaffNotice.objects.filter(staff=who).order_by("pk")]


def owed(form: DemandForm) -> dict[str, str]:
    return {promise.kind: promise.state for promise in promises_on(FORM, form.pk)}


def the_wish(form: DemandForm) -> Wish:
    return form.wishes.get()


def call_of_agent(company: Company, visit: Visit) -> Call:
    """A call by the agent who has the visit, in its window."""
    who = next(name for name, person in company.staff.items() if person.pk == visit.agent_id)
    return company.call(who)


def make(company: Company, visit: Visit, clock: MovableClock) -> Visit:
    """The agent makes the visit in its window, with all its own answers."""
    if visit.window_start and clock.now < visit.window_start:
        clock.set(visit.window_start)
    call = call_of_agent(company, visit)
    needed = {"demand": {"overall": 5}, "agreed": {"product": 5, "response": 5, "staff": 5, "process": 5, "value": 5}}
    return complete_visit(call, visit.pk, answers=needed[visit.kind])


def test_a_form_waits_for_customer_service_with_a_clock(asking: Company, signed_up: DemandForm) -> None:
    assert (signed_up.state, signed_up.unit_name, the_wish(signed_up).state) == ("signed_up", "人民路店", "waiting")
    (promise,) = promises_on(FORM, signed_up.pk)
    assert (promise.kind, promise.department, promise.owner) == ("demand.decide", asking.departments["service"], None)
    assert shanghai(promise.due_at) == "2026-09-16 10:05"
    assert told(asking.staff["service_manager"]) == ["人民路店 asks for visits: 热水器安装"]


def test_a_confirmed_form_owes_a_visit_by_the_wanted_day(asking: Company, signed_up: DemandForm) -> None:
    form = confirm_form(asking.call("service_manager"), signed_up.pk, {})
    wish = the_wish(form)
    visit = Visit.objects.get()
    assert (wish.visit, wish.state, wish.joined) == (visit, "asked", False)
    assert (visit.kind, visit.customer_id, shanghai(visit.due_by)) == ("demand", wish.customer_id, "2026-10-01 00:00")
    assert (visit.about, visit.wish) == (("demand_forms.wish", wish.pk), "人民路店：热水器安装")
    assert (visit.store, visit.state) == (asking.stores["S01"], "planned")
    assert owed(form) == {"demand.decide": "kept", "demand.answer": "open"}
    assert shanghai(promises_on(FORM, form.pk)[1].due_at) == "2026-10-08 18:00"  # a day's work after, over the holiday
    assert told(asking.staff["store_manager"]) == ["热水器安装 is confirmed; customers to be asked: 1."]
    with pytest.raises(Conflict):
        confirm_form(asking.call("service_manager"), form.pk, {})
    assert Visit.objects.count() == 1


def test_answers_go_back_to_who_asked(asking: Company, signed_up: DemandForm, clock: MovableClock) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit, wish = Visit.objects.get(), the_wish(signed_up)
    note_answers(call_of_agent(asking, visit), wish.pk, answers=["很准时", "缺一根软管"], remark="要求补寄")
    make(asking, visit, clock)
    wish.refresh_from_db()
    signed_up.refresh_from_db()
    assert (wish.state, wish.answers, wish.remark) == ("answered", ["很准时", "缺一根软管"], "要求补寄")
    assert (signed_up.state, signed_up.closed_at) == ("closed", clock.now)
    assert owed(signed_up) == {"demand.decide": "kept", "demand.answer": "kept"}
    assert told(asking.staff["store_manager"])[-1] == "热水器安装 is answered: 1 of 1 customers."
    with pytest.raises(Conflict):
        note_answers(call_of_agent(asking, visit), wish.pk, answers=["改口"])


def test_a_second_form_joins_the_first_ones_visit(
    asking: Company, signed_up: DemandForm, rnd: str, clock: MovableClock
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit, person = Visit.objects.get(), the_wish(signed_up).customer_id
    other = sign_up(asking.call("director"), unit=rnd, wanted=wanted(person, title="噪音", questions=("声音大吗？",)))
    confirm_form(asking.call("service_manager"), other.pk, {the_wish(other).pk: Decision(join=visit.pk)})
    joined = the_wish(other)
    assert (joined.visit, joined.joined, Visit.objects.count()) == (visit, True, 1)
    note_answers(call_of_agent(asking, visit), joined.pk, answers=["不大"])
    make(asking, visit, clock)
    for form, answers in ((signed_up, []), (other, ["不大"])):
        form.refresh_from_db()
        assert (form.state, the_wish(form).state, the_wish(form).answers) == ("closed", "answered", answers)


def test_a_joined_wish_without_words_is_not_answered(
    asking: Company, signed_up: DemandForm, rnd: str, clock: MovableClock
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit, person = Visit.objects.get(), the_wish(signed_up).customer_id
    other = sign_up(asking.call("director"), unit=rnd, wanted=wanted(person))
    confirm_form(asking.call("service_manager"), other.pk, {the_wish(other).pk: Decision(join=visit.pk)})
    make(asking, visit, clock)
    assert [the_wish(form).state for form in (signed_up, other)] == ["answered", "unanswered"]
    assert told(asking.staff["director"])[-1] == "热水器安装 is answered: 0 of 1 customers."


def test_a_visit_of_somebody_else_or_one_that_has_begun_cannot_be_joined(
    asking: Company, signed_up: DemandForm, store: str, buyer: Callable[..., Any], clock: MovableClock
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit = Visit.objects.get()
    stranger = sign_up(asking.call("store_manager"), unit=store, wanted=wanted(buyer(days=40).customer_id))
    with pytest.raises(NotFound):
        confirm_form(asking.call("service_manager"), stranger.pk, {the_wish(stranger).pk: Decision(join=visit.pk)})
    person = the_wish(signed_up).customer_id
    again = sign_up(asking.call("store_manager"), unit=store, wanted=wanted(person))
    make(asking, visit, clock)
    with pytest.raises(Conflict):
        confirm_form(asking.call("service_manager"), again.pk, {the_wish(again).pk: Decision(join=visit.pk)})
    again.refresh_from_db()
    assert (again.state, the_wish(again).state) == ("signed_up", "waiting")


def test_a_form_is_declined_with_a_reason(asking: Company, signed_up: DemandForm) -> None:
    with pytest.raises(Invalid):
        decline_form(asking.call("service_manager"), signed_up.pk, reason="")
    with pytest.raises(Forbidden):
        decline_form(asking.call("store_manager"), signed_up.pk, reason="不要")
    form = decline_form(asking.call("service_manager"), signed_up.pk, reason="上月刚问过同样的问题")
    assert (form.state, the_wish(form).state, owed(form)) == ("declined", "dropped", {"demand.decide": "kept"})
    assert told(asking.staff["store_manager"]) == ["热水器安装 was declined: 上月刚问过同样的问题"]
    assert not Visit.objects.exists()


def test_some_are_left_out_with_a_reason_but_not_all(asking: Company, store: str, buyer: Callable[..., Any]) -> None:
    people = [buyer(days=40).customer_id for _count in range(2)]
    form = sign_up(asking.call("store_manager"), unit=store, wanted=wanted(*people))
    first, second = form.wishes.all()
    drop, boss = Decision(drop=True), asking.call("service_manager")
    with pytest.raises(Invalid):
        confirm_form(boss, form.pk, {first.pk: drop})
    with pytest.raises(Invalid):
        confirm_form(boss, form.pk, {first.pk: drop, second.pk: drop}, reason="都不问")
    confirm_form(boss, form.pk, {first.pk: drop}, reason="本周刚联系过")
    assert [(wish.state, wish.ended_because) for wish in form.wishes.all()] == [
        ("dropped", "本周刚联系过"),
        ("asked", ""),
    ]
    assert Visit.objects.get().customer_id == people[1]


def test_who_is_not_reached_gives_no_answer_and_the_form_closes(
    asking: Company, signed_up: DemandForm, clock: MovableClock
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit = Visit.objects.get()
    clock.set(max(clock.now, visit.window_start or clock.now))
    log_attempt(call_of_agent(asking, visit), visit.pk, line="wrong_number", business="")
    signed_up.refresh_from_db()
    assert (signed_up.state, the_wish(signed_up).state) == ("closed", "unanswered")
    assert the_wish(signed_up).ended_because != ""


def test_a_wish_on_a_cancelled_visit_gets_one_of_its_own_while_there_is_time(
    asking: Company, signed_up: DemandForm, rnd: str, clock: MovableClock
) -> None:
    boss = asking.call("service_manager")
    confirm_form(boss, signed_up.pk, {})
    visit, person = Visit.objects.get(), the_wish(signed_up).customer_id
    other = sign_up(asking.call("director"), unit=rnd, wanted=wanted(person))
    confirm_form(boss, other.pk, {the_wish(other).pk: Decision(join=visit.pk)})
    cancel_visit(boss, visit.pk, reason="客户已注销")
    assert tend_wishes(system_call()) == 2
    assert tend_wishes(system_call()) == 0
    own, joined = the_wish(signed_up), the_wish(other)
    assert (own.state, own.ended_because) == ("unanswered", "客户已注销")
    assert (joined.state, joined.joined, joined.visit != visit) == ("asked", False, True)
    clock.set("2026-10-09 09:00")
    cancel_visit(asking.call("service_manager"), joined.visit_id or 0, reason="过期")
    tend_wishes(system_call())
    assert the_wish(other).state == "unanswered"


def test_a_group_are_the_newest_buyers_of_a_product_at_most_so_many(
    asking: Company, store: str, rnd: str, buyer: Callable[..., Any]
) -> None:
    product = Product.objects.create(model="HW-80P", name="双胆电热水器")

    def bought(purchase: Purchase) -> int:
        PurchaseLine.objects.create(purchase=purchase, line_no=1, product=product, description="热水器")
        return int(purchase.customer_id or 0)

    older, newer, newest = [bought(buyer(days=days)) for days in (100, 90, 80)]
    elsewhere = bought(buyer(days=95, store="S02"))
    bought(buyer(days=85, do_not_contact=True))
    bought(buyer(days=20))
    buyer(days=90)
    june = Group(date(2026, 6, 1), date(2026, 6, 30), "hw-80", most=2)

    def people(form: DemandForm) -> list[int]:
        return list(form.wishes.values_list("customer", flat=True))

    ours = sign_up(asking.call("store_manager"), unit=store, wanted=wanted(group=june))
    assert people(ours) == [newest, newer]
    assert ours.group["product"] == "hw-80"
    everywhere = Group(date(2026, 6, 1), date(2026, 6, 30), "热水器", most=30)
    all_over = sign_up(asking.call("rnd_head"), unit=rnd, wanted=wanted(group=everywhere))
    assert people(all_over) == [newest, newer, elsewhere, older]
    nobody = Group(date(2026, 6, 1), date(2026, 6, 30), "HW-80P", amount_from=Decimal(90_000), most=3)
    with pytest.raises(Invalid) as empty:
        sign_up(asking.call("store_manager"), unit=store, wanted=wanted(group=nobody))
    assert list(empty.value.fields) == ["group"]


def test_a_unit_signs_up_for_itself_and_its_own_customers_only(
    asking: Company, store: str, rnd: str, buyer: Callable[..., Any]
) -> None:
    elsewhere = buyer(days=40, store="S02").customer_id
    with pytest.raises(Invalid) as customer:
        sign_up(asking.call("store_manager"), unit=store, wanted=wanted(elsewhere))
    with pytest.raises(Invalid) as unit:
        sign_up(asking.call("store_manager"), unit=rnd, wanted=wanted(buyer(days=40).customer_id))
    assert [list(each.value.fields) for each in (customer, unit)] == [["customers"], ["unit"]]
    for who in ("agent", "engineer", "quality", "auditor"):
        with pytest.raises(Forbidden):
            sign_up(asking.call(who), unit=store, wanted=wanted(elsewhere))
    assert not DemandForm.objects.exists()


def test_who_sees_which_form(asking: Company, signed_up: DemandForm) -> None:
    def seen(who: str) -> bool:
        return DemandForm.objects.visible_to(asking.actor(who)).exists()

    everybody = {who: seen(who) for who in asking.staff}
    assert {who for who, sees in everybody.items() if sees} == {
        "director", "service_manager", "quality", "store_manager", "administrator", "auditor"
    }  # fmt: skip


def test_answers_are_written_down_by_whoever_makes_the_visit(asking: Company, signed_up: DemandForm) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    wish = the_wish(signed_up)
    with pytest.raises(Forbidden):
        note_answers(asking.call("store_manager"), wish.pk, answers=["很准时"])
    call = call_of_agent(asking, Visit.objects.get())
    for wrong in (["一", "二", "三"], ["长" * 1001]):
        with pytest.raises(Invalid):
            note_answers(call, wish.pk, answers=wrong)
    note_answers(call, wish.pk, answers=["很准时"])
    assert the_wish(signed_up).answers == ["很准时", ""]
    assert signed_up.wanted_by == BY
