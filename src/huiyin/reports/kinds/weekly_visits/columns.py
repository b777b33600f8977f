"""The exact headings of the weekly record sheet."""

from __future__ import annotations

from huiyin.documents.public import SheetColumn as Column

# Chinese data: the exact names and headings of the company's documents
from huiyin.questionnaires.public import FIVE_DIMENSIONS

SCORE_HEADINGS = dict(zip(FIVE_DIMENSIONS, ("产品质量", "服务响应", "人员专业度", "售后流程", "性价比"), strict=True))
SCORES = tuple(Column(SCORE_HEADINGS[one], 8, "0") for one in FIVE_DIMENSIONS)

VISITS = (
    Column("序号", 6, "0"),
    Column("回访时间", 17, "yyyy-mm-dd hh:mm"),
    Column("门店", 14),
    Column("客户编号", 16),
    Column("客户姓名", 12),
    Column("回访类型", 14),
    Column("回访方式", 10),
    Column("回访结果", 10),
    Column("拨打次数", 8, "0"),
    *SCORES,
    Column("平均分", 8, "0.00"),
    Column("客户情绪", 10),
    Column("反映问题", 30),
    Column("客户需求", 24),
    Column("改进建议", 24),
    Column("处理工单", 18),
    Column("回访人", 10),
)

ANSWERS = (
    Column("序号", 6, "0"),
    Column("完成时间", 17, "yyyy-mm-dd hh:mm"),
    Column("门店", 14),
    Column("问卷", 14),
    Column("方式", 10),
    *SCORES,
    Column("总体满意度", 10, "0"),
    Column("推荐意愿", 8, "0"),
    Column("平均分", 8, "0.00"),
    Column("客户情绪", 10),
    Column("反映问题", 30),
    Column("改进建议", 24),
    Column("标记", 12),
    Column("经办人", 10),
)
