"""Writes a batch of imported purchases: who bought, what is new, what changed; unchanged ones are not touched."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.customers.intake.buyers import find_buyers
from huiyin.customers.intake.places import staff_by_name, stores_by_name
from huiyin.customers.intake.purchase_drafts import Drafting, PurchaseDraft
from huiyin.customers.intake.purchase_rows import delete_lines, insert_lines, insert_purchases, replace_purchases
from huiyin.customers.models import Purchase
from huiyin.imports.public import Batch


def write_purchases(batch: Batch) -> None:
    """Matches buyers and numbers, then writes what is new or different."""
    drafting = Drafting(batch, stores_by_name(), staff_by_name())
    drafts = find_buyers(batch, drafting.drafts())
    source = batch.options["source"]
    fresh, altered = _compare(batch, source, drafts)
    if batch.trial:
        return
    insert_purchases(batch.act, source, fresh)
    replace_purchases(altered)
    if drafting.has_lines:
        changed = [draft for draft in altered if draft.lines_change]
        delete_lines([draft.id for draft in changed])
        insert_lines(drafting.articles, [(draft.id, draft.places) for draft in (*fresh, *changed)])


def _compare(
    batch: Batch, source: str, drafts: Sequence[PurchaseDraft]
) -> tuple[list[PurchaseDraft], list[PurchaseDraft]]:
    """New purchases and different ones; counts all three sorts."""
    rows = Purchase.objects.filter(source=source, number__any_of=[draft.number for draft in drafts])
    there = {
        number: (pk, digest, lines_digest)
        for number, pk, digest, lines_digest in rows.values_list("number", "id", "digest", "lines_digest")
    }
    fresh, altered = [], []
    for draft in drafts:
        if draft.number not in there:
            fresh.append(draft)
            continue
        draft.id, digest, lines_digest = there[draft.number]
        draft.lines_change = draft.lines_digest not in ("", lines_digest)
        if draft.lines_change or draft.digest != digest:
            altered.append(draft)
    batch.new += len(fresh)
    batch.changed += len(altered)
    batch.same += len(drafts) - len(fresh) - len(altered)
    return fresh, altered
