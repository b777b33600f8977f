"""The problem tracking table: what it shows, that its files say the same, that it stays in the viewer's area."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from django.db import connection
from django.test import Client
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from huiyin.cases.actions.export_table import ask_export, forget_exports, stop_export, write_export
from huiyin.cases.actions.save_view import delete_view, save_view
from huiyin.cases.actions.verdict import record_verdict
from huiyin.cases.models import Case, CaseRules, TableExport
from huiyin.cases.queries.tracking import CHUNK, all_problems, counted, problems
from huiyin.cases.rules.tracking import Tracked, TrackingFilter
from huiyin.cases.tasks import tend_exports
from huiyin.customers.public import Contact
from huiyin.kernel.refusal import Forbidden, NotFound
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock

SignIn = Callable[[str], Client]
MONTH = TrackingFilter(date(2026, 9, 1), date(2026, 9, 30))
ADDRESS = "/cases/tracking/?first=2026-09-01&last=2026-09-30"


@pytest.fixture
def four(cases: Cases, company: Company, clock: MovableClock) -> list[Case]:
    """Finished in time and satisfied; finished late and not satisfied; planned and late; without a plan."""
    good, late, waiting = (cases.open() for _n in range(3))
    cases.until("start", good)
    cases.until("start", late)
    cases.until("plan", waiting)
    bare = cases.open(description="门封条漏气", topic="product")
    clock.set("2026-09-29 15:00")
    for verb in ("finish", "tell", "verdict"):
        cases.step(good, verb)
    clock.set("2026-09-30 10:00")
    for verb in ("finish", "tell"):
        cases.step(late, verb)
    record_verdict(company.call("agent"), late.pk, verdict="not", score=2, words="太慢")
    return [good, late, waiting, bare]


def found(case: Case, company: Company, who: str = "director", **more: Any) -> list[str]:
    wanted = TrackingFilter(**({"first": MONTH.first, "last": MONTH.last} | more))
    rows = problems(company.actor(who), wanted, company.call(who).now)
    return [one.number for piece in all_problems(rows) for one in piece]


def test_rows_say_plan_planned_and_actual_finish_and_verdict(four: list[Case], company: Company) -> None:
    now = company.call("director").now
    rows = [one for piece in all_problems(problems(company.actor("director"), MONTH, now)) for one in piece]
    assert [(one.number[-4:], one.plan, bool(one.planned_at), bool(one.finished_at), one.verdict) for one in rows] == [
        ("0004", "", False, False, ""),
        ("0003", "更换压缩机", True, False, ""),
        ("0002", "更换压缩机", True, False, "not"),
        ("0001", "更换压缩机", True, True, "satisfied"),
    ]


def test_files_mask_the_numbers_that_somebody_wrote_into_a_text(cases: Cases, company: Company) -> None:
    Contact.objects.create(customer=cases.customer, name="前台", phone="+8613800000043", email="desk-2@lin.example")
    cases.open(
        reporter_phone="13911112222",
        description="打 138-0000-0043 或 139 1111 2222，发 Desk-2@lin.example；单号 13700001111",
    )
    cases.open(customer_id=None, reporter_phone="13911113333", description="打13911113333")
    rows = problems(company.actor("director"), MONTH, company.call("director").now)
    assert [one.description for piece in all_problems(rows) for one in piece] == [
        "打139****3333",
        "打 138****0043 或 139****2222，发 d***@lin.example；单号 13700001111",
    ]


def test_counts_come_from_the_rows(four: list[Case], company: Company) -> None:
    now = company.call("director").now
    rows = problems(company.actor("director"), MONTH, now)
    assert counted(rows, now) == Tracked(
        total=4, open=3, finished=1, on_time=1, late=2, satisfied=1, mostly=0, not_satisfied=1
    )


@pytest.mark.parametrize(
    ("more", "numbers"),
    [
        ({"standing": "finished"}, ["0001"]),
        ({"standing": "open"}, ["0004", "0003", "0002"]),
        ({"standing": "late"}, ["0003", "0002"]),
        ({"text": "门封条"}, ["0004"]),
        ({"last": date(2026, 9, 27)}, []),
        ({"view": "unassigned"}, ["0004"]),
    ],
)
def test_the_table_is_narrowed(four: list[Case], company: Company, more: dict[str, Any], numbers: list[str]) -> None:
    if "view" in more:
        Case.objects.filter(pk=four[3].pk).update(owner=None)
        more["who"] = "rnd_head"
    assert [number[-4:] for number in found(four[0], company, **more)] == numbers


def test_the_table_stays_in_the_viewers_area(four: list[Case], company: Company, sign_in: SignIn) -> None:
    assert [number[-4:] for number in found(four[0], company, "rnd_head")] == ["0004"]
    assert len(found(four[0], company, "technical_head")) == 3
    assert sign_in("store_manager").get(ADDRESS).status_code == 403
    assert sign_in("administrator").get(f"{ADDRESS}&as=xlsx").status_code == 403
    with pytest.raises(Forbidden):
        ask_export(company.call("store_manager"), MONTH, language="zh-hans")


def tiles(page: str) -> list[str]:
    return re.findall(r'class="stat-value[^>]*>\s*(?:<[^>]*>)?\s*(\d+)', page)


def test_page_excel_word_and_pdf_say_the_same(four: list[Case], sign_in: SignIn) -> None:
    client = sign_in("director")
    page = client.get(ADDRESS).content.decode()
    assert tiles(page) == ["4", "1", "1", "2", "3", "1", "0", "1"]
    assert [f"/cases/{case.pk}/" in page for case in four] == [True] * 4
    excel = client.get(ADDRESS.replace("/?", "/file/?") + "&as=xlsx")
    assert "attachment" in excel["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(excel.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = {line[0]: line[1] for line in lines[:10]}
    assert [head[name] for name in ("问题数", "已完成", "按计划完成", "超过计划", "未完成")] == [
        "4",
        "1",
        "1",
        "2",
        "3",
    ]
    table = [line for line in lines if str(line[0]).startswith("GD")]
    assert [line[0][-4:] for line in table] == ["0004", "0003", "0002", "0001"]
    assert (table[3][6], table[3][10]) == ("更换压缩机", "满意 5/5")
    assert (f"{table[3][7]:%Y-%m-%d %H:%M}", f"{table[3][8]:%Y-%m-%d %H:%M}") == (
        "2026-09-30 09:00",
        "2026-09-29 15:00",
    )
    assert table[3][2] == "林*"
    word = docx.Document(io.BytesIO(client.get(ADDRESS.replace("/?", "/file/?") + "&as=docx").content))
    assert [row.cells[0].text[-4:] for row in word.tables[-1].rows[1:]] == ["0004", "0003", "0002", "0001"]
    pdf = PdfReader(io.BytesIO(client.get(ADDRESS.replace("/?", "/file/?") + "&as=pdf").content))
    said = "".join(one.extract_text() for one in pdf.pages)
    assert ("问题跟踪表" in said, said.count("GD20260928-")) == (True, 4)
    assert client.get(ADDRESS.replace("/?", "/file/?") + "&as=exe").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["first=rubbish&last=%00", "first=2026-10-09&last=2026-09-01", "department=99999999999", "standing=x", "after=x"],
)
def test_a_strange_filter_does_no_harm(four: list[Case], sign_in: SignIn, query: str) -> None:
    assert sign_in("director").get(f"/cases/tracking/?{query}").status_code == 200


def test_a_view_that_is_not_there_is_not_found(four: list[Case], sign_in: SignIn) -> None:
    assert sign_in("director").get("/cases/tracking/?view=nonsense").status_code == 404


def small(clock: MovableClock, **numbers: int) -> None:
    CaseRules.objects.create(kind="conduct", version=9, data=numbers, effective_from=clock.now - timedelta(days=1))


def test_a_long_table_is_written_by_the_worker_with_progress(
    four: list[Case], sign_in: SignIn, clock: MovableClock, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    small(clock, export_rows_at_once=3, paper_rows=3)
    client, file = sign_in("director"), ADDRESS.replace("/?", "/file/?")
    assert "后台生成 Excel" in client.get(ADDRESS).content.decode()
    assert client.get(f"{file}&as=pdf").status_code == 409
    assert client.get(f"{file}&as=xlsx")["Location"].startswith("/cases/tracking/?first=2026-09-01")
    asked = [client.post(f"{file}&as=xlsx", {"once": "k1"})["Location"] for _twice in range(2)]
    export = TableExport.objects.get()
    assert asked == [f"/cases/tracking/exports/{export.pk}/"] * 2
    assert ProcrastinateJob.objects.filter(task_name="cases.write_table").count() == 2
    assert "等待后台处理" in client.get(asked[0]).content.decode() or export.working
    assert (write_export(export.pk, clock.now), write_export(export.pk, clock.now)) == (True, False)
    export.refresh_from_db()
    assert (export.state, export.total, export.done) == ("done", 4, 4)
    answer = client.get(f"{asked[0]}file/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    numbers = [row[0].value for row in sheet.iter_rows() if str(row[0].value).startswith("GD")]
    assert [number[-4:] for number in numbers] == ["0004", "0003", "0002", "0001"]
    assert sign_in("service_manager").get(asked[0]).status_code == 404


def test_the_file_holds_what_its_asker_may_see(
    four: list[Case], company: Company, clock: MovableClock, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    export = ask_export(company.call("rnd_head"), MONTH, language="en")
    assert write_export(export.pk, clock.now)
    export.refresh_from_db()
    assert (export.total, export.done) == (1, 1)


def test_a_stopped_export_keeps_nothing_and_old_files_go(
    four: list[Case], company: Company, clock: MovableClock, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    call = company.call("director")
    stopped, kept = (ask_export(call, MONTH, language="zh-hans") for _n in range(2))
    stop_export(call, stopped.pk)
    stop_export(call, stopped.pk)
    with pytest.raises(NotFound):
        stop_export(company.call("service_manager"), kept.pk)
    assert [write_export(one.pk, clock.now) for one in (stopped, kept)] == [False, True]
    stopped.refresh_from_db()
    assert (stopped.state, stopped.file) == ("cancelled", "")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    assert forget_exports(clock.now + timedelta(days=6)) == 0
    assert forget_exports(clock.now + timedelta(days=8)) == 2
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_a_crash_left_is_taken_up(four: list[Case], company: Company, clock: MovableClock) -> None:
    export = ask_export(company.call("director"), MONTH, language="zh-hans")
    TableExport.objects.filter(pk=export.pk).update(state="running", done=2)
    assert tend_exports(0) == 1


def test_ten_thousand_rows_come_piece_by_piece_without_gap_or_double(cases: Cases, company: Company) -> None:
    case = cases.open()
    columns = [field.column for field in Case._meta.concrete_fields if field.column not in ("id", "number")]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO cases_case (number, {names}) SELECT 'N' || n, {names} FROM cases_case,"
            f" generate_series(1, {5 * CHUNK}) n WHERE id = %s",
            [case.pk],
        )
    pieces = list(all_problems(problems(company.actor("director"), MONTH, company.call("director").now)))
    assert [len(piece) for piece in pieces] == [CHUNK] * 5 + [1]
    assert len({one.pk for piece in pieces for one in piece}) == 5 * CHUNK + 1


def test_an_export_whose_view_is_gone_ends_and_is_not_taken_up_again(
    four: list[Case], company: Company, clock: MovableClock, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    call = company.call("director")
    view = save_view(call, name="紧急的", condition={})
    export = ask_export(call, replace(MONTH, view=str(view.pk)), language="zh-hans")
    delete_view(call, view.pk)
    assert write_export(export.pk, clock.now) is False
    export.refresh_from_db()
    assert (export.state, export.file, tend_exports(0)) == ("cancelled", "", 0)
