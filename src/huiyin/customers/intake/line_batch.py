"""Adds imported articles to purchases that are there already."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.customers.intake.articles import Articles, articles_of
from huiyin.customers.intake.purchase_rows import delete_lines, insert_lines
from huiyin.customers.models import Purchase
from huiyin.foundation.copying import update_rows
from huiyin.imports.public import Batch, Span
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

Found = tuple[int, Sequence[int], str]


def write_lines(batch: Batch) -> None:
    """All rows of one number are all lines of that purchase; what stood there before is replaced."""
    numbers, articles = batch.table.column("number"), articles_of(batch.table)
    wanted = [numbers[start] for start, _end in batch.spans]
    rows = Purchase.objects.filter(source=batch.options["source"], number__any_of=wanted)
    there = {number: (pk, digest) for number, pk, digest in rows.values_list("number", "id", "lines_digest")}
    altered: list[Found] = []
    for span in batch.spans:
        _look_at(batch, span, articles, there.get(numbers[span[0]]), altered)
    if altered and not batch.trial:
        _write(articles, altered)


def _look_at(
    batch: Batch, span: Span, articles: Articles, purchase: tuple[int, str] | None, altered: list[Found]
) -> None:
    if purchase is None:
        number = batch.table.values["number"][span[0]]
        why = message(_("There is no purchase “%(number)s” from this system yet."), number=number)
        batch.refuse_span(span, why, field="number")
        return
    line_nos = batch.table.values.get("line_no")
    places = range(*span) if line_nos is None else sorted(range(*span), key=lambda place: line_nos[place] or 0)
    pk, before = purchase
    digest = articles.fingerprint(places)
    if digest == before:
        batch.same += 1
        return
    batch.changed += bool(before)
    batch.new += not before
    altered.append((pk, places, digest))


def _write(articles: Articles, altered: Sequence[Found]) -> None:
    ids = [pk for pk, _places, _digest in altered]
    delete_lines(ids)
    update_rows(
        Purchase,
        {
            "id": ids,
            "amount": [articles.total(places) for _pk, places, _digest in altered],
            "lines_digest": [digest for _pk, _places, digest in altered],
        },
    )
    insert_lines(articles, [(pk, places) for pk, places, _digest in altered])
