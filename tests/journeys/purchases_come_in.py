"""Step 2: a day's sales come in as Excel: columns, trial run, import, rows left out (CUS-4)."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook

from tests.journeys.walk import Walk, words

if TYPE_CHECKING:
    from playwright.sync_api import Page

HEADINGS = ("小票号", "销售日期", "客户姓名", "手机号", "品名", "数量", "成交价", "门店")
NAMES = (
    "王丽华 李建国 张桂英 刘志强 陈秀兰 杨海涛 赵敏 黄丽娟 周俊杰 吴春梅 "
    "徐国庆 孙晓燕 胡文斌 朱玉珍 高明 林淑芬 何伟 郭雪梅 马超 罗晓东 梁静 宋立新 郑爱华 谢安"
)
AMOUNTS = (
    8999,
    6580,
    5200,
    12800,
    5999,
    7450,
    9300,
    5050,
    6100,
    15800,
    5555,
    6999,
    4999,
    3200,
    3999,
    4580,
    3000,
    4100,
    3680,
    2999,
    1500,
    1880,
    2200,
    899,
)
"""Twelve in the band from 5,000 yuan, seven from 3,000, four from 1,500, one below."""
BUYERS = tuple(NAMES.split())
ROWS = len(BUYERS)


def sales() -> list[tuple[object, ...]]:
    """One row a purchase, by turns in the large and the small store; the last row has a day that never was."""
    rows = [
        (
            f"XS2609{number:04}",
            f"2026-09-{12 + number % 3} {10 + number % 8}:30",
            name,
            f"138{number:04}{number * 37 % 10000:04}",
            "对开门冰箱" if amount >= 5000 else "空气炸锅",
            1,
            amount,
            "人民路店" if number % 2 else "滨江店",
        )
        for number, (name, amount) in enumerate(zip(BUYERS, AMOUNTS, strict=True), start=1)
    ]
    return [*rows, ("XS26090099", "2026-02-30 10:00", "贺无日", "13900000099", "电饭煲", 1, 599, "滨江店")]


def from_a_file(walk: Walk) -> None:
    """The manager brings a file, says what its columns are, tries, imports, and gets the broken row back."""
    path = _file(walk.folder / "九月销售.xlsx")
    page = _bring(walk, path)
    walk.picture(page, "import-columns")

    _run(walk, page, "trial")
    assert counts(page) == _counted(walk, new=ROWS)
    walk.picture(page, "import-trial")

    _run(walk, page, "import")
    assert counts(page) == _counted(walk, new=ROWS)
    _broken_row(walk, page)
    walk.picture(page, "import-done")

    again = _bring(walk, path)
    _run(walk, again, "import")
    assert counts(again) == _counted(walk, same=ROWS)


def _bring(walk: Walk, path: Path) -> Page:
    """Uploads the file and says what the one column is that the product does not know by its heading."""
    page = walk.open("service_manager", "/imports/")
    page.locator("[name=kind]").select_option("purchases")
    page.locator("[name=file]").set_input_files(path)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/imports/*/")
    assert page.locator("[name=field_number]").input_value() == "0"
    assert page.locator("[name=field_amount]").input_value() == ""
    page.locator("[name=field_amount]").select_option(label="成交价")
    return page


def _counted(walk: Walk, *, new: int = 0, same: int = 0) -> dict[str, str]:
    shown = {
        walk.say("文件行数", "Rows in the file"): ROWS + 1,
        walk.say("新增", "Added"): new,
        walk.say("有变化", "Changed"): 0,
        walk.say("没有变化", "The same already"): same,
        walk.say("跳过的行", "Rows left out"): 1,
    }
    if new:
        shown[walk.say("新客户", "New customers")] = new
    return {label: str(count) for label, count in shown.items()}


def _file(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    for row in sales():
        sheet.append(row)
    book.save(path)
    return path


def _run(walk: Walk, page: Page, what: str) -> None:
    page.locator(f"button[name=do][value={what}]").click()
    page.locator("#progress").wait_for()
    walk.work()
    page.locator("#progress").wait_for(state="detached")


def counts(page: Page) -> dict[str, str]:
    """The tiles of the page: label and figure."""
    tiles = page.locator(".grid-tiles .stat").all()
    return {words(tile.locator(".stat-label")): words(tile.locator(".stat-value")) for tile in tiles}


def _broken_row(walk: Walk, page: Page) -> None:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    why = walk.say("“2026-02-30 10:00”不是有效日期。", "“2026-02-30 10:00” is not a date.")
    assert rows[0] == [walk.say("行", "Row"), walk.say("原因", "Reason"), *HEADINGS]
    assert rows[1:] == [["26", why, *(str(cell) for cell in sales()[-1])]]
