"""Who bought: buyers of a batch of purchases are recognised, and those we do not know get a file."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.customers.intake.customer_batch import sounds_like_company
from huiyin.customers.intake.drafts import ContactDraft, CustomerDraft
from huiyin.customers.intake.known import Known
from huiyin.customers.intake.newcomers import create_customers, note_suspects
from huiyin.customers.intake.purchase_drafts import Buyer, PurchaseDraft
from huiyin.customers.rules.matching import Likeness
from huiyin.customers.rules.numbers import is_ours
from huiyin.imports.public import Batch
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def find_buyers(batch: Batch, drafts: Sequence[PurchaseDraft]) -> list[PurchaseDraft]:
    """Gives purchases their customers; returns those that are not refused because of their buyer."""
    people = {draft.buyer: file_of(draft.buyer) for draft in drafts if draft.buyer is not None}
    meeting = _Meeting(batch)
    meeting.known.load(people.values())
    kept = [draft for draft in drafts if draft.buyer is None or meeting.meet(draft, draft.buyer, people[draft.buyer])]
    if meeting.newcomers:
        batch.beside[_("New customers")] += len(meeting.newcomers)
    if not batch.trial:
        meeting.make_real(kept)
    return kept


class _Meeting:
    """Buyers of one batch in the order of the file; whoever is new has an imagined key at first."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self.source = batch.options["source"]
        self.known: Known = batch.memory.setdefault("known", Known(self.source))
        self.met: dict[Buyer, int] = {}
        self.newcomers: list[tuple[CustomerDraft, int]] = []
        self.pairs: list[tuple[int, int, Likeness]] = []

    def meet(self, draft: PurchaseDraft, buyer: Buyer, person: CustomerDraft) -> bool:
        """Finds the buyer of a purchase; False (and a refusal) when his number is none of ours."""
        pk = self.met.get(buyer)
        if pk is None:
            pk = self._find(draft, person)
        if pk is None:
            return False
        if buyer.known_again:
            self.met[buyer] = pk
        draft.customer_id = pk
        return True

    def _find(self, draft: PurchaseDraft, person: CustomerDraft) -> int | None:
        decided = self.known.find(person)
        if decided.id is not None:
            return decided.id
        if person.number and not is_ours(person.number):
            why = message(_("No customer has the number “%(number)s”."), number=person.number)
            self.batch.refuse_span(draft.span, why, field="customer_number")
            return None
        pk = self.known.imagined_id()
        self.newcomers.append((person, pk))
        self.pairs.extend((pk, other, why) for other, why in decided.suspects)
        self.known.learn(person, pk)
        return pk

    def make_real(self, drafts: Sequence[PurchaseDraft]) -> None:
        """Makes the new customers and puts their keys in place of the imagined ones."""
        made = create_customers(self.batch.act, [person for person, _imagined in self.newcomers], self.source)
        real: dict[int | None, int] = {pk: key for (_person, pk), key in zip(self.newcomers, made, strict=True)}
        note_suspects(self.batch.act, [(real.get(a, a), real.get(b, b), why) for a, b, why in self.pairs])
        for draft in drafts:
            draft.customer_id = real.get(draft.customer_id, draft.customer_id)


def file_of(buyer: Buyer) -> CustomerDraft:
    """What a purchase says about its buyer, as a customer's file; whoever is new is at home where he bought."""
    return CustomerDraft(
        values={
            "name": buyer.name or buyer.external or buyer.number or buyer.phone[-4:],
            "kind": "company" if sounds_like_company(buyer.name) else "person",
            "home_store_id": buyer.store_id,
        },
        number=buyer.number,
        external=[buyer.external] if buyer.external else [],
        contacts=[ContactDraft(name=buyer.name, phone=buyer.phone)] if buyer.phone else [],
    )
