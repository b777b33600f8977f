"""Steps 7 and 8: the week's board with its records, and the record sheet from draft to file (INS-2, REP-1)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from huiyin.reports.tasks import make_reports_due
from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet
    from playwright.sync_api import Locator, Page

NAME = "9月第3周客户回访记录单"


def is_announced(walk: Walk) -> None:
    """The hourly job makes the week's report with its promise as soon as the week begins."""
    walk.job(make_reports_due)
    page = walk.open("service_manager", "/reports/")
    row = page.locator("tr[data-row]", has_text=NAME)
    assert words(row.locator(".clock-at")) == walk.say("9月28日 12:00", "28 Sep 12:00")


def seen_on_the_board(walk: Walk) -> None:
    """Three customers answered, three of four calls were made, one case is open; a number opens its records."""
    walk.at("2026-09-28 09:30")
    page = walk.open("service_manager", "/insight/?period=2026-W39")
    shown = tiles(page)
    assert shown[walk.say("总体评分", "Overall score")] == ("4.13", "n = 3 · 2.13–5.00")
    assert shown[walk.say("产品质量", "Product quality")][0] == "3.67"
    assert shown[walk.say("接通率", "Connect rate")] == ("66.7", "n = 3 · 20.8–93.9")
    assert shown[walk.say("回访成功率", "Visit success rate")] == ("100.0", "n = 3 · 43.9–100.0")
    assert shown[walk.say("计划完成率", "Plan achieved")] == ("12.5", "n = 24 · 4.3–31.0")
    assert shown[walk.say("投诉处理及时率", "Complaints handled in time")] == ("83.3", "n = 6 · 43.6–97.0")
    walk.picture(page, "board")

    page.locator("a.stat", has_text=walk.say("总体评分", "Overall score")).click()
    page.wait_for_url("**/insight/records/overall/*")
    scores = [words(cell) for cell in page.locator("table tbody td:last-child").all()]
    assert sorted(scores) == ["3.20", "4.60", "4.60"]
    walk.picture(page, "records")


def handed_in_and_published(walk: Walk) -> None:
    """Quality submits before Monday noon, the manager approves and publishes; the file says what the screen says."""
    board = tiles(walk.open("service_manager", "/insight/?period=2026-W39"))
    page = walk.open("quality", "/reports/")
    walk.picture(page, "reports")
    page.get_by_role("link", name=f"《{NAME}》").click()
    page.wait_for_url("**/reports/*/")
    walk.picture(page, "report-draft")
    walk.at("2026-09-28 11:20")
    page.get_by_role("button", name=walk.say("提交", "Submit"), exact=True).click()
    page.get_by_role("link", name=walk.say("下载 Excel", "Download Excel")).wait_for()

    walk.at("2026-09-28 14:00")
    manager = walk.open("service_manager", page.url)
    manager.get_by_role("button", name=walk.say("审批通过", "Approve"), exact=True).click()
    manager.get_by_role("button", name=walk.say("发布", "Publish"), exact=True).click()
    manager.get_by_role("button", name=walk.say("发布", "Publish"), exact=True).wait_for(state="detached")
    assert words(manager.locator("dl.facts .clock-left")) == walk.say("按时完成", "Kept in time")
    walk.picture(manager, "report-published")

    with manager.expect_download() as loading:
        manager.get_by_role("link", name=walk.say("下载 Excel", "Download Excel")).click()
    assert loading.value.suggested_filename == f"{NAME}.xlsx"
    path = walk.folder / "week.xlsx"
    loading.value.save_as(path)
    _same_as_the_board(path, list(board.values()))
    assert _same_as_the_page(path, manager) == {"本周指标": 16, "主要问题": 1, "回访记录": 3, "问卷明细": 3}


def _same_as_the_board(path: Path, board: list[tuple[str, str]]) -> None:
    sheet = load_workbook(path)["本周指标"]
    rows = list(sheet.iter_rows(min_row=7))
    assert len(rows) == len(board)
    for (value, note), row in zip(board, rows, strict=True):
        assert in_form(row[1]) == ("" if value == "–" else value)
        assert f"n = {row[3].value}" in note or row[3].value == 0


def _same_as_the_page(path: Path, page: Page) -> dict[str, int]:
    """Compares each sheet with its table on the page, cell by cell; returns how many rows each has."""
    book = load_workbook(path)
    sections = page.locator("main section.section:has(table.report-table)").all()
    assert [words(section.locator("h2")) for section in sections] == book.sheetnames
    return {words(section.locator("h2")): _same(book[words(section.locator("h2"))], section) for section in sections}


def _same(sheet: Worksheet, section: Locator) -> int:
    headings = [words(heading) for heading in section.locator("thead th").all()]
    rows = [[in_form(cell) for cell in row[: len(headings)]] for row in sheet.iter_rows()]
    begin = rows.index(headings)
    shown = [[words(cell) for cell in row.locator("td").all()] for row in section.locator("tbody tr").all()]
    assert shown == rows[begin + 1 :]
    return len(shown)


def in_form(cell: Cell) -> str:
    """A cell of the file as Excel shows it."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%Y-%m-%d %H:%M}"
    if isinstance(cell.value, (int, float)):
        return f"{cell.value:.{len(cell.number_format.partition('.')[2])}f}"
    return " ".join(str(cell.value).split())


def tiles(page: Page) -> dict[str, tuple[str, str]]:
    """The board's tiles: label, figure and note."""
    found = {}
    for tile in page.locator(".grid-tiles a.stat").all():
        value = words(tile.locator(".stat-value")).split(" ")[0]
        found[words(tile.locator(".stat-label"))] = (value, words(tile.locator(".stat-note")))
    return found
