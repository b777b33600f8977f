"""Writes a batch of imported products."""

from __future__ import annotations

from huiyin.customers.models import Product
from huiyin.imports.public import Batch, Record
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

GIVEN = ("name", "brand", "category", "warranty_months")


def write_products(batch: Batch) -> None:
    """A product is known by model and version; given values replace old ones, empty cells erase nothing."""
    models = [record.first["model"] for record in batch.records]
    known = {(p.model, p.version): p for p in Product.objects.filter(model__in=models)}
    fresh: list[Product] = []
    altered: list[Product] = []
    for record in batch.records:
        if len(record.lines) > 1:
            rows = ", ".join(str(line.row_no) for line in record.lines)
            batch.refuse(record, message(_("The same model stands in several rows (%(rows)s)."), rows=rows))
            continue
        _sort_in(batch, record, known, fresh, altered)
    batch.new += len(fresh)
    batch.changed += len(altered)
    if not batch.trial:
        Product.objects.bulk_create(fresh, batch_size=2000)
        Product.objects.bulk_update(altered, GIVEN, batch_size=500)


def _sort_in(
    batch: Batch,
    record: Record,
    known: dict[tuple[str, str], Product],
    fresh: list[Product],
    altered: list[Product],
) -> None:
    values = {name: found for name in GIVEN if (found := record.value(name)) is not None}
    model, version = record.first["model"], record.first.get("version", "")
    product = known.get((model, version))
    if product is None:
        fresh.append(Product(model=model, version=version, **{"name": model, **values}))
        return
    different = {name: value for name, value in values.items() if getattr(product, name) != value}
    if not different:
        batch.same += 1
        return
    for name, value in different.items():
        setattr(product, name, value)
    altered.append(product)
