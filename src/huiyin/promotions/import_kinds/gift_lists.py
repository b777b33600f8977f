"""Gift lists of promotions: one row a gift to a person; the whole file is one list of one store."""

from __future__ import annotations

from huiyin.imports.public import Field, ImportKind, Option, code, day, number, whole_number
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.actions.import_lines import write_gift_lists
from huiyin.promotions.rules.words import CHECK_LABELS, Check

KIND = ImportKind(
    code="gift_lists",
    label=_("Gift list of a promotion"),
    hint=_(
        "One row per gift and recipient. Lines with a wrong phone and duplicates are kept and say so. The list is"
        " handed in on its own page afterwards."
    ),
    needs="promotions.hand_in",
    fields=(
        Field(
            "name",
            _("Recipient"),
            ("姓名", "客户姓名", "客户名称", "领取人", "领奖人", "name", "recipient", "customer"),
            required=True,
            longest=80,
        ),
        Field(
            "phone",
            _("Phone"),
            ("手机", "手机号", "手机号码", "电话", "联系电话", "领取人电话", "phone", "mobile"),
            code,
            longest=40,
        ),
        Field(
            "gift",
            _("Gift"),
            ("礼品", "礼品名称", "赠品", "赠品名称", "奖品", "gift", "item"),
            required=True,
            longest=100,
        ),
        Field(
            "value",
            _("Value of one, yuan"),
            ("价值", "礼品价值", "单价", "金额", "礼品单价", "value", "price", "unit value"),
            number,
            required=True,
        ),
        Field("quantity", _("Quantity"), ("数量", "件数", "份数", "quantity", "qty"), whole_number),
        Field(
            "given_on",
            _("Given on"),
            ("发放日期", "领取日期", "赠送日期", "发放时间", "领取时间", "日期", "date", "given on", "given"),
            day,
            required=True,
        ),
        Field(
            "purchase",
            _("Purchase number"),
            ("订单号", "订单编号", "小票号", "单号", "销售单号", "purchase", "order no", "receipt"),
            code,
            longest=80,
        ),
    ),
    options=(
        Option("promotion", _("Promotion"), hint=_("As it is called; the same name again adds to the same list.")),
        Option("store", _("Code of the store"), hint=_("Empty: your own store.")),
        Option(
            "check", _("Check"), default=Check.GIFTS.value, choices=tuple((str(c), n) for c, n in CHECK_LABELS.items())
        ),
        Option(
            "date_order",
            _("Order of day and month"),
            default="ymd",
            choices=(("ymd", _("year, month, day")), ("dmy", _("day, month, year")), ("mdy", _("month, day, year"))),
        ),
    ),
    write=write_gift_lists,
    leads_to="gift-lists",
    order=60,
)
