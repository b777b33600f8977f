"""The sheet as tables for Excel: numbers are numbers there."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.documents.public import Cell, Document, Sheet, SheetColumn
from huiyin.promotions.models import GiftList
from huiyin.promotions.result_sheet.paper import facts_of, line_row, signed_facts, title_of
from huiyin.promotions.result_sheet.words import COLUMN_LABELS, SHARE_COLUMNS, SHARE_LABELS
from huiyin.promotions.rules.sheet import Share, SheetLine
from huiyin.promotions.rules.sheet import Sheet as Result

WIDTHS = (6, 12, 22, 8, 12, 12, 18, 24, 18)


def result_tables(gifts: GiftList, sheet: Result, *, language: str) -> Document:
    """Two tables: what recipients say, under the facts and amounts; and every line."""
    with translation.override(language):
        head = tuple((fact.label, fact.value) for fact in (*facts_of(gifts, sheet), *signed_facts(gifts)))
        columns = tuple(SheetColumn(_(label), 26 if not place else 14) for place, label in enumerate(SHARE_COLUMNS))
        shares = Sheet(_("What recipients say"), head, columns, tuple(_share(share) for share in sheet.shares))
        lines = tuple(
            SheetColumn(_(label), width) for (label, _number), width in zip(COLUMN_LABELS, WIDTHS, strict=True)
        )
        return Document(title_of(gifts), (shares, Sheet(_("Lines"), (), lines, tuple(map(_line, sheet.lines)))))


def _share(share: Share) -> tuple[Cell, ...]:
    return (_(SHARE_LABELS[share.code]), share.count, share.of, share.percent, share.low, share.high)


def _line(line: SheetLine) -> tuple[Cell, ...]:
    position, name, gift, _quantity, _value, *rest = line_row(line)
    return (int(position), name, gift, line.quantity, float(line.value), *rest)
