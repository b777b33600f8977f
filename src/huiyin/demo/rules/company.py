"""澄川电器, an invented chain of shops for household appliances: stores, departments, people, goods."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "澄川电器"


@dataclass(frozen=True)
class StoreSpec:
    """A store; ``quality`` shifts its customers' scores, ``share`` is its part of all purchases."""

    code: str
    name: str
    size: str
    city: str
    share: int
    quality: float


@dataclass(frozen=True)
class StaffSpec:
    """A person with roles and a place; ``heads`` names the department or store led."""

    username: str
    name: str
    roles: tuple[str, ...]
    department: str = ""
    store: str = ""
    heads: str = ""
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProductSpec:
    """A product with its price in yuan; ``trouble`` is how much more often than others it makes a case."""

    model: str
    name: str
    category: str
    price: int
    warranty_months: int
    trouble: float = 1.0


DEPARTMENTS = (("service", "客户服务部"), ("rnd", "研发部"), ("operations", "运营部"), ("technical", "技术部"))

STORES = (
    StoreSpec("S01", "人民路旗舰店", "large", "江城", 18, 0.15),
    StoreSpec("S02", "滨江店", "large", "江城", 15, 0.05),
    StoreSpec("S03", "东湖店", "large", "江城", 13, 0.0),
    StoreSpec("S04", "南湾店", "large", "南湾", 12, 0.1),
    StoreSpec("S05", "云岭店", "small", "云岭", 8, -0.1),
    StoreSpec("S06", "金桥店", "small", "江城", 8, 0.0),
    StoreSpec("S07", "翠屏店", "small", "翠屏", 7, 0.2),
    StoreSpec("S08", "海棠店", "small", "南湾", 7, -0.35),
    StoreSpec("S09", "丰泽店", "small", "丰泽", 6, 0.05),
    StoreSpec("S10", "启明店", "small", "启明", 6, -0.05),
)

STAFF = (
    StaffSpec("1001", "沈立群", ("director",)),
    StaffSpec("1002", "韩雪梅", ("service_manager",), "service", heads="service"),
    StaffSpec("1003", "罗文博", ("quality",), "service"),
    StaffSpec("1004", "顾清扬", ("auditor",)),
    StaffSpec("1005", "管理员", ("administrator",)),
    StaffSpec("2001", "陈思远", ("agent",), "service", skills=("热水器", "净水器")),
    StaffSpec("2002", "林雨桐", ("agent",), "service", skills=("空调",)),
    StaffSpec("2003", "周佳琪", ("agent",), "service", skills=("冰箱", "洗衣机")),
    StaffSpec("2004", "吴俊杰", ("agent",), "service", skills=("油烟机",)),
    StaffSpec("2005", "郑晓燕", ("agent",), "service", skills=("热水器", "空调")),
    StaffSpec("2006", "高嘉怡", ("agent",), "service", skills=("净水器",)),
    StaffSpec("3001", "秦知远", ("department_manager",), "rnd", heads="rnd"),
    StaffSpec("3002", "薛景行", ("engineer",), "rnd", skills=("热水器",)),
    StaffSpec("3003", "白若曦", ("engineer",), "rnd", skills=("空调",)),
    StaffSpec("4001", "雷振华", ("department_manager",), "operations", heads="operations"),
    StaffSpec("4002", "汤慧敏", ("agent",), "operations"),
    StaffSpec("5001", "龙志强", ("department_manager",), "technical", heads="technical"),
    StaffSpec("5002", "邵永刚", ("engineer",), "technical", skills=("热水器", "油烟机")),
    StaffSpec("5003", "万海涛", ("engineer",), "technical", skills=("空调", "冰箱")),
    StaffSpec("5004", "钱立新", ("engineer",), "technical", skills=("洗衣机", "净水器")),
    StaffSpec("6001", "许国强", ("store_manager",), store="S01", heads="S01"),
    StaffSpec("6002", "邓红梅", ("store_manager",), store="S02", heads="S02"),
    StaffSpec("6003", "彭建华", ("store_manager",), store="S03", heads="S03"),
    StaffSpec("6004", "曾玉兰", ("store_manager",), store="S04", heads="S04"),
    StaffSpec("6005", "田旭东", ("store_manager",), store="S05", heads="S05"),
    StaffSpec("6006", "潘春梅", ("store_manager",), store="S06", heads="S06"),
    StaffSpec("6007", "蒋庆华", ("store_manager",), store="S07", heads="S07"),
    StaffSpec("6008", "蔡志明", ("store_manager",), store="S08", heads="S08"),
    StaffSpec("6009", "余雅琴", ("store_manager",), store="S09", heads="S09"),
    StaffSpec("6010", "杜天宇", ("store_manager",), store="S10", heads="S10"),
)

PRODUCTS = (
    ProductSpec("HW-60D", "澄川 60 升电热水器", "热水器", 1699, 24),
    ProductSpec("HW-80P", "澄川 80 升双胆电热水器", "热水器", 2899, 36, 2.6),
    ProductSpec("HG-16L", "澄川 16 升燃气热水器", "热水器", 3499, 36),
    ProductSpec("AC-26G", "澄川 1 匹变频空调", "空调", 2499, 72),
    ProductSpec("AC-35G", "澄川 1.5 匹变频空调", "空调", 3299, 72),
    ProductSpec("AC-72L", "澄川 3 匹柜式空调", "空调", 7899, 72, 1.3),
    ProductSpec("WP-400", "澄川 400G 净水器", "净水器", 1899, 12),
    ProductSpec("WP-800", "澄川 800G 厨下净水器", "净水器", 3999, 24, 1.2),
    ProductSpec("RH-20T", "澄川侧吸油烟机", "油烟机", 2799, 60),
    ProductSpec("RH-26S", "澄川烟灶套装", "油烟机", 4599, 60),
    ProductSpec("WM-10K", "澄川 10 公斤滚筒洗衣机", "洗衣机", 3199, 36),
    ProductSpec("WM-10H", "澄川 10 公斤热泵洗烘一体机", "洗衣机", 6999, 36, 1.4),
    ProductSpec("RF-310", "澄川 310 升双门冰箱", "冰箱", 2299, 36),
    ProductSpec("RF-560", "澄川 560 升十字门冰箱", "冰箱", 5999, 36),
    ProductSpec("HM-12K", "澄川全屋净水暖通套装", "全屋", 11800, 60, 1.1),
    ProductSpec("SV-CLN", "上门清洗保养", "服务", 299, 0, 0.4),
    ProductSpec("SV-EXT", "延长保修三年", "服务", 599, 36, 0.2),
)
