"""The week in the browser: from the board to the file, and the file says what the screen says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from huiyin.reports.public import Report
from tests.conftest import MovableClock
from tests.insights.lifelike import Week

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.journey

WORDS = {
    "zh-hans": ("提交", "审批通过", "发布", "下载 Excel"),
    "en": ("Submit", "Approve", "Publish", "Download Excel"),
}


def tiles_of(page: Page) -> list[tuple[str, str]]:
    """Values and notes of all tiles as they stand on the screen."""
    values = [
        value.split("\n")[0].split(" ")[0] for value in page.locator(".grid-tiles a.stat .stat-value").all_inner_texts()
    ]
    return list(zip(values, page.locator(".grid-tiles a.stat .stat-note").all_inner_texts(), strict=True))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_week_is_submitted_approved_published_and_equals_the_screen(
    full: Week, due_full: Report, visit: Callable[..., Page], clock: MovableClock, tmp_path: Path, language: str
) -> None:
    submit, approve, publish, download = WORDS[language]
    manager = visit("service_manager", language=language)
    manager.goto("/insight/?period=2026-W40")
    manager.locator(".trend").first.wait_for()
    screen = tiles_of(manager)
    assert len(screen) == 16

    quality = visit("quality", language=language)
    quality.goto(f"/reports/{due_full.pk}/")
    quality.get_by_role("button", name=submit, exact=True).click()
    quality.get_by_role("link", name=download).wait_for()
    manager.goto(f"/reports/{due_full.pk}/")
    manager.get_by_role("button", name=approve, exact=True).click()
    manager.get_by_role("button", name=publish, exact=True).click()
    manager.get_by_role("link", name=download).wait_for()
    with manager.expect_download() as loading:
        manager.get_by_role("link", name=download).click()
    assert loading.value.suggested_filename == "9月第4周客户回访记录单.xlsx"
    loading.value.save_as(tmp_path / "w.xlsx")

    rows = list(openpyxl.load_workbook(tmp_path / "w.xlsx")["本周指标"].iter_rows(min_row=7))
    assert len(rows) == 16
    for (value, note), row in zip(screen, rows, strict=True):
        digits = len(row[1].number_format.partition(".")[2])
        assert f"{row[1].value:.{digits}f}" == value
        assert f"n = {row[3].value}" in note
