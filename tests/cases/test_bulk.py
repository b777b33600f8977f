"""Changes to many cases: what would happen is what happens, once each, within one's area, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from huiyin.cases.actions import do_bulk as doing
from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.bulk import choose_cases, confirm_bulk, describe_bulk, stop_bulk, undo_bulk
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.do_bulk import do_bulk, end_bulk, work_slice
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.actions.watch import watch_case
from huiyin.cases.models import BulkItem, BulkWork, Case, CaseNote, CaseRules, CaseTask, CaseWatcher
from huiyin.cases.queries.bulk import preview_of, refused_reasons
from huiyin.cases.queries.queue import CaseFilter
from huiyin.cases.rules.changes import KINDS_OF_CHANGE, read_changes
from huiyin.channels.models import StaffNotice
from huiyin.foundation import clock as real_clock
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from tests.cases.conftest import Cases, owed, traces
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]
WAIT = {"do": "wait", "waiting_for": "part", "reason": "等配件"}


def call_now() -> Any:
    return system_call()


def begun(company: Company, who: str, cases: Iterable[Case], *changes: dict[str, Any]) -> BulkWork:
    work = choose_cases(company.call(who), ids=[case.pk for case in cases])
    describe_bulk(company.call(who), work.pk, changes=changes)
    return confirm_bulk(company.call(who), work.pk)


def done(company: Company, who: str, cases: Iterable[Case], *changes: dict[str, Any]) -> BulkWork:
    work = begun(company, who, cases, *changes)
    do_bulk(call_now, work.pk)
    work.refresh_from_db()
    return work


def states(work: BulkWork) -> dict[int, str]:
    return dict(work.items.values_list("case_id", "state"))


def test_what_the_preview_says_is_what_happens(cases: Cases, company: Company) -> None:
    waiting, open_one, closed, followed = cases.open(), cases.open(), cases.open(), cases.open(topic="process")
    wait_for(company.call("agent"), waiting.pk, waiting_for="customer", reason="等回电")
    cancel_case(company.call("technical_head"), closed.pk, why="spam", reason="广告")
    watch_case(company.call("agent"), followed.pk, staff_id=company.staff["technical_head"].pk)
    work = choose_cases(company.call("technical_head"), ids=[c.pk for c in (waiting, open_one, closed, followed)])
    work = describe_bulk(company.call("technical_head"), work.pk, changes=[WAIT])
    preview = preview_of(company.actor("technical_head"), work)
    said = {str(why): count for why, count in preview.refused}
    assert (preview.chosen, preview.changes, preview.same) == (4, 1, 0)
    assert said == {
        "Closed and cancelled cases are not changed so.": 1,
        "In the state “Waiting” this is not possible.": 1,
        "You follow this case: you may read it and add notes. The work is for those responsible.": 1,
    }
    confirm_bulk(company.call("technical_head"), work.pk)
    do_bulk(call_now, work.pk)
    assert {str(why): count for why, count in refused_reasons(work)} == said
    assert states(work)[open_one.pk] == "done"
    open_one.refresh_from_db()
    assert (open_one.state, open_one.waiting_for) == ("waiting", "part")


@pytest.mark.parametrize("do", ["assign", "assign elsewhere", "route"])
def test_giving_many_away_is_what_giving_one_away_is(cases: Cases, company: Company, do: str) -> None:
    """The set-based way leaves the same owner, department, involved ones, promises and history as the verb itself."""
    from huiyin.cases.actions.route import route_case

    person = company.staff["rnd_head" if "elsewhere" in do else "engineer"].pk
    do = do.split(maxsplit=1)[0]
    more, whom = ("staff_id", person) if do == "assign" else ("department_id", company.departments["rnd"].pk)
    one, other = cases.open(), cases.open()
    call = company.call("director")
    if do == "assign":
        assign_case(call, one.pk, staff_id=whom)
    else:
        route_case(call, one.pk, department_id=whom)
    work = done(company, "director", [other], {"do": do, more: whom})
    one.refresh_from_db()
    other.refresh_from_db()
    for name in ("owner_id", "department_id", "involved", "state", "topic"):
        assert getattr(one, name) == getattr(other, name), name
    from huiyin.promises.public import Promise

    holders = [
        set(Promise.objects.filter(subject="cases.case", subject_id=case.pk).values_list("owner_id", "department_id"))
        for case in (one, other)
    ]
    assert holders[0] == holders[1]
    verbs = ("cases.do_many", "cases.assign", "cases.route")
    line = ActEntry.objects.get(subject="cases.case", subject_id=other.pk, verb__in=verbs)
    assert (line.customer_id, line.actor_id) == (other.customer_id, call.actor.id)
    assert states(work) == {other.pk: "done"}


def test_one_notice_for_however_many_cases(cases: Cases, company: Company) -> None:
    many = [cases.open() for _n in range(3)]
    StaffNotice.objects.all().delete()
    done(company, "technical_head", many, {"do": "assign", "staff_id": company.staff["engineer"].pk})
    told = StaffNotice.objects.get(staff=company.staff["engineer"])
    assert told.sentence == "technical_head 给您分派了 3 张工单。"


def test_cases_that_are_so_already_stay_as_they_are(cases: Cases, company: Company) -> None:
    engineer = company.staff["engineer"].pk
    one, other = cases.open(), cases.open()
    assign_case(company.call("technical_head"), one.pk, staff_id=engineer)
    before = one.stages.count(), ActEntry.objects.filter(subject_id=one.pk).count()
    work = choose_cases(company.call("technical_head"), ids=[one.pk, other.pk])
    work = describe_bulk(company.call("technical_head"), work.pk, changes=[{"do": "assign", "staff_id": engineer}])
    preview = preview_of(company.actor("technical_head"), work)
    assert (preview.changes, preview.same) == (1, 1)
    confirm_bulk(company.call("technical_head"), work.pk)
    do_bulk(call_now, work.pk)
    assert states(work) == {one.pk: "same", other.pk: "done"}
    assert (one.stages.count(), ActEntry.objects.filter(subject_id=one.pk).count()) == before


def test_over_the_safety_stop_the_number_must_be_typed(cases: Cases, company: Company, clock: MovableClock) -> None:
    CaseRules.objects.create(kind="conduct", version=2, data={"bulk_stop": 2}, effective_from=clock.now)
    many = [cases.open() for _n in range(3)]
    work = choose_cases(company.call("agent"), ids=[case.pk for case in many])
    describe_bulk(company.call("agent"), work.pk, changes=[WAIT])
    before = traces()
    for typed in (None, 2, 4):
        with pytest.raises(Invalid, match="Type the number of cases, 3"):
            confirm_bulk(company.call("agent"), work.pk, typed=typed)
    assert traces() == before
    assert confirm_bulk(company.call("agent"), work.pk, typed=3).state == "waiting"


def test_nobody_changes_what_is_out_of_sight_nor_by_a_right_that_is_missing(cases: Cases, company: Company) -> None:
    mine, hidden = cases.open(), cases.open(by="director", topic="process")
    work = choose_cases(company.call("agent"), ids=[mine.pk, hidden.pk])
    assert list(states(work)) == [mine.pk]
    before = traces()
    with pytest.raises(Forbidden):
        describe_bulk(company.call("agent"), work.pk, changes=[{"do": "cancel", "why": "spam", "reason": "x"}])
    with pytest.raises(Forbidden):
        choose_cases(company.call("auditor"), ids=[mine.pk])
    with pytest.raises(Invalid, match="at least one"):
        choose_cases(company.call("agent"), ids=[hidden.pk])
    with pytest.raises(NotFound):
        describe_bulk(company.call("director"), work.pk, changes=[WAIT])
    assert traces() == before


def test_a_right_that_is_lost_before_the_work_begins_counts(cases: Cases, company: Company) -> None:
    case = cases.open()
    work = begun(company, "technical_head", [case], {"do": "assign", "staff_id": company.staff["engineer"].pk})
    head = company.staff["technical_head"]
    type(head).objects.filter(pk=head.pk).update(roles=["auditor"])
    do_bulk(call_now, work.pk)
    assert states(work) == {case.pk: "refused"}
    case.refresh_from_db()
    assert case.owner_id == company.staff["agent"].pk


@pytest.mark.parametrize("do", sorted(do for do, kind in KINDS_OF_CHANGE.items() if not kind.stays))
def test_every_kind_of_change_is_made_and_taken_back(cases: Cases, company: Company, do: str) -> None:
    case = cases.open()
    engineer = company.staff["engineer"].pk
    values: dict[str, dict[str, Any]] = {
        "triage": {"level": "general", "reason": "误判"},
        "wait": {"waiting_for": "part", "reason": "缺货"},
        "note": {"text": "批量备注 @engineer"},
        "watch": {"staff_id": engineer},
        "add_task": {"title": "带备件", "person_id": engineer, "days": 2},
        "assign": {"staff_id": engineer},
        "route": {"department_id": company.departments["rnd"].pk},
        "cancel": {"why": "mistaken", "reason": "误录"},
    }
    started, level = owed(case), case.level
    work = done(company, "director", [case], {"do": do, **values[do]})
    assert states(work) == {case.pk: "done"}
    back = undo_bulk(company.call("director"), work.pk)
    do_bulk(call_now, back.pk)
    assert states(back) == {case.pk: "done"}
    case.refresh_from_db()
    assert (case.owner_id, case.department_id, case.level) == (
        company.staff["agent"].pk, company.departments["technical"].pk, level,
    )  # fmt: skip
    assert CaseNote.objects.filter(case=case, kind="note").count() == 0
    assert CaseTask.objects.filter(case=case, dropped=False).count() == 0
    assert CaseWatcher.objects.filter(case=case).count() == 0
    assert case.state == ("reopened" if do == "cancel" else "open")
    if do != "cancel":
        assert owed(case) == started


def test_what_somebody_changed_since_is_not_put_back(cases: Cases, company: Company) -> None:
    touched, other = cases.open(), cases.open()
    engineer, agent2 = company.staff["engineer"].pk, company.staff["agent2"].pk
    work = done(company, "director", [touched, other], {"do": "assign", "staff_id": engineer})
    assign_case(company.call("technical_head"), touched.pk, staff_id=agent2)
    back = undo_bulk(company.call("director"), work.pk)
    do_bulk(call_now, back.pk)
    assert states(back) == {touched.pk: "refused", other.pk: "done"}
    assert [str(why) for why, _count in refused_reasons(back)] == ["Somebody has changed it since."]
    touched.refresh_from_db()
    assert touched.owner_id == agent2


def test_a_change_is_taken_back_once_in_time_and_by_who_made_it(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    first = done(company, "director", [cases.open()], WAIT)
    second = done(company, "director", [cases.open()], WAIT)
    with pytest.raises(NotFound):
        undo_bulk(company.call("service_manager"), first.pk)
    undo_bulk(company.call("director"), first.pk)
    with pytest.raises(Conflict, match="already"):
        undo_bulk(company.call("director"), first.pk)
    clock.advance(minutes=31)
    with pytest.raises(Conflict, match="any more"):
        undo_bulk(company.call("director"), second.pk)
    assert BulkWork.objects.filter(undoes__isnull=False).count() == 1


def test_a_stopped_work_leaves_the_rest_and_can_be_taken_back(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "ONE_BY_ONE", 1)
    many = [cases.open() for _n in range(3)]
    work = begun(company, "agent", many, WAIT)
    work_slice(company.call("agent"), work.pk)
    stop_bulk(company.call("agent"), work.pk)
    do_bulk(call_now, work.pk)
    work.refresh_from_db()
    assert (work.state, sorted(states(work).values())) == ("stopped", ["done", "waiting", "waiting"])
    back = undo_bulk(company.call("agent"), work.pk)
    do_bulk(call_now, back.pk)
    assert list(states(back).values()) == ["done"]


def test_a_work_that_is_killed_goes_on_where_it_was(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doing, "ONE_BY_ONE", 2)
    many = [cases.open() for _n in range(5)]
    work = begun(company, "agent", many, {"do": "note", "text": "统一回访"})
    work_slice(company.call("agent"), work.pk)

    class Killed(BaseException):
        pass

    def dies(*_values: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(doing, "_one", dies)
        with pytest.raises(Killed):
            do_bulk(call_now, work.pk)
    end_bulk(system_call(), work.pk)
    work.refresh_from_db()
    assert (work.state, CaseNote.objects.filter(kind="note").count()) == ("running", 2)
    for _again in range(2):
        do_bulk(call_now, work.pk)
    work.refresh_from_db()
    notes = CaseNote.objects.filter(kind="note")
    assert (work.state, notes.count(), notes.values("case").distinct().count()) == ("done", 5, 5)


def test_everything_that_a_list_shows_is_chosen_as_it_is_now(cases: Cases, company: Company) -> None:
    urgent = cases.open(severity="down")
    cases.open(kind="inquiry")
    assert urgent.level == "urgent"
    work = choose_cases(company.call("agent"), everything=CaseFilter(tab="mine", level="urgent"))
    cases.open(severity="down")  # came later: not meant
    assert list(states(work)) == [urgent.pk]


def test_changes_of_several_kinds_are_read_and_giving_away_comes_last() -> None:
    read = read_changes([{"do": "assign", "staff_id": "7"}, {"do": "note", "text": " x "}])
    assert [each.stored() for each in read] == [{"do": "note", "text": "x"}, {"do": "assign", "staff_id": 7}]
    for wrong in ({"do": "shout"}, {"do": "assign"}, {"do": "assign", "staff_id": "x"}, {"do": "triage", "level": "x"}):
        with pytest.raises(Invalid):
            read_changes([wrong])


@pytest.mark.django_db(transaction=True)
def test_two_works_over_the_same_cases_at_once_change_each_by_the_rules(cases: Cases, company: Company) -> None:
    many = [cases.open() for _n in range(12)]
    works = [begun(company, "director", many, WAIT), begun(company, "technical_head", many[::-1], WAIT)]

    def run(work: BulkWork) -> None:
        try:
            do_bulk(call_now, work.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, works))
    found = [states(work) for work in works]
    for case in many:
        assert sorted(each[case.pk] for each in found) == ["done", "refused"]
        assert case.stages.filter(verb="wait").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_work_told_twice_at_once_changes_each_case_once(cases: Cases, company: Company) -> None:
    many = [cases.open() for _n in range(30)]
    work = begun(company, "director", many, {"do": "note", "text": "一次"})

    def run(_n: int) -> None:
        try:
            do_bulk(call_now, work.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, range(2)))
    do_bulk(call_now, work.pk)
    work.refresh_from_db()
    assert (work.state, CaseNote.objects.filter(text="一次").count()) == ("done", 30)


@pytest.mark.django_db(transaction=True)
def test_taking_back_while_somebody_works_leaves_one_of_both(cases: Cases, company: Company) -> None:
    many = [cases.open() for _n in range(6)]
    work = done(company, "director", many, {"do": "assign", "staff_id": company.staff["engineer"].pk})
    back = undo_bulk(company.call("director"), work.pk)

    def take_back() -> None:
        try:
            do_bulk(call_now, back.pk)
        finally:
            connections.close_all()

    def work_on() -> None:
        try:
            for case in many:
                assign_case(company.call("technical_head"), case.pk, staff_id=company.staff["agent2"].pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        for future in [pool.submit(take_back), pool.submit(work_on)]:
            future.result()
    back.refresh_from_db()
    assert back.state == "done"
    for case in many:
        case.refresh_from_db()
        assert case.owner_id == company.staff["agent2"].pk  # whoever came last; nothing in between
    assert set(states(back).values()) <= {"done", "refused"}


def test_the_pages_lead_from_the_choice_to_the_result(
    cases: Cases, company: Company, sign_in: SignIn, clock: MovableClock
) -> None:
    case, client = cases.open(), sign_in("technical_head")
    chosen = client.post("/cases/bulk/", {"case": [case.pk], "tab": "mine", "once": "k1"})
    assert chosen.status_code == 302
    address = chosen.headers["Location"]
    assert client.post("/cases/bulk/", {"case": [case.pk], "tab": "mine", "once": "k1"}).headers["Location"] == address
    assert client.get(f"{address}?do=wait").status_code == 200
    assert client.post(address, {"do": "wait", "waiting_for": "part"}).status_code == 422
    assert client.post(address, WAIT).status_code == 302
    assert "更改 1 张工单" in client.get(address).content.decode()
    assert client.get("/cases/bulk/").headers["Location"] == "/cases/"
    assert client.get(f"{address}confirm/").headers["Location"] == address
    assert client.post(f"{address}confirm/").status_code == 302
    do_bulk(call_now, BulkWork.objects.get().pk)
    page = client.get(address).content.decode()
    assert "可撤回至" in page
    assert client.get(f"{address}progress/").headers["HX-Refresh"] == "true"
    assert client.post(f"{address}undo/").status_code == 302
    assert sign_in("director").get(address).status_code == 404
    assert sign_in("auditor").get(address).status_code == 403
    assert client.post(f"{address}stop/").status_code == 409


def test_old_works_are_forgotten_but_not_what_they_did(cases: Cases, company: Company, clock: MovableClock) -> None:
    from huiyin.cases.actions.forget_drafts import forget_drafts

    done(company, "director", [cases.open()], WAIT)
    choose_cases(company.call("director"), ids=list(Case.objects.values_list("pk", flat=True)))
    history = ActEntry.objects.count()
    clock.set(real_clock.now() + timedelta(days=2))
    forget_drafts(system_call())
    assert BulkWork.objects.count() == 1
    clock.advance(days=90)
    forget_drafts(system_call())
    assert (BulkWork.objects.count(), BulkItem.objects.count(), ActEntry.objects.count()) == (0, 0, history)
