"""Many hands at once: a month is opened once, a form decided once, each form counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from huiyin.demand_forms.models import UnitMonth
from huiyin.demand_forms.public import DemandForm, Wish, confirm_form, decline_form, open_months, sign_up
from huiyin.foundation.calls import system_call
from huiyin.promises.public import Promise
from huiyin.visits.public import Visit
from tests.cases.test_races import at_once
from tests.conftest import Company, MovableClock
from tests.demand_forms.conftest import wanted

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_month_is_opened_once_under_eight_workers(asking: Company, clock: MovableClock) -> None:
    clock.set("2026-09-01 09:00")
    made = at_once(*[lambda: open_months(system_call())] * 8)
    assert sorted(made, key=str) == [0] * 7 + [5]
    assert (UnitMonth.objects.count(), Promise.objects.filter(kind="demand.hand_in").count()) == (5, 5)


def test_a_form_is_confirmed_or_declined_but_not_both(asking: Company, signed_up: DemandForm) -> None:
    calls = [asking.call(who) for who in ("service_manager", "director")] * 3
    deciding: list[Callable[[], object]] = [lambda call=call: confirm_form(call, signed_up.pk, {}) for call in calls]
    deciding += [lambda call=call: decline_form(call, signed_up.pk, reason="重复") for call in calls]
    results = at_once(*deciding)
    assert sorted(type(result).__name__ for result in results) == ["Conflict"] * 11 + ["DemandForm"]
    signed_up.refresh_from_db()
    assert Visit.objects.count() == (signed_up.state == "confirmed")
    assert Wish.objects.exclude(state__in=("asked", "dropped")).count() == 0


def test_forms_handed_in_at_once_are_all_counted(
    asking: Company, clock: MovableClock, store: str, buyer: Callable[..., Any]
) -> None:
    clock.set("2026-09-01 09:00")
    open_months(system_call())
    person, calls = buyer(days=40).customer_id, [asking.call("store_manager") for _count in range(6)]
    at_once(*(lambda call=call: sign_up(call, unit=store, wanted=wanted(person)) for call in calls))
    month = UnitMonth.objects.get(store=asking.stores["S01"])
    assert (month.handed_in, DemandForm.objects.count(), month.stands(clock.now)) == (6, 6, "handed_in")
    assert [each.state for each in Promise.objects.filter(kind="demand.hand_in", store=month.store)] == ["kept"]
