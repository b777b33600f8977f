"""Purchases: one row a line, rows with the same number make one purchase; or one row a purchase without lines."""

from __future__ import annotations

from huiyin.customers.import_kinds._presets import PURCHASE_PRESETS
from huiyin.customers.intake import parsing
from huiyin.customers.intake.purchase_batch import write_purchases
from huiyin.imports.public import Field, ImportKind, Option, code, moment, number
from huiyin.kernel.words import gettext_noop as _

FIELDS = (
    Field(
        "number",
        _("Purchase number"),
        (
            "订单号",
            "订单编号",
            "单号",
            "销售单号",
            "发票号",
            "小票号",
            "order no",
            "order id",
            "invoice no",
            "invoice number",
        ),
        code,
        required=True,
        longest=80,
    ),
    Field(
        "bought_at",
        _("Bought at"),
        (
            "购买时间",
            "购买日期",
            "下单时间",
            "订单日期",
            "销售日期",
            "日期",
            "date",
            "order date",
            "invoice date",
            "purchase date",
        ),
        moment,
        required=True,
    ),
    Field(
        "customer",
        _("Customer's number in the other system"),
        ("客户号", "客户ID", "会员号", "会员编号", "customer id", "account number", "member no"),
        code,
        longest=80,
    ),
    Field("customer_number", _("Customer number (CS…)"), ("客户编号", "customer no"), code, longest=20),
    Field(
        "customer_name", _("Customer's name"), ("客户名称", "客户姓名", "姓名", "会员姓名", "customer name", "buyer")
    ),
    Field(
        "phone", _("Phone"), ("手机", "手机号", "手机号码", "电话", "联系电话", "mobile", "phone number"), parsing.phone
    ),
    Field(
        "article_code",
        _("Article"),
        ("商品编码", "货号", "型号", "产品编码", "sku", "article", "item code", "product id"),
    ),
    Field(
        "description",
        _("Description"),
        ("商品名称", "品名", "产品名称", "名称", "product name", "item", "article name"),
        longest=300,
    ),
    Field("quantity", _("Quantity"), ("数量", "件数", "qty"), number),
    Field("unit_price", _("Unit price"), ("单价", "价格", "price"), number),
    Field("shipping", _("Shipping"), ("运费", "freight"), number),
    Field("line_amount", _("Amount of the row"), ("金额", "小计", "amount", "line total", "subtotal"), number),
    Field(
        "amount",
        _("Amount of the whole purchase"),
        ("订单金额", "实付金额", "总金额", "合计", "total", "total amount", "order amount", "order total"),
        number,
    ),
    Field("currency", _("Currency"), ("币种",), longest=3),
    Field("store", _("Store"), ("门店", "店铺", "销售门店", "store code", "shop"), longest=60),
    Field("salesperson", _("Salesperson"), ("销售员", "导购", "业务员", "sales rep"), longest=60),
    Field("state", _("State of the order"), ("状态", "订单状态", "order status", "status"), parsing.purchase_state),
    Field("delivered_at", _("Delivered at"), ("送达时间", "收货时间", "delivery date"), moment),
)

KIND = ImportKind(
    code="purchases",
    label=_("Purchases"),
    hint=_("One row per article; rows with the same purchase number make one purchase. Unknown buyers get a file."),
    needs="customers.import",
    fields=FIELDS,
    group_by=(("number",),),
    options=(
        parsing.SOURCE,
        Option("currency", _("Currency"), default="CNY"),
        Option("store", _("Store of all purchases in the file (code)")),
        Option("return_prefix", _("Numbers of returns begin with")),
        parsing.TIME_ZONE,
        parsing.DATE_ORDER,
    ),
    presets=PURCHASE_PRESETS,
    write=write_purchases,
    order=20,
)
