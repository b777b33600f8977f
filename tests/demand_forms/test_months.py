"""The monthly promise of each unit: made once, chased, kept, excused (VIS-9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest

from huiyin.channels.models import StaffNotice
from huiyin.demand_forms.actions.nothing_needed import nothing_needed
from huiyin.demand_forms.actions.save_numbers import remove_exception, save_exception, save_numbers
from huiyin.demand_forms.actions.withdraw import withdraw_form
from huiyin.demand_forms.models import DemandMonth, UnitMonth
from huiyin.demand_forms.public import open_months, sign_up
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.organisation.public import Store
from huiyin.promises.public import promises_on, sweep_all
from tests.conftest import Company, MovableClock
from tests.demand_forms.conftest import wanted
from tests.visits.conftest import shanghai

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture
def september(asking: Company, clock: MovableClock) -> Company:
    """September is open; it is Tuesday the 1st at 9:00."""
    clock.set("2026-09-01 09:00")
    assert open_months(system_call()) == 5
    return asking


def month_of(company: Company, code: str, month: date = SEPTEMBER) -> UnitMonth:
    if code in company.stores:
        return UnitMonth.objects.get(store=company.stores[code], month=month)
    return UnitMonth.objects.get(department=company.departments[code], month=month)


def states(month: UnitMonth) -> list[str]:
    return [promise.state for promise in promises_on("demand_forms.unitmonth", month.pk)]


def test_each_unit_owes_a_form_by_the_fifth_working_day_and_customer_service_none(september: Company) -> None:
    owed = {row.unit_name: (row.needed, shanghai(row.due_at)) for row in UnitMonth.objects.all()}
    assert owed == dict.fromkeys(["研发部", "运营部", "技术部", "人民路店", "滨江店"], (1, "2026-09-07 18:00"))
    (promise,) = promises_on("demand_forms.unitmonth", month_of(september, "S01").pk)
    assert (promise.owner, promise.title) == (september.staff["store_manager"], "2026-09 人民路店")
    (alone,) = promises_on("demand_forms.unitmonth", month_of(september, "S02").pk)
    assert (alone.owner, alone.store) == (None, september.stores["S02"])


def test_the_sweep_is_idempotent_and_makes_up_for_months_without_a_worker(
    september: Company, clock: MovableClock
) -> None:
    assert open_months(system_call()) == 0
    clock.set("2026-11-20 09:00")
    assert open_months(system_call()) == 10
    assert [row.month for row in DemandMonth.objects.order_by("month")] == [SEPTEMBER, OCTOBER, date(2026, 11, 1)]
    assert sweep_all() == 5 * 3 * 3  # every step of every month is taken, however late


def test_a_new_unit_joins_next_month_and_a_closed_store_owes_nothing(september: Company, clock: MovableClock) -> None:
    newcomer = Store.objects.create(code="S03", name="新开店", size="small")
    september.stores["S02"].is_open = False
    september.stores["S02"].save()
    assert open_months(system_call()) == 0
    assert not UnitMonth.objects.filter(store=newcomer).exists()
    clock.set("2026-10-01 00:05")
    assert open_months(system_call()) == 5
    assert UnitMonth.objects.filter(month=OCTOBER, store=newcomer).exists()
    assert not UnitMonth.objects.filter(month=OCTOBER, store__code="S02").exists()
    assert shanghai(UnitMonth.objects.get(month=OCTOBER, store=newcomer).due_at) == "2026-10-13 18:00"


def test_a_company_that_begins_after_the_due_day_owes_nothing_that_month(asking: Company) -> None:
    assert open_months(system_call()) == 0
    assert not DemandMonth.objects.exists()


def test_a_missing_form_is_chased_up_the_ladder(september: Company, clock: MovableClock) -> None:
    def told(who: str) -> list[str]:
        rows = StaffNotice.objects.filter(staff=september.staff[who]).order_by("pk")
        return [row.text.partition(":")[0] for row in rows]

    assert told("store_manager") == []
    clock.set("2026-09-06 09:00")
    sweep_all()
    assert told("store_manager") == ["Due soon"]
    clock.set("2026-09-07 18:01")
    sweep_all()
    assert (told("store_manager"), told("director")) == (["Due soon", "Late"], ["Late"] * 4)
    clock.set("2026-09-08 14:01")
    sweep_all()
    assert told("store_manager") == ["Due soon", "Late", "Still late, please step in"]
    assert month_of(september, "S01").stands(clock.now) == "missing"


def test_a_form_keeps_the_month_and_a_late_one_stays_late(
    september: Company, clock: MovableClock, store: str, rnd: str, buyer: Callable[..., Any]
) -> None:
    person = buyer(days=40).customer_id
    form = sign_up(september.call("store_manager"), unit=store, wanted=wanted(person))
    kept = month_of(september, "S01")
    assert (form.counts_for, kept.stands(clock.now), states(kept)) == (kept, "handed_in", ["kept"])
    clock.set("2026-09-08 09:00")
    sweep_all()
    with pytest.raises(Invalid) as outside:
        sign_up(september.call("rnd_head"), unit=rnd, wanted=wanted(person))
    assert list(outside.value.fields) == ["customers"]
    sign_up(september.call("director"), unit=rnd, wanted=wanted(person))
    late = month_of(september, "rnd")
    assert (late.stands(clock.now), states(late)) == ("late", ["kept"])
    assert promises_on("demand_forms.unitmonth", late.pk)[0].broken_at == late.due_at


def test_a_form_counts_for_the_oldest_month_still_owed(
    september: Company, clock: MovableClock, store: str, buyer: Callable[..., Any]
) -> None:
    person = buyer(days=40).customer_id
    clock.set("2026-10-08 10:00")
    open_months(system_call())
    for _count in range(3):
        sign_up(september.call("store_manager"), unit=store, wanted=wanted(person, wanted_by=date(2026, 10, 30)))
    counted = {month: month_of(september, "S01", month) for month in (SEPTEMBER, OCTOBER)}
    assert [(row.handed_in, row.stands(clock.now)) for row in counted.values()] == [(1, "late"), (2, "handed_in")]


def test_a_withdrawn_form_is_owed_again_with_the_same_deadline(
    september: Company, clock: MovableClock, store: str, buyer: Callable[..., Any]
) -> None:
    form = sign_up(september.call("store_manager"), unit=store, wanted=wanted(buyer(days=40).customer_id))
    with pytest.raises(Invalid):
        withdraw_form(september.call("store_manager"), form.pk, reason=" ")
    with pytest.raises(NotFound):
        withdraw_form(september.call("rnd_head"), form.pk, reason="误填")
    with pytest.raises(Forbidden):
        withdraw_form(september.call("service_manager"), form.pk, reason="误填")
    withdraw_form(september.call("store_manager"), form.pk, reason="误填")
    month = month_of(september, "S01")
    assert (month.handed_in, month.stands(clock.now), states(month)) == (0, "open", ["kept", "open"])
    assert promises_on("demand_forms.unitmonth", month.pk)[1].due_at == month.due_at
    with pytest.raises(Conflict):
        withdraw_form(september.call("store_manager"), form.pk, reason="误填")


def test_nothing_needed_keeps_the_month_with_its_reason(september: Company, clock: MovableClock) -> None:
    month = month_of(september, "S01")
    with pytest.raises(Invalid):
        nothing_needed(september.call("store_manager"), month.pk, reason="")
    with pytest.raises(NotFound):
        nothing_needed(september.call("rnd_head"), month.pk, reason="盘点")
    with pytest.raises(Forbidden):
        nothing_needed(september.call("agent"), month.pk, reason="盘点")
    nothing_needed(september.call("store_manager"), month.pk, reason="本月装修停业")
    month.refresh_from_db()
    assert (month.stands(clock.now), states(month)) == ("nothing", ["kept"])
    assert promises_on("demand_forms.unitmonth", month.pk)[0].evidence == "本月装修停业"
    with pytest.raises(Conflict):
        nothing_needed(september.call("store_manager"), month.pk, reason="又一次")


def test_a_company_may_expect_a_form_in_any_case(asking: Company, clock: MovableClock) -> None:
    clock.set("2026-09-01 09:00")
    save_numbers(asking.call("director"), **numbers(nothing_counts=False))
    open_months(system_call())
    with pytest.raises(Conflict):
        nothing_needed(asking.call("store_manager"), month_of(asking, "S01").pk, reason="不需要")


def test_units_may_owe_something_else(
    asking: Company, clock: MovableClock, store: str, rnd: str, buyer: Callable[..., Any]
) -> None:
    clock.set("2026-09-01 09:00")
    call = asking.call("service_manager")
    save_exception(call, unit=store, forms=2, working_day=3, at=time(12), nothing_counts=True)
    save_exception(call, unit=rnd, forms=0, working_day=5, at=time(18), nothing_counts=True)
    service = f"d{asking.departments['service'].pk}"
    save_exception(call, unit=service, forms=1, working_day=5, at=time(18), nothing_counts=True)
    open_months(system_call())
    month = month_of(asking, "S01")
    assert (month.needed, shanghai(month.due_at)) == (2, "2026-09-03 12:00")
    assert not UnitMonth.objects.filter(department__code="rnd").exists()
    assert month_of(asking, "service").needed == 1
    for stands in ("open", "handed_in"):
        sign_up(asking.call("store_manager"), unit=store, wanted=wanted(buyer(days=40).customer_id))
        assert month_of(asking, "S01").stands(clock.now) == stands
    remove_exception(call, unit=rnd)
    clock.set("2026-10-01 09:00")
    open_months(system_call())
    assert month_of(asking, "rnd", OCTOBER).needed == 1


def numbers(**changes: Any) -> dict[str, Any]:
    return {
        "forms": 1,
        "working_day": 5,
        "at": time(18),
        "nothing_counts": True,
        "kind": "demand",
        "decide_hours": 8,
        "answer_hours": 8,
        "most_questions": 3,
        "most_customers": 100,
        **changes,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [({"forms": 32}, "forms"), ({"working_day": 0}, "working_day"), ({"working_day": 21}, "working_day"),
     ({"kind": "regular"}, "kind"), ({"decide_hours": 0}, "decide_hours"), ({"most_questions": 11}, "most_questions")],
)  # fmt: skip
def test_numbers_that_cannot_be_are_refused(asking: Company, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        save_numbers(asking.call("director"), **numbers(**change))
    assert list(refused.value.fields) == [field]
    with pytest.raises(Forbidden):
        save_numbers(asking.call("store_manager"), **numbers())
