"""A change to many cases that meets a case it cannot change for reasons nobody foresaw goes on, and ends."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.cases.actions import do_bulk as doing
from huiyin.cases.actions.bulk import stop_bulk
from huiyin.cases.actions.do_bulk import do_bulk
from huiyin.cases.models import BulkItem, Case, CaseNote
from huiyin.cases.queries.bulk import refused_reasons
from tests.cases.conftest import Cases
from tests.cases.test_bulk import begun, call_now, states
from tests.conftest import Company

NOTE = {"do": "note", "text": "统一回访"}
BROKEN = "Something is wrong with this case itself. It was left as it is; the administrator finds it in the log."


def test_a_case_whose_change_crashes_is_counted_as_refused_and_the_rest_go_on(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    many = [cases.open() for _n in range(3)]
    work, change = begun(company, "agent", many, NOTE), doing.make_changes

    def crashes(act: Any, case_id: int, changes: Any) -> Any:
        made = change(act, case_id, changes)
        if case_id == many[1].pk:
            raise OverflowError("林悦 13800000042")
        return made

    monkeypatch.setattr(doing, "make_changes", crashes)
    do_bulk(call_now, work.pk)
    work.refresh_from_db()
    assert work.state == "done"
    assert [states(work)[case.pk] for case in many] == ["done", "refused", "done"]
    assert [(str(why), count) for why, count in refused_reasons(work)] == [(BROKEN, 1)]
    noted = CaseNote.objects.filter(kind="note").order_by("case_id").values_list("case_id", flat=True)
    assert list(noted) == [many[0].pk, many[2].pk], "nothing is left of the one that crashed"
    assert f"case {many[1].pk} could not be changed with others: OverflowError" in caplog.text
    assert "林悦" not in caplog.text


@pytest.mark.parametrize("change", [NOTE, {"do": "assign", "staff_id": 0}])
def test_a_case_that_cannot_even_be_read_holds_nobody_up(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    many = [cases.open() for _n in range(3)]
    who = "agent" if change is NOTE else "service_manager"
    if who == "service_manager":
        Case.objects.update(department=company.departments["service"])
        change = change | {"staff_id": company.staff["agent2"].pk}
    work = begun(company, who, many, change)

    def unreadable(act: Any, ids: Any) -> Any:
        if many[0].pk in ids:
            raise OverflowError
        return read(act, ids)

    read = doing.take_in_hand
    monkeypatch.setattr(doing, "take_in_hand", unreadable)
    monkeypatch.setattr("huiyin.cases.actions.many.take_in_hand", unreadable)
    do_bulk(call_now, work.pk)
    work.refresh_from_db()
    assert (work.state, [states(work)[case.pk] for case in many]) == ("done", ["refused", "done", "done"])
    assert [(str(why), count) for why, count in refused_reasons(work)] == [(BROKEN, 1)]


def test_while_the_database_is_away_nothing_is_given_up(
    cases: Cases, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = begun(company, "agent", [cases.open()], NOTE)

    def away(*_values: object) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(doing, "make_changes", away)
        with pytest.raises(OperationalError):
            do_bulk(call_now, work.pk)
    assert list(states(work).values()) == ["waiting"]
    do_bulk(call_now, work.pk)
    assert list(states(work).values()) == ["done"]


def test_a_stop_ends_a_work_whose_job_has_failed(cases: Cases, company: Company) -> None:
    work = begun(company, "agent", [cases.open(), cases.open()], NOTE)
    ProcrastinateJob.objects.all()._raw_delete(ProcrastinateJob.objects.db)
    stop_bulk(company.call("agent"), work.pk)
    job = ProcrastinateJob.objects.get(task_name="cases.do_bulk")
    do_bulk(call_now, job.args["work_id"])
    work.refresh_from_db()
    assert (work.state, BulkItem.objects.filter(work=work, state="waiting").count()) == ("stopped", 2)
