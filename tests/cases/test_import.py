"""Complaints with their answers come in once, as closed cases with their real times; the clocks agree with the file."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from huiyin.cases.models import Case, CaseNote, CaseStage
from huiyin.imports.foreground import bring
from huiyin.imports.models import ImportRun, RowError
from huiyin.promises.public import Promise
from huiyin.working_time.public import Span, Unit, calendar_of, deadline
from huiyin.working_time.rules.arithmetic import working_days_between
from tests.conftest import SHANGHAI, Company

HEAD = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间\n"
FILE = "complaints_zh_with_replies.csv.gz"


def real_file() -> Path:
    """The evaluation file beside the repository; skips where it is absent."""
    places = [folder / "shared" / "data" / FILE for folder in Path(__file__).parents]
    found = next((place for place in places if place.exists()), None)
    if found is None:
        pytest.skip("evaluation data is not here")
    return found


def run(company: Company, path: Path, *, trial: bool = False) -> ImportRun:
    return bring(company.call("director"), path=path, kind="complaints", mapping="message-board", trial=trial)


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def test_rows_with_both_time_formats_and_padded_texts_become_cases(company: Company, home: Path) -> None:
    path = home / "留言.csv"
    path.write_text(
        HEAD
        + '7,甲,电梯坏了,2019/4/25 9:32:09,"\n\t\t　　电梯停了三天\n\n\t没人管\n",已修好,2019-04-26 10:00:00\n'
        + "8,乙,还没答复,2019/4/25 9:32:09,没有路灯,,\n",
        encoding="utf-8",
    )
    run(company, path)
    closed, open_ = Case.objects.order_by("imported_as")
    assert (closed.number, closed.state, closed.title) == ("GD20190425-0001", "closed", "电梯坏了")
    assert closed.description == "电梯停了三天\n没人管"
    assert closed.received_at == datetime(2019, 4, 25, 9, 32, 9, tzinfo=SHANGHAI)
    assert closed.closed_at == datetime(2019, 4, 26, 10, 0, tzinfo=SHANGHAI)
    assert CaseNote.objects.get(case=closed).text == "已修好"
    stage = CaseStage.objects.get(case=closed, verb="import")
    assert (stage.lasted, stage.worked) == (
        timedelta(days=1, minutes=27, seconds=51),
        timedelta(hours=8, minutes=27, seconds=51),
    )
    promise = Promise.objects.get(subject_id=closed.pk)
    assert (promise.kind, promise.state, promise.broken_at) == ("case.solve", "kept", None)
    assert (open_.state, open_.closed_at) == ("open", None)
    assert Promise.objects.filter(subject_id=open_.pk, state="open").count() == 3


def test_wrong_rows_are_named_and_the_good_ones_kept(company: Company, home: Path) -> None:
    path = home / "留言.csv"
    rows = (
        "1,甲,一,2019/2/30 9:00:00,正文,答,2019/4/26\n"
        "2,乙,二,2019/4/25 9:00:00,正文,答,2019/4/20\n"
        "3,丙,三,2019/4/25 9:00:00,正文,答,2019/4/26\n"
    )
    path.write_text(HEAD + rows, encoding="utf-8")
    made = run(company, path)
    assert (made.new, made.wrong) == (1, 2)
    assert sorted(RowError.objects.filter(run=made).values_list("field", flat=True)) == ["answered_at", "received_at"]


def test_a_trial_writes_nothing_and_a_second_import_makes_no_duplicates(company: Company, home: Path) -> None:
    path = home / "留言.csv"
    path.write_text(HEAD + "3,丙,三,2019/4/25 9:00:00,正文,答,2019/4/26\n", encoding="utf-8")
    assert (run(company, path, trial=True).new, Case.objects.count()) == (1, 0)
    assert run(company, path).new == 1
    again = run(company, path)
    assert (again.new, again.same, Case.objects.count()) == (0, 1, 1)


def share(count: int) -> float:
    """Of the file's rows, in per cent."""
    return round(100 * count / 2816, 1)


@pytest.mark.real_data
def test_the_clocks_reproduce_the_shares_of_the_real_file(company: Company, home: Path) -> None:
    path = real_file()
    made = run(company, path)
    assert (made.new, made.wrong, Case.objects.count()) == (2816, 0, 2816)
    assert Case.objects.filter(state="closed").count() == 2816
    calendar = calendar_of("standard")
    times = [(case.received_at, case.closed_at) for case in Case.objects.only("received_at", "closed_at")]
    days = [working_days_between(calendar, received, closed) for received, closed in times if closed]
    assert share(sum(count <= 5 for count in days)) == 38.3
    assert share(sum(count <= 15 for count in days)) == 74.7
    solved = Promise.objects.filter(kind="case.solve")
    assert solved.count() == 2816
    to_the_minute = sum(
        closed <= deadline(calendar, received, Span(5, Unit.WORKING_DAYS)).at for received, closed in times if closed
    )
    assert solved.filter(broken_at=None).count() == to_the_minute == 1008
    again = run(company, path)
    assert (again.new, again.same, Case.objects.count()) == (0, 2816, 2816)
