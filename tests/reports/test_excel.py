"""The Excel file says, cell by cell, what the board and the records say, and none of its cells can act."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from huiyin.documents.excel import write_excel
from huiyin.documents.rules.sheets import Column, Document, Sheet, from_json, to_json
from huiyin.insights.public import Lens, board, period_of
from huiyin.kernel.actor import SYSTEM
from huiyin.questionnaires.public import Asking
from huiyin.reports.actions.submit import submit
from huiyin.reports.kind import report_kind
from huiyin.reports.models import Report
from huiyin.reports.queries.documents import document_of, file_of
from tests.conftest import MovableClock
from tests.insights.lifelike import Week

NOW = datetime(2026, 10, 5, 10, 0)  # noqa: DTZ001 - sheets hold clock times of the company
EVIL = ["=1+1", "+86", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "http://example.com", "<b>&\x07", "007"]


def opened(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def table(rows: list[tuple[Any, ...]], first: str) -> list[dict[str, Any]]:
    """The rows below the headings, by heading."""
    start = next(number for number, row in enumerate(rows) if row[0] == first)
    return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :]]


def test_the_weekly_file_equals_the_board(full: Week, due_full: Report, clock: MovableClock) -> None:
    submit(full.company.call("quality"), due_full.pk)
    due_full.refresh_from_db()
    rows = table(opened(file_of(due_full, clock.now))["本周指标"], "指标")
    tiles = board(Lens(SYSTEM, due_full.about, clock.now)).tiles
    assert len(rows) == len(tiles) == 16
    for row, tile in zip(rows, tiles.values(), strict=True):
        assert row["样本量"] == tile.figure.n
        assert f"{row['数值']:.{tile.digits}f}" == tile.shown
        if tile.interval:
            assert (
                f"{row['区间下限']:.{tile.digits}f}–{row['区间上限']:.{tile.digits}f}".replace("-", "−")
                == tile.interval
            )
    assert [row["指标"] for row in rows][:3] == ["总体评分", "满意率", "产品质量"]


def test_the_weekly_file_lists_every_visit_and_answer(full: Week, due_full: Report, clock: MovableClock) -> None:
    clock.set("2026-10-01T15:00")
    about = full.visit("done", lines=("connected",))
    full.answer(2, about=about, problem="漏水", need="上门", suggestion="=cmd|'/C calc'!A0")
    clock.set("2026-10-05T10:00")
    sheets = opened(write_excel(document_of(due_full, clock.now), clock.now))
    visits = table(sheets["回访记录"], "序号")
    assert [row["回访结果"] is not None for row in visits] == [True] * 6
    said = next(row for row in visits if row["反映问题"])
    assert (said["产品质量"], said["平均分"], said["反映问题"], said["客户需求"]) == (2, 2, "漏水", "上门")
    assert said["改进建议"] == "=cmd|'/C calc'!A0"
    assert said["客户姓名"] == "王*"
    assert len(table(sheets["问卷明细"], "序号")) == Asking.objects.filter(state="complete").count() == 11


def test_the_monthly_file_has_a_row_for_every_store(full: Week, clock: MovableClock) -> None:
    kind = report_kind("monthly")
    lens = Lens(SYSTEM, period_of("month", clock.now.date().replace(month=9, day=30)), clock.now)
    document = kind.build(lens)
    rows = table(opened(write_excel(document, clock.now))["门店汇总"], "门店")
    assert [row["门店"] for row in rows] == ["人民路店", "滨江店", "合计"]
    assert [row["结束回访"] for row in rows] == [4, 1, 5]
    assert [row["评价客户数"] for row in rows] == [9, 1, 10]
    tiles = board(lens).tiles
    total = rows[-1]
    assert f"{total['总体评分']:.2f}" == tiles["overall"].shown
    assert f"{total['回访成功率（%）']:.1f}" == tiles["success-rate"].shown
    assert f"{total['投诉及时率（%）']:.1f}" == tiles["complaint-timeliness"].shown
    assert document.name == "9月客户回访汇总表"


def test_no_cell_can_act() -> None:
    sheet = Sheet("表", (("报表", "=1+1"),), (Column("值"),), tuple((text,) for text in EVIL))
    content = write_excel(Document("x", (sheet,)), NOW)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book["表"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][3:] == [text.replace("\x07", "_x0007_") for text in EVIL]
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "+", "-", "@", "\t")))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        page = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page


def test_a_document_survives_being_kept_as_json() -> None:
    rows = ((1, 2.5, "文", None, NOW),)
    document = Document("名", (Sheet("表", (("甲", "乙"),), tuple(Column(str(n)) for n in range(5)), rows),))
    assert from_json(to_json(document)) == document


@pytest.mark.parametrize("code", ["weekly", "monthly"])
def test_an_empty_period_gives_an_empty_report(week: Week, clock: MovableClock, code: str) -> None:
    kind = report_kind(code)
    document = kind.build(Lens(SYSTEM, period_of(kind.period, clock.now.date()), clock.now))
    assert opened(write_excel(document, clock.now))
    assert {row[3] for row in document.sheets[0 if code == "weekly" else 1].rows} == {0}
