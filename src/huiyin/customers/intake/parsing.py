"""Cells of customer files: phones, addresses of mail, and words for kinds, tiers and states."""

from __future__ import annotations

from huiyin.customers.models import CustomerKind, CustomerSource, PartOfDay, PurchaseState, Tier
from huiyin.customers.rules.phones import normal_phone
from huiyin.imports.public import Option, Reading, Wrong, choice
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

PERSON, COMPANY = CustomerKind.PERSON.value, CustomerKind.COMPANY.value


def phone(cell: str, _reading: Reading) -> str:
    """A phone number in normal form.

    Raises:
        Wrong: there is no number in the cell.
    """
    found = normal_phone(cell.removesuffix(".0"))
    if not found or len(found) > 30:  # noqa: PLR2004 - the column's length
        raise Wrong(message(_("“%(cell)s” is not a phone number."), cell=cell))
    return found


def email(cell: str, _reading: Reading) -> str:
    """An address of mail in small letters.

    Raises:
        Wrong: it is none.
    """
    name, at, domain = cell.strip().lower().partition("@")
    if not (name and at and "." in domain) or any(char in cell for char in " <>,;\"'()"):
        raise Wrong(message(_("“%(cell)s” is not an e-mail address."), cell=cell))
    return f"{name}@{domain}"


kind = choice(
    {
        "person": PERSON, "个人": PERSON, "individual": PERSON, "1": PERSON, "contact": PERSON,
        "company": COMPANY, "企业": COMPANY, "公司": COMPANY, "单位": COMPANY, "organization": COMPANY, "2": COMPANY,
        "account": COMPANY, "business": COMPANY,
    }
)  # fmt: skip
tier = choice(
    {
        "vip": Tier.VIP.value, "重要": Tier.VIP.value, "重点": Tier.VIP.value,
        "regular": Tier.REGULAR.value, "普通": Tier.REGULAR.value, "一般": Tier.REGULAR.value,
        "potential": Tier.POTENTIAL.value, "潜在": Tier.POTENTIAL.value, "意向": Tier.POTENTIAL.value,
    }
)  # fmt: skip
came_by = choice(
    {
        "referral": CustomerSource.REFERRAL.value, "转介绍": CustomerSource.REFERRAL.value,
        "exhibition": CustomerSource.EXHIBITION.value, "展会": CustomerSource.EXHIBITION.value,
        "online": CustomerSource.ONLINE.value, "线上推广": CustomerSource.ONLINE.value,
        "线上": CustomerSource.ONLINE.value, "web": CustomerSource.ONLINE.value,
        "existing": CustomerSource.EXISTING.value, "老客户推荐": CustomerSource.EXISTING.value,
        "other": CustomerSource.OTHER.value, "其他": CustomerSource.OTHER.value,
    }
)  # fmt: skip
part_of_day = choice(
    {
        "any": PartOfDay.ANY.value, "都可以": PartOfDay.ANY.value, "不限": PartOfDay.ANY.value,
        "morning": PartOfDay.MORNING.value, "上午": PartOfDay.MORNING.value,
        "afternoon": PartOfDay.AFTERNOON.value, "下午": PartOfDay.AFTERNOON.value,
    }
)  # fmt: skip
language = choice({"zh": "zh-hans", "zh-hans": "zh-hans", "中文": "zh-hans", "en": "en", "英文": "en", "english": "en"})
OPEN, DONE, CANCELLED = PurchaseState.OPEN.value, PurchaseState.DONE.value, PurchaseState.CANCELLED.value
purchase_state = choice(
    {
        "done": DONE, "completed": DONE, "delivered": DONE, "已完成": DONE, "完成": DONE,
        "已收货": DONE, "交易成功": DONE,
        "open": OPEN, "created": OPEN, "approved": OPEN, "invoiced": OPEN, "processing": OPEN, "shipped": OPEN,
        "待发货": OPEN, "已发货": OPEN, "处理中": OPEN, "已付款": OPEN,
        "cancelled": CANCELLED, "canceled": CANCELLED, "unavailable": CANCELLED,
        "已取消": CANCELLED, "交易关闭": CANCELLED,
    }
)  # fmt: skip

SOURCE = Option(
    "source",
    _("System the file comes from"),
    default="import",
    hint=_("Numbers of customers and purchases are told apart by it; always give the same name for the same system."),
)
TIME_ZONE = Option("time_zone", _("Time zone of the file"), default="Asia/Shanghai")
DATE_ORDER = Option(
    "date_order",
    _("Order of doubtful dates (03/04/05)"),
    default="ymd",
    choices=(("ymd", _("Year, month, day")), ("dmy", _("Day, month, year")), ("mdy", _("Month, day, year"))),
)
