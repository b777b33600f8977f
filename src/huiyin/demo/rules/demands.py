"""Demand forms of the demo company: what its units would like to know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemandSpec:
    """A form of one unit (a store's or department's code): how many customers it asks, and how they answered."""

    unit: str
    title: str
    questions: tuple[str, ...]
    customers: int = 2
    goal: str = ""
    answers: tuple[tuple[str, ...], ...] = ()


LAST_MONTH = (
    DemandSpec(
        "S01",
        "以旧换新的体验",
        ("旧机当天拉走了吗？", "补贴到账要多久？"),
        answers=(("当天就拉走了", "三天到账"), ("隔了一天", "还没到账，想知道什么时候到")),
    ),
    DemandSpec("S02", "新展厅的印象", ("停车方便吗？",), answers=(("方便，有专用车位",), ("周末很难停",))),
    DemandSpec("S05", "山区送货", ("送货师傅上楼了吗？",), answers=(("上楼了，服务很好",), ("只送到村口",))),
    DemandSpec(
        "rnd",
        "80 升热水器的噪音",
        ("夜里听得到声音吗？", "声音从什么时候开始有？"),
        answers=(("关上门听不到", "一开始就有一点"), ("有嗡嗡声", "用了半年以后")),
    ),
    DemandSpec(
        "operations", "预约安装的时段", ("晚上七点后安装可以吗？",), answers=(("可以，白天没人在家",), ("不用",))
    ),
)
LATE_LAST_MONTH = ("S05",)
NOTHING_LAST_MONTH = {"S06": "本月店面装修，暂停营业"}
"""S07 to S10 of last month and technical: handed nothing in."""

THIS_MONTH = (
    DemandSpec("S01", "安装师傅的服务", ("师傅准时到了吗？", "安装后清理现场了吗？"), customers=3),
    DemandSpec("S03", "赠品领取", ("赠品拿到了吗？是哪一种？",), customers=2),
    DemandSpec("S04", "保养提醒", ("还记得上次保养是什么时候吗？",), goal="了解客户愿不愿意办年度保养"),
    DemandSpec("technical", "遥控器的使用", ("哪个按键最常用？", "有没有找不到的功能？"), customers=2),
)

EARLY_THIS_MONTH = (
    DemandSpec("S02", "会员日的反馈", ("活动是从哪里知道的？",), answers=(("店里的海报",), ("微信群",))),
    DemandSpec("S06", "重新开业", ("新布局好找吗？",), answers=(("比以前清楚",), ("收银台不好找",))),
    DemandSpec("S07", "净水器换芯", ("换芯提醒收到了吗？",), answers=(("收到了，已经换了",), ("没有收到",))),
    DemandSpec("rnd", "燃气热水器的显示屏", ("看得清温度吗？",), answers=(("看得清",), ("阳光下看不清",))),
    DemandSpec("operations", "送货前的电话", ("送货前接到电话了吗？",), answers=(("提前一小时打的",), ("没有接到",))),
)
"""Handed in on the 3rd and answered a week later, once the month is that old."""
