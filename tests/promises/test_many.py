"""Many promises cost as many statements as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.promises.models import Promise, PromiseState
from huiyin.promises.public import (
    Kept,
    Owed,
    Wanted,
    cancel_promises,
    keep_promises,
    let_go_many,
    make_promises,
    promise_anew,
    record_kept,
)
from huiyin.working_time.public import Span, Unit
from tests.conftest import SHANGHAI, Company, MovableClock


def wanted(company: Company, store: str, hours: float = 4, kind: str = "test.answer") -> Wanted:
    span = Span(hours, Unit.WORKING_HOURS)
    return Wanted(kind=kind, subject=company.stores[store], span=span, title="Call back")


@action("test.promise")
def promise(act: Act, many: list[Wanted]) -> None:
    make_promises(act.call, many)


def statements(call: Call, many: list[Wanted]) -> int:
    with CaptureQueriesContext(connection) as caught:
        promise(call, many)
    return sum("promises_" in query["sql"] for query in caught)


def test_several_promises_are_two_statements(company: Company) -> None:
    call = company.call("agent")
    statements(call, [wanted(company, "S01")])
    Promise.objects.all().delete()
    assert statements(call, [wanted(company, "S01"), wanted(company, "S02")]) == 2
    assert Promise.objects.count() == 2


def test_each_wanted_one_is_answered_by_the_one_that_stands(company: Company) -> None:
    call = company.call("agent")
    [first] = make_promises(call, [wanted(company, "S01")])
    again, other, twice = make_promises(call, [wanted(company, "S01"), wanted(company, "S02"), wanted(company, "S02")])
    assert (again.pk, twice.pk) == (first.pk, other.pk)
    assert Promise.objects.count() == 2


def test_nothing_wanted_is_nothing_made(company: Company) -> None:
    assert make_promises(company.call("agent"), []) == []


def test_several_are_kept_at_once_each_with_its_own_margin(company: Company, clock: MovableClock) -> None:
    owed = Owed(company.call("agent"), company.stores["S01"])
    owed.make([wanted(company, "S01", 1)])
    clock.set("2026-09-28T11:00")
    assert [each.due_at for each in owed.promises] == [clock.set("2026-09-28T10:00")]
    clock.set("2026-09-28T11:00")
    [kept] = keep_promises(company.call("agent"), kinds=["test.answer", "test.other"], subject=company.stores["S01"])
    kept.refresh_from_db()
    assert (kept.state, kept.margin, kept.broken_at) == (PromiseState.KEPT, -timedelta(hours=1), kept.due_at)


def test_all_about_a_subject_are_cancelled_and_no_others(company: Company) -> None:
    call = company.call("agent")
    make_promises(call, [wanted(company, "S01"), wanted(company, "S02")])
    [gone] = cancel_promises(call, subject=company.stores["S01"], reason="merged")
    assert (gone.state, gone.evidence, gone.next_at) == (PromiseState.CANCELLED, "merged", None)
    assert Promise.objects.unsettled().count() == 1  # type: ignore[attr-defined]


def test_what_is_owed_follows_pause_and_resumption(company: Company, clock: MovableClock) -> None:
    owed = Owed(company.call("agent"), company.stores["S01"])
    [made] = owed.make([wanted(company, "S01")])
    owed.pause("waits for the customer")
    assert [each.state for each in owed.promises] == [PromiseState.PAUSED]
    clock.set("2026-09-28T10:00")
    later = Owed(company.call("agent"), company.stores["S01"])
    later.resume()
    made.refresh_from_db()
    assert [each.due_at for each in later.promises] == [made.due_at] == [clock.set("2026-09-28T15:00")]
    assert later.keep(["test.answer"])[0].state == PromiseState.KEPT
    assert later.promises == []


def test_a_new_subject_is_not_asked_for(company: Company) -> None:
    call = company.call("agent")
    with CaptureQueriesContext(connection) as caught:
        assert Owed(call, company.stores["S01"], new=True).promises == []
    assert len(caught) == 0


def test_promises_of_the_past_are_recorded_as_kept_or_kept_late(company: Company, clock: MovableClock) -> None:
    given, in_time, late = clock.now, clock.now + timedelta(hours=2), clock.now + timedelta(hours=6)
    kept = [
        Kept(replace(wanted(company, "S01"), start=given), in_time, "7"),
        Kept(replace(wanted(company, "S02"), start=given), late),
    ]
    record_kept(company.call("agent"), kept)
    first, second = Promise.objects.order_by("id")
    assert (first.state, first.evidence, first.broken_at) == (PromiseState.KEPT, "7", None)
    assert (second.state, second.broken_at, second.margin) == (PromiseState.KEPT, second.due_at, -timedelta(hours=1))


@action("test.anew")
def anew(act: Act, many: list[Wanted]) -> int:
    return promise_anew(act.call, many, reason="planned anew")


def by(company: Company, store: str, due: str, owner: str = "agent", *, firm: bool = False) -> Wanted:
    at = datetime.fromisoformat(f"{due}+08:00")
    return replace(wanted(company, store), due_at=at, owner=company.staff[owner].pk, firm=firm)


def owed() -> list[tuple[int, str, str, str]]:
    """Every promise: about which store, whose, by when in Shanghai, and where it stands."""
    rows = Promise.objects.order_by("pk").select_related("owner")
    return [(p.subject_id, p.owner.name, p.due_at.astimezone(SHANGHAI).strftime("%d %H:%M"), p.state) for p in rows]  # type: ignore[union-attr]


def test_promised_anew_what_is_missing_is_made_and_what_stands_stays(company: Company) -> None:
    one, two = (company.stores[code].pk for code in ("S01", "S02"))
    first = [by(company, "S01", "2026-09-29T16:30")]
    assert anew(company.call("agent"), first) == 1
    both = [*first, by(company, "S02", "2026-09-30T11:30")]
    assert (anew(company.call("agent"), both), anew(company.call("agent"), both)) == (1, 0)
    assert owed() == [(one, "agent", "29 16:30", "open"), (two, "agent", "30 11:30", "open")]
    made = make_promises(company.call("agent"), [replace(both[1], subject=company.departments["rnd"])])[0]
    copied = Promise.objects.get(subject_id=two, subject=company.stores["S02"]._meta.label_lower)
    differing = {"_state", "id", "subject", "subject_id"}
    assert {k: v for k, v in vars(copied).items() if k not in differing} == {
        k: v for k, v in vars(Promise.objects.get(pk=made.pk)).items() if k not in differing
    }, "made in bulk as it is made alone"


def test_promised_anew_another_deadline_is_another_promise_and_another_person_takes_it_over(company: Company) -> None:
    one, two = (company.stores[code].pk for code in ("S01", "S02"))
    anew(company.call("agent"), [by(company, "S01", "2026-09-29T16:30"), by(company, "S02", "2026-09-29T16:30")])
    moved = [by(company, "S01", "2026-09-30T16:30", "agent2"), by(company, "S02", "2026-09-29T16:30", "agent2")]
    assert anew(company.call("agent"), moved) == 1
    assert owed() == [
        (one, "agent", "29 16:30", "cancelled"),
        (two, "agent2", "29 16:30", "open"),
        (one, "agent2", "30 16:30", "open"),
    ]
    assert Promise.objects.get(state="cancelled").evidence == "planned anew"


def test_promised_anew_a_firm_deadline_stays_and_so_does_a_late_one_that_is_wanted_at_once(
    company: Company, clock: MovableClock
) -> None:
    one, two = (company.stores[code].pk for code in ("S01", "S02"))
    anew(company.call("agent"), [by(company, "S01", "2026-09-29T16:30"), by(company, "S02", "2026-09-28T09:30")])
    clock.set("2026-09-28T10:00")
    again = [
        by(company, "S01", "2026-09-30T11:30", "agent2", firm=True),
        by(company, "S02", "2026-09-28T10:00"),
    ]
    assert anew(company.call("agent"), again) == 0
    assert owed() == [(one, "agent2", "29 16:30", "open"), (two, "agent", "28 09:30", "open")]


def test_many_are_let_go_of_at_once_and_no_others(company: Company) -> None:
    anew(company.call("agent"), [by(company, "S01", "2026-09-29T16:30"), by(company, "S02", "2026-09-29T16:30")])
    one = company.stores["S01"]
    label = one._meta.label_lower
    assert let_go_many(company.call("agent"), ["test.answer"], label, [one.pk], reason="gone") == 1
    assert let_go_many(company.call("agent"), ["test.answer"], label, [one.pk], reason="again") == 0
    assert [state for *_, state in owed()] == ["cancelled", "open"]
    assert Promise.objects.get(state="cancelled").evidence == "gone"
