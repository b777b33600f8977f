"""Talks of the invented company's web chat: who waits, who talks with whom, what came of it."""

from __future__ import annotations

from dataclasses import dataclass

VISITOR = ""


@dataclass(frozen=True)
class TalkStory:
    """A talk that began ``began`` minutes ago. ``lines`` are (username of ours, or "" for the visitor; words) and come
    a minute apart; whoever of ours speaks first takes it. Then it is handed to ``handed_to``, becomes a ``case``, is
    ended, or goes on. ``known``: the visitor names a customer of the files."""

    words: str
    began: int
    name: str = ""
    page: str = ""
    known: bool = False
    lines: tuple[tuple[str, str], ...] = ()
    handed_to: str = ""
    why: str = ""
    case: tuple[str, str] | None = None
    ended: bool = False
    language: str = "zh-hans"


TALKS = (
    TalkStory(
        "净水器滤芯的红灯亮了，自己能换吗？在哪里买正品？",
        began=1,
        name="林女士",
        page="https://www.chengchuan.example/water",
    ),
    TalkStory(
        "热水器显示 E4，断电重启也没用，家里有老人等着洗澡。",
        began=12,
        page="https://www.chengchuan.example/support",
        known=True,
        lines=(
            ("2002", "您好，E4 多为水温传感器异常。请先关闭电源 5 分钟再开，看是否还显示 E4。"),
            (VISITOR, "刚试过了，还是 E4。"),
            ("2002", "明白了，我请负责热水器的同事接着处理，您不用重复说明。"),
        ),
        handed_to="2001",
        why="热水器 E4，已试断电无效，客户家有老人，请优先",
    ),
    TalkStory(
        "Hello, does the heat pump dryer come with an English manual?",
        began=26,
        name="Emma",
        lines=(
            ("2001", "Hello Emma, yes: on our site under Downloads. May I send you the link?"),
            (VISITOR, "Yes please!"),
        ),
        language="en",
    ),
    TalkStory(
        "送来的油烟机少了一根排烟管，门店说补发，五天了没有消息。",
        began=95,
        known=True,
        lines=(
            ("2003", "非常抱歉。请问订单是在哪家门店下的？"),
            (VISITOR, "人民路店，上周二送的货。"),
            ("2003", "收到，我给您建一张工单，由运营部今天查清补发的去向，进展会发到您手机。"),
        ),
        case=("complaint", "process"),
    ),
    TalkStory(
        "想问一下周末可以上门清洗空调吗？",
        began=180,
        name="周先生",
        lines=(("2005", "可以的，周六周日 9:00–17:00，提前一天预约即可。"), (VISITOR, "好的，谢谢！")),
        ended=True,
    ),
)
