"""Adds imported articles to purchases that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from huiyin.customers.intake.places import products_by_model
from huiyin.customers.intake.purchase_drafts import CENT, LineDraft, lines_fingerprint, lines_of
from huiyin.customers.intake.purchase_rows import LINE
from huiyin.customers.models import Purchase, PurchaseLine
from huiyin.foundation.copying import copy_rows
from huiyin.imports.public import Batch, Record
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

Found = tuple[Purchase, list[LineDraft]]


def write_lines(batch: Batch) -> None:
    """All rows of one number are all lines of that purchase; what stood there before is replaced."""
    numbers = [record.first["number"] for record in batch.records]
    there = {p.number: p for p in Purchase.objects.filter(source=batch.options["source"], number__in=numbers)}
    altered: list[Found] = []
    for record in batch.records:
        _look_at(batch, record, there.get(record.first["number"]), altered)
    if altered and not batch.trial:
        _write(altered)


def _look_at(batch: Batch, record: Record, purchase: Purchase | None, altered: list[Found]) -> None:
    if purchase is None:
        why = message(_("There is no purchase “%(number)s” from this system yet."), number=record.first["number"])
        batch.refuse(record, why, field="number")
        return
    rows = sorted(record.lines, key=lambda line: line.values.get("line_no", 0))
    lines = lines_of(rows)
    digest = lines_fingerprint(lines)
    if digest == purchase.lines_digest:
        batch.same += 1
        return
    batch.changed += bool(purchase.lines_digest)
    batch.new += not purchase.lines_digest
    purchase.lines_digest = digest
    altered.append((purchase, lines))


def _write(altered: Sequence[Found]) -> None:
    for purchase, lines in altered:
        total = sum((line.amount for line in lines), Decimal(0))
        purchase.amount = total.quantize(CENT, ROUND_HALF_UP)
    PurchaseLine.objects.filter(purchase__in=[purchase for purchase, _lines in altered]).delete()
    Purchase.objects.bulk_update([p for p, _lines in altered], ["amount", "lines_digest"], batch_size=500)
    products = products_by_model({x.article_code for _purchase, lines in altered for x in lines if x.article_code})
    copy_rows(
        PurchaseLine,
        LINE,
        (
            (p.pk, x.line_no, x.article_code, x.description, x.quantity, x.unit_price, x.shipping,
             products.get(x.article_code))
            for p, lines in altered
            for x in lines
        ),
    )  # fmt: skip
