"""Writes a batch of imported purchases: who bought, what is new, what changed; unchanged ones are not touched."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.customers.intake.customer_batch import COMPANY_WORDS
from huiyin.customers.intake.drafts import CustomerDraft, contact_of
from huiyin.customers.intake.known import Known
from huiyin.customers.intake.newcomers import create_customers, note_suspects
from huiyin.customers.intake.places import products_by_model, staff_by_name, stores_by_name
from huiyin.customers.intake.purchase_drafts import PurchaseDraft, draft_purchase
from huiyin.customers.intake.purchase_rows import insert_lines, insert_purchases, replace_purchases
from huiyin.customers.models import Purchase
from huiyin.customers.rules.matching import Likeness
from huiyin.customers.rules.numbers import is_ours
from huiyin.imports.public import Batch
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

BUYER = ("customer_number", "customer", "customer_name", "phone")


def write_purchases(batch: Batch) -> None:
    """Matches buyers and numbers, then writes what is new or different."""
    drafts = _drafts(batch)
    buyers = _buyers(batch, drafts)
    refused = {refusal.line.row_no for refusal in batch.refused}
    drafts = [draft for draft in drafts if draft.record.lines[0].row_no not in refused]
    for draft in drafts:
        draft.customer_id = buyers.get(draft.record.lines[0].row_no)
    source = batch.options["source"]
    fresh, altered = _compare(batch, source, drafts)
    if batch.trial:
        return
    ids = insert_purchases(batch.act, source, fresh)
    replace_purchases(altered)
    codes = {line.article_code for draft in (*fresh, *altered) for line in draft.lines if line.article_code}
    insert_lines([*zip(ids, fresh, strict=True), *((draft.id, draft) for draft in altered)], products_by_model(codes))


def _drafts(batch: Batch) -> list[PurchaseDraft]:
    stores, staff = stores_by_name(), staff_by_name()
    return [draft for record in batch.records if (draft := draft_purchase(batch, record, stores, staff)) is not None]


def _compare(
    batch: Batch, source: str, drafts: Sequence[PurchaseDraft]
) -> tuple[list[PurchaseDraft], list[PurchaseDraft]]:
    """New purchases and different ones; counts all three sorts."""
    numbers = [draft.number for draft in drafts]
    rows = Purchase.objects.filter(source=source, number__in=numbers)
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
        same_lines = not draft.has_lines or draft.lines_digest == lines_digest
        draft.lines_change = not same_lines
        if not same_lines or draft.digest != digest:
            altered.append(draft)
    batch.new += len(fresh)
    batch.changed += len(altered)
    batch.same += len(drafts) - len(fresh) - len(altered)
    return fresh, altered


def _buyers(batch: Batch, drafts: Sequence[PurchaseDraft]) -> dict[int, int]:
    """{first row of the purchase: customer}; buyers we do not know get a file."""
    known = batch.memory.setdefault("known", Known(batch.options["source"]))
    named = [(draft.record, buyer) for draft in drafts if (buyer := buyer_of(draft)) is not None]
    known.load(buyer for _record, buyer in named)
    found: dict[int, int] = {}
    newcomers: list[tuple[CustomerDraft, int]] = []
    pairs: list[tuple[int, int, Likeness]] = []
    for record, buyer in named:
        decided = known.find(buyer)
        pk = decided.id
        if pk is None and buyer.number and not is_ours(buyer.number):
            why = message(_("No customer has the number “%(number)s”."), number=buyer.number)
            batch.refuse(record, why, field="customer_number")
            continue
        if pk is None:
            pk = known.imagined_id()
            newcomers.append((buyer, pk))
            pairs.extend((pk, other, why) for other, why in decided.suspects)
            known.learn(buyer, pk)
        found[record.lines[0].row_no] = pk
    if newcomers:
        batch.beside[_("New customers")] += len(newcomers)
    return found if batch.trial else _made_real(batch, found, newcomers, pairs)


def _made_real(
    batch: Batch,
    found: dict[int, int],
    newcomers: Sequence[tuple[CustomerDraft, int]],
    pairs: Sequence[tuple[int, int, Likeness]],
) -> dict[int, int]:
    """Makes the new customers and puts their keys in place of the imagined ones."""
    made = create_customers(batch.act, [draft for draft, _imagined in newcomers], batch.options["source"])
    real = {imagined: pk for (_draft, imagined), pk in zip(newcomers, made, strict=True)}
    note_suspects(batch.act, [(real.get(a, a), real.get(b, b), why) for a, b, why in pairs])
    return {row: real.get(pk, pk) for row, pk in found.items()}


def buyer_of(draft: PurchaseDraft) -> CustomerDraft | None:
    """The buyer as the purchase names him; None when it names nobody. Whoever is new is at home where he bought."""
    record = draft.record
    values = {code: found for code in BUYER if (found := record.value(code))}
    if not values:
        return None
    name = values.get("customer_name", "")
    external = [values["customer"]] if "customer" in values else []
    contact = contact_of(values, name=name)
    kind = "company" if any(word in name.lower() for word in COMPANY_WORDS) else "person"
    return CustomerDraft(
        values={
            "name": name or (external[0] if external else values.get("customer_number") or contact.phone[-4:]),
            "kind": kind,
            "home_store_id": draft.store_id,
        },
        number=values.get("customer_number", ""),
        external=external,
        contacts=[contact] if contact.phone else [],
    )
