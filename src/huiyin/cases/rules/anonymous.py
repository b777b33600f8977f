"""Takes out of a text whatever names a person, before others read it as knowledge."""

from __future__ import annotations

import re
from collections.abc import Iterable

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_DATE = r"(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?: \d{1,2}:\d{2})?(?!\d)"
_NUMBER = re.compile(rf"({_DATE})|(?<![A-Za-z0-9])\+?\d(?:[\d ()\-–.]{{5,24}})\d[Xx]?(?![A-Za-z0-9])")
_FEWEST_DIGITS = 7
_POLITE = re.compile(r"([\u4e00-\u9fff]{1,2})(?:先生|女士|小姐|老师|师傅|太太)")
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程邢裴陆荣翁"
    "荀羊惠甄曲家封储靳段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂濮牛寿通边扈燕冀"
    "郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关荆"
)
NAME, PHONE, EMAIL, SERIAL = "【姓名】", "【号码】", "【邮箱】", "【序列号】"


def without_persons(text: str, *, names: Iterable[str] = (), serials: Iterable[str] = ()) -> str:
    """The text without the given names and serials, mail addresses, and numbers of seven digits or more.

    Dates stay. "王先生" becomes "【姓名】先生". Names of one character are left alone.
    """
    text = _EMAIL.sub(EMAIL, text)
    for serial in sorted({each.strip() for each in serials} - {""}, key=len, reverse=True):
        text = re.sub(re.escape(serial), SERIAL, text, flags=re.IGNORECASE)
    for name in sorted({each.strip() for each in names if len(each.strip()) > 1}, key=len, reverse=True):
        text = re.sub(re.escape(name), NAME, text, flags=re.IGNORECASE)
    text = _NUMBER.sub(_number, text)
    return _POLITE.sub(_polite, text)


def _number(found: re.Match[str]) -> str:
    said = found.group()
    if found.group(1) or sum(each.isdigit() for each in said) < _FEWEST_DIGITS:
        return said
    return PHONE


def _polite(found: re.Match[str]) -> str:
    before, title = found.group(1), found.group()[len(found.group(1)) :]
    if before[-1] in _SURNAMES:
        return f"{before[:-1]}{NAME}{title}"
    return f"{NAME}{title}" if before[0] in _SURNAMES else found.group()
