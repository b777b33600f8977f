"""A date given to the customer moves before it passes, with reason and notice; progress is told at agreed points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from huiyin.cases.actions.move_deadline import move_deadline
from huiyin.cases.actions.note import answer_customer, log_contact
from huiyin.cases.actions.plan import plan_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, CaseRules
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.promises.public import Promise
from tests.api.conftest import Caller
from tests.api.conftest import caller as caller  # noqa: PLC0414 - the fixture
from tests.cases.conftest import Cases, owed, traces
from tests.cases.test_races import at_once
from tests.conftest import SHANGHAI, Company, MovableClock

LATER = datetime(2026, 10, 12, 18, tzinfo=SHANGHAI)


def confirmed(cases: Cases) -> Case:
    """The solution is promised for 2026-09-30 09:00, the plan's end."""
    return cases.until("confirm")


def told_last(case: Case) -> str:
    note = case.notes.filter(kind="told").order_by("pk").last()
    assert note is not None
    return note.text


def test_a_deadline_moves_in_time_with_reason_history_and_a_letter(cases: Cases, company: Company) -> None:
    case = confirmed(cases)
    assert owed(case) == {"solve": "09-30 09:00"}
    move_deadline(company.call("technical_head"), case.pk, due_at=LATER, reason="压缩机缺货，10 月 10 日到货")
    case.refresh_from_db()
    assert (owed(case), case.planned_at, case.due_at) == ({"solve": "10-12 18:00"}, LATER, LATER)
    text = told_last(case)
    assert "2026-09-30 09:00" in text
    assert "2026-10-12 18:00" in text
    assert "压缩机缺货，10 月 10 日到货" in text
    entry = ActEntry.objects.get(verb="cases.move_deadline")
    assert (entry.reason, entry.data["before"][:10], entry.data["after"][:10]) == (
        "压缩机缺货，10 月 10 日到货",
        "2026-09-30",
        "2026-10-12",
    )


def test_a_deadline_that_passed_stays_and_nothing_is_told(cases: Cases, company: Company, clock: MovableClock) -> None:
    case = confirmed(cases)
    clock.set("2026-09-30 09:00")
    before = traces()
    with pytest.raises(Conflict, match="before it passes"):
        move_deadline(company.call("technical_head"), case.pk, due_at=LATER, reason="缺货")
    assert (traces(), owed(case)) == (before, {"solve": "09-30 09:00"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"due_at": datetime(2026, 9, 27, tzinfo=SHANGHAI)}, "due_at"),
        ({"goal": "verify"}, "goal"),
    ],
)
def test_without_reason_into_the_past_or_of_no_told_date_nothing_moves(
    cases: Cases, company: Company, values: dict[str, object], field: str
) -> None:
    case = confirmed(cases)
    before = traces()
    with pytest.raises(Invalid) as refusal:
        move_deadline(company.call("director"), case.pk, **({"due_at": LATER, "reason": "缺货"} | values))
    assert (set(refusal.value.fields), traces()) == ({field}, before)


def test_a_deadline_that_does_not_run_cannot_move(cases: Cases, company: Company) -> None:
    case = cases.until("verify")
    with pytest.raises(Conflict, match="No such deadline"):
        move_deadline(company.call("director"), case.pk, due_at=LATER, reason="缺货")


def test_the_button_and_the_api_move_it_and_the_page_of_the_promise_does_not(
    cases: Cases, sign_in: Callable[[str], Client], caller: Callable[..., Caller], clock: MovableClock
) -> None:
    case = confirmed(cases)
    head = sign_in("technical_head")
    assert "调整时限" in head.get(f"/cases/{case.pk}/").content.decode()
    promise = Promise.objects.get(kind="case.solve", state="open")
    assert head.post(f"/promises/{promise.pk}/", {"due_at": "2026-10-12T18:00", "reason": "x"}).status_code == 409
    given = {"goal": "solve", "due_at": "2026-10-09T18:00", "reason": "缺货"}
    assert head.post(f"/cases/{case.pk}/move_deadline/", given).status_code == 302
    assert owed(case)["solve"] == "10-09 18:00"
    body = {"due_at": "2026-10-10T18:00:00+08:00", "reason": "仍缺货"}
    assert caller("technical_head")("POST", f"/cases/{case.pk}/move-deadline", body).status_code == 200
    assert owed(case)["solve"] == "10-10 18:00"
    clock.set("2026-10-10 18:00")
    late = head.post(f"/cases/{case.pk}/move_deadline/", {**given, "due_at": "2026-10-12T18:00"})
    assert (late.status_code, "只能在时限到期之前" in late.content.decode()) == (422, True)


def test_an_agent_asks_a_lead_to_move_it(cases: Cases, company: Company) -> None:
    case = confirmed(cases)
    with pytest.raises(Forbidden):
        move_deadline(company.call("agent"), case.pk, due_at=LATER, reason="缺货")


def long_work(cases: Cases, progress_days: int | None = None) -> Case:
    case = cases.until("verify")
    plan_case(cases.company.call("agent"), case.pk, steps="定制部件", due_at=LATER, progress_days=progress_days)
    for verb in ("send_plan", "confirm", "start"):
        cases.step(case, verb)
    return case


def test_progress_is_owed_while_work_lasts_and_kept_by_letter_or_talk(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = long_work(cases)
    assert owed(case)["progress"] == "10-08 09:00"
    clock.set("2026-09-29 10:00")
    answer_customer(company.call("agent"), case.pk, text="部件已下单")
    assert owed(case)["progress"] == "10-09 10:00"
    clock.set("2026-10-08 09:00")
    log_contact(company.call("agent"), case.pk, reached=False)
    assert owed(case)["progress"] == "10-09 10:00"
    log_contact(company.call("agent"), case.pk, reached=True, text="已到货")
    assert owed(case)["progress"] == "10-12 09:00"
    assert Promise.objects.filter(kind="case.progress", state="kept").count() == 2
    cases.step(case, "finish")
    assert "progress" not in owed(case)


@pytest.mark.parametrize(("days", "due"), [(1, "09-29 09:00"), (0, None), (30, None), (None, "10-08 09:00")])
def test_how_often_is_agreed_in_the_plan_or_a_number_of_the_company(
    cases: Cases, days: int | None, due: str | None
) -> None:
    assert owed(long_work(cases, days)).get("progress") == due


def test_the_companys_number_is_versioned_data(cases: Cases, clock: MovableClock) -> None:
    CaseRules.objects.create(kind="conduct", version=9, data={"progress_days": 2}, effective_from=clock.now)
    assert owed(long_work(cases))["progress"] == "09-30 09:00"


def test_finishing_lets_go_of_the_next_word_and_waiting_for_the_customer_stops_it(
    cases: Cases, company: Company
) -> None:
    case = long_work(cases)
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等客户")
    assert Promise.objects.get(kind="case.progress").state == "paused"
    cases.step(case, "resume")
    cases.step(case, "finish")
    assert Promise.objects.get(kind="case.progress").state == "cancelled"


@pytest.mark.django_db(transaction=True)
def test_fifty_hands_move_one_deadline_and_each_letter_tells_the_truth(cases: Cases, company: Company) -> None:
    case = confirmed(cases)
    call = company.call("technical_head")
    letters = case.notes.filter(kind="told").count()
    results = at_once(
        *(
            lambda days=n: move_deadline(call, case.pk, due_at=LATER + timedelta(days=days), reason=f"第{days}次")
            for n in range(50)
        )
    )
    assert Counter(type(result).__name__ for result in results) == {"Case": 50}
    case.refresh_from_db()
    solve = Promise.objects.get(subject_id=case.pk, kind="case.solve", state="open")
    assert (case.notes.filter(kind="told").count(), solve.due_at) == (letters + 50, case.planned_at)
    moves = list(ActEntry.objects.filter(verb="cases.move_deadline").order_by("pk").values_list("data", flat=True))
    at = [(datetime.fromisoformat(move["before"]), datetime.fromisoformat(move["after"])) for move in moves]
    assert [after for _before, after in at[:-1]] == [before for before, _after in at[1:]]
