"""Writes a batch of a file into a store's list; the same file again changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from huiyin.customers.public import normal_phone
from huiyin.foundation.actions import Act
from huiyin.imports.public import Batch, Record
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Store
from huiyin.promotions.actions.entering import HANDED_IN, Identity, add_rows, identity_of, review
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.lists import store_called
from huiyin.promotions.queries.rules import today_of
from huiyin.promotions.rules.lines import LineDraft, can_be_reached, faults_of

WRONG_PHONES = _("Lines kept that have a wrong phone")
DUPLICATES = _("Lines kept that stand on the list twice")
CORRECTED = ("phone", "number", "value", "quantity")


def write_gift_lists(batch: Batch) -> None:
    """A line is known by recipient, gift, day and purchase; its phone, value and quantity may be corrected.

    One that was handed in stays as it is: rows that say something else are refused, the others count as unchanged.
    Lines with a wrong phone and duplicates are kept and counted.
    """
    target, why = _target(batch)
    if target is None:
        for record in batch.records:
            batch.refuse(record, why or message(HANDED_IN))
        return
    writer = _Writer(batch, target)
    for record in batch.records:
        writer.take(record)
    writer.finish()


def _target(batch: Batch) -> tuple[GiftList | None, Message | None]:
    """The list that the file is for, made if there is none; else why there can be none."""
    name = " ".join(batch.options["promotion"].split())[:80]
    if not name:
        return None, message(_("Name the promotion above the columns."))
    store = store_called(batch.act.actor, batch.options["store"].strip())
    if store is None:
        return None, message(_("Name the code of a store of your own area above the columns."))
    return _list(batch, batch.act, name, store), None


def _list(batch: Batch, act: Act, name: str, store: Store) -> GiftList:
    check = batch.options["check"]
    found = GiftList.objects.filter(store=store, check_kind=check, name=name)
    there = found.first() if batch.trial else found.select_for_update().first()
    if there is not None:
        return there
    made = GiftList(name=name, store=store, check_kind=check, made_at=act.now, made_by_id=act.actor.staff_id)
    if not batch.trial:
        made.save(force_insert=True)
        act.record(made, store=store.pk, check=check)
    return made


@dataclass
class _Writer:
    """What the rows of a batch become; ``nth`` counts rows that are known by the same."""

    batch: Batch
    gifts: GiftList
    known: dict[tuple[Identity, int], GiftLine] = field(default_factory=dict)
    nth: Counter[Identity] = field(default_factory=Counter)
    said: set[object] = field(default_factory=set)
    new: list[tuple[LineDraft, int]] = field(default_factory=list)
    changed: list[GiftLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.gifts.pk is not None:
            rows = GiftLine.objects.filter(list=self.gifts)
            self.known = {(identity_of(row.draft), row.nth): row for row in rows}

    def take(self, record: Record) -> None:
        """One row: refused, new, changed or the same."""
        draft = draft_of(record.first)
        wrong = faults_of(draft, today_of(self.batch.act.now))
        if wrong:
            name, why = next(iter(wrong.items()))
            self.batch.refuse(record, why, field=name)
            return
        self._mark(draft)
        identity = identity_of(draft)
        self.nth[identity] += 1
        there = self.known.get((identity, self.nth[identity]))
        if there is not None and there.draft.same_as(draft):
            self.batch.same += 1
        elif not self.gifts.is_draft:
            self.batch.refuse(record, message(HANDED_IN))
        elif there is None:
            self.batch.new += 1
            self.new.append((draft, self.nth[identity]))
        else:
            self.batch.changed += 1
            self.changed.append(_corrected(there, draft))

    def _mark(self, draft: LineDraft) -> None:
        if not can_be_reached(draft.number, self.gifts.check_kind):
            self.batch.beside[WRONG_PHONES] += 1
        elif draft.said in self.said:
            self.batch.beside[DUPLICATES] += 1
        self.said.add(draft.said)

    def finish(self) -> None:
        """Writes what is to be written, and marks wrong phones and duplicates on the list."""
        if self.batch.trial or not (self.new or self.changed):
            return
        add_rows(self.gifts, self.new)
        GiftLine.objects.bulk_update(self.changed, CORRECTED, batch_size=1_000)
        review(self.gifts)


def _corrected(line: GiftLine, draft: LineDraft) -> GiftLine:
    for name in CORRECTED:
        setattr(line, name, getattr(draft, name))
    return line


def draft_of(values: dict[str, Any]) -> LineDraft:
    """A row as a line: what is missing is empty, a quantity that is not named is one."""
    phone = str(values.get("phone") or "")
    return LineDraft(
        name=str(values.get("name") or ""),
        phone=phone,
        number=normal_phone(phone)[:40],
        gift=str(values.get("gift") or ""),
        value=Decimal(values.get("value") or 0).quantize(Decimal("0.01")),
        quantity=int(values["quantity"]) if values.get("quantity") is not None else 1,
        given_on=values["given_on"],
        purchase=str(values.get("purchase") or ""),
    )
