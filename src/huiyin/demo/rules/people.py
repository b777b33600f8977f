"""Invented people: names, telephone numbers and streets. Any likeness is chance; the numbers are never assigned."""

from __future__ import annotations

from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
GIVEN = (
    "建国 伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀兰 霞 平 刚 桂英 文 辉 玲 桂兰 宇轩 浩然 子涵 欣怡 梓萱 一诺 思远 雨桐 佳琪 俊杰 "
    "志强 晓燕 海燕 春梅 玉兰 建华 国强 红梅 立新 庆华 雪梅 小红 志明 永刚 晓东 雅琴 文博 嘉怡 天宇 可欣 若曦 明轩 诗涵 子墨 慧敏 丹丹 旭东 振华 淑珍 "
    "家豪 晨曦 婉清 亦凡 书瑶 泽宇 沐阳 安琪 乐天 景行 知远 清扬"
).split()
COMPANY_PLACES = "滨海 江城 华南 东湖 星河 长宁 云岭 金桥 北辰 南湾 锦绣 翠屏 海棠 丰泽 启明 联创".split()
COMPANY_TRADES = "餐饮管理 酒店 物业 商贸 教育 医疗器械 装饰工程 连锁超市 健身 食品 物流 幼教".split()
STREETS = "人民路 中山路 解放路 滨江大道 建设街 文化路 长江路 黄河路 新华街 和平路 学府路 花园街 迎宾大道 民主路 光明街".split()
ESTATES = "阳光花园 翠湖苑 锦绣家园 金桂小区 江南名邸 书香门第 云顶公寓 望江楼 梧桐里 水岸新城 丽景苑 世纪城".split()
POSITIONS = "行政主管 采购经理 店长 后勤负责人 总经理助理 工程部经理".split()


def person_name(random: Random) -> str:
    """A Chinese name of two or three characters."""
    return random.choice(SURNAMES) + random.choice(GIVEN)


def company_name(random: Random, city: str) -> str:
    """A company's name in its city."""
    return f"{city}{random.choice(COMPANY_PLACES)}{random.choice(COMPANY_TRADES)}有限公司"


def mobile(number: int) -> str:
    """The mobile number of the n-th customer, E.164, one of its own for each below a hundred million.

    The prefix 140 was never given to subscribers, so that nobody is ever called.
    """
    return f"+86140{number % 100_000_000:08d}"


def address_line(random: Random) -> str:
    """Street, house, estate and flat."""
    return (
        f"{random.choice(STREETS)}{random.randint(1, 320)}号{random.choice(ESTATES)}"
        f"{random.randint(1, 28)}栋{random.randint(1, 32)}{random.randint(1, 4):02d}室"
    )
