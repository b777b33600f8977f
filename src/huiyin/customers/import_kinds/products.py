"""Products by model and version."""

from __future__ import annotations

from huiyin.customers.import_kinds._presets import PRODUCT_PRESETS
from huiyin.customers.intake.product_batch import write_products
from huiyin.imports.public import Field, ImportKind, Reading, Wrong, code, whole_number
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

LONGEST_WARRANTY = 600


def months(cell: str, reading: Reading) -> int:
    """A number of months from 0 to 600.

    Raises:
        Wrong: it is none.
    """
    found = whole_number(cell, reading)
    if not 0 <= found <= LONGEST_WARRANTY:
        raise Wrong(message(_("“%(cell)s” is not a number of months."), cell=cell))
    return found


KIND = ImportKind(
    code="products",
    label=_("Products"),
    hint=_("One row per model. Bring products before purchases, so that purchases are linked to them."),
    needs="products.change",
    fields=(
        Field(
            "model",
            _("Model"),
            ("型号", "产品型号", "商品编码", "货号", "sku", "item code", "product id", "article"),
            code,
            required=True,
            longest=80,
        ),
        Field("version", _("Version"), ("版本", "产品版本"), longest=40),
        Field("name", _("Name"), ("产品名称", "商品名称", "品名", "名称", "product name")),
        Field("brand", _("Brand"), ("品牌",), longest=60),
        Field("category", _("Category"), ("类别", "分类", "品类", "产品类别", "product category"), longest=80),
        Field(
            "warranty_months", _("Warranty in months"), ("质保", "保修期", "质保月数", "保修月数", "warranty"), months
        ),
    ),
    group_by=(("model", "version"), ("model",)),
    presets=PRODUCT_PRESETS,
    write=write_products,
    order=15,
)
