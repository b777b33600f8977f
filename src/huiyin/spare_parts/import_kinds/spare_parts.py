"""Spare parts from a file: one row a part at a place; the quantity is what was counted there."""

from __future__ import annotations

from huiyin.imports.public import Field, ImportKind, code, number, whole_number
from huiyin.kernel.words import gettext_noop as _
from huiyin.spare_parts.actions.import_parts import write_parts

KIND = ImportKind(
    code="spare_parts",
    label=_("Spare parts and their stock"),
    hint=_(
        "One row per part and place. The catalogue is brought up to date; a quantity is booked as counted, with the"
        " difference in the ledger. The same file again changes nothing."
    ),
    needs="spare_parts.keep",
    fields=(
        Field(
            "number",
            _("Part number"),
            ("备件编号", "备件编码", "配件编码", "物料编码", "料号", "编号", "part number", "part no", "sku"),
            code,
            required=True,
            longest=40,
        ),
        Field(
            "name",
            _("Name"),
            ("备件名称", "配件名称", "物料名称", "品名", "名称", "name", "part"),
            required=True,
            longest=120,
        ),
        Field("name_en", _("Name in English"), ("英文名称", "english name", "name en"), longest=120),
        Field("unit", _("Unit"), ("单位", "计量单位", "unit"), longest=20),
        Field("price", _("Price of one, yuan"), ("单价", "价格", "含税单价", "price", "unit price"), number),
        Field(
            "lead_days",
            _("Working days until more comes"),
            ("到货天数", "采购周期", "lead time", "lead days"),
            whole_number,
        ),
        Field(
            "place",
            _("Code of the place"),
            ("库位", "仓库", "仓库编码", "库位编码", "place", "warehouse"),
            code,
            longest=30,
        ),
        Field("quantity", _("Quantity"), ("数量", "库存", "库存数量", "现存量", "quantity", "stock", "qty"), number),
        Field("least", _("Least wanted"), ("安全库存", "最低库存", "minimum", "safety stock"), number),
    ),
    write=write_parts,
    leads_to="stock",
    order=70,
)
