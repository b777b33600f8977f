"""The checks that are shipped: safety and backup before anything is touched (CAS-9)."""

from __future__ import annotations

from huiyin.field_service.rules.numbers import CheckItem

CHECKS = (
    CheckItem("power", "已断电、断水或断气，并挂牌警示", "Power, water or gas is off and marked"),
    CheckItem("gear", "已佩戴绝缘手套、鞋套等防护用品", "Protective gear is worn"),
    CheckItem("site", "已清理作业区域，并请客户远离", "The place is clear and the customer keeps away"),
    CheckItem("backup", "设备参数或数据已备份", "Settings or data of the device are backed up"),
    CheckItem("agreed", "已与客户核对维修内容和费用", "Work and cost are agreed with the customer", required=False),
)
