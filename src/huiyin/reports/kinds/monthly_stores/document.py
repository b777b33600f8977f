"""Fills the monthly summary: one row a store, one for what belongs to no store, one for all."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
from django.utils import timezone
from django.utils.translation import gettext

from huiyin.documents.public import Cell, Document, Sheet
from huiyin.documents.public import SheetColumn as Column
from huiyin.insights.public import Board, Lens, board, store_boards
from huiyin.organisation.public import Store
from huiyin.reports.tables import figures_sheet, in_chinese, problems_sheet, value_of

SHARES = ("plan-achieved", "connect-rate", "success-rate")
SCORES = ("overall", *(f"dimension-{one}" for one in ("product", "response", "staff", "process", "value")))
COLUMNS = (
    Column("门店", 16),
    Column("店型", 8),
    Column("计划回访", 9, "0"),
    Column("计划完成率（%）", 14, "0.0"),
    Column("拨打次数", 9, "0"),
    Column("接通率（%）", 11, "0.0"),
    Column("结束回访", 9, "0"),
    Column("回访成功率（%）", 14, "0.0"),
    Column("评价客户数", 10, "0"),
    Column("总体评分", 9, "0.00"),
    Column("产品质量", 9, "0.00"),
    Column("服务响应", 9, "0.00"),
    Column("人员专业度", 10, "0.00"),
    Column("售后流程", 9, "0.00"),
    Column("性价比", 9, "0.00"),
    Column("满意率（%）", 11, "0.0"),
    Column("受理工单", 9, "0"),
    Column("解决率（%）", 11, "0.0"),
    Column("投诉及时率（%）", 14, "0.0"),
    Column("首要问题", 18),
)


def build(name: str, lens: Lens) -> Document:
    """The summary of a month under the lens, in Chinese."""
    return in_chinese(lambda one: _document(name, one))(lens)


def _document(name: str, lens: Lens) -> Document:
    total = board(lens)
    head = (
        ("报表", name),
        ("期间", f"{lens.period.first} 至 {lens.period.last}"),
        ("统计时间", f"{timezone.localtime(lens.now):%Y-%m-%d %H:%M}"),
        ("说明", "合计包含不属于任何门店的记录；区间见“全部指标”。"),
    )
    stores = list(Store.objects.filter(is_open=True))
    boards = store_boards(lens, [store.pk for store in stores])
    rows = [_row(store.name, gettext(store.get_size_display()), boards[store.pk]) for store in stores]
    by_store = Sheet("门店汇总", head, COLUMNS, (*rows, _row("合计", "", total)))
    return Document(name, (by_store, figures_sheet("全部指标", (), total), problems_sheet(total)))


def _row(name: str, size: str, found: Board) -> tuple[Cell, ...]:
    counted = [cell for code in SHARES for cell in reversed(value_of(found, code))]
    return (
        name,
        size,
        *counted,
        found.tiles["overall"].figure.n,
        *(value_of(found, code)[0] for code in SCORES),
        value_of(found, "satisfied")[0],
        *reversed(value_of(found, "solved")),
        value_of(found, "complaint-timeliness")[0],
        gettext(found.problems[0].label) if found.problems else "",
    )
