"""Articles of purchases that were imported without them: one row a line."""

from __future__ import annotations

from huiyin.customers.import_kinds._presets import LINE_PRESETS
from huiyin.customers.intake import parsing
from huiyin.customers.intake.line_batch import write_lines
from huiyin.imports.public import Field, ImportKind, code, number, whole_number
from huiyin.kernel.words import gettext_noop as _

FIELDS = (
    Field(
        "number",
        _("Purchase number"),
        ("订单号", "订单编号", "单号", "order no", "order id", "invoice no"),
        code,
        required=True,
        longest=80,
    ),
    Field("line_no", _("Number of the line"), ("行号", "item no", "line"), whole_number),
    Field(
        "article_code", _("Article"), ("商品编码", "货号", "型号", "sku", "item code", "product id"), code, longest=80
    ),
    Field("description", _("Description"), ("商品名称", "品名", "产品名称", "product name"), longest=300),
    Field("quantity", _("Quantity"), ("数量", "件数", "qty"), number),
    Field("unit_price", _("Unit price"), ("单价", "价格", "price"), number),
    Field("line_amount", _("Amount of the row"), ("金额", "小计", "amount", "line total"), number),
    Field("shipping", _("Shipping"), ("运费", "freight"), number),
)

KIND = ImportKind(
    code="purchase_lines",
    label=_("Articles of purchases"),
    hint=_("For systems that export orders and their articles apart: bring the orders first, as purchases."),
    needs="customers.import",
    fields=FIELDS,
    group_by=(("number",),),
    options=(parsing.SOURCE,),
    presets=LINE_PRESETS,
    write=write_lines,
    order=30,
)
