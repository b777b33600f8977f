"""Writes a batch of an imported customer file: new ones, changed ones, and pairs that look alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.customers.intake.drafts import CustomerDraft, address_of, contact_of
from huiyin.customers.intake.known import Known
from huiyin.customers.intake.newcomers import create_customers, note_suspects
from huiyin.customers.intake.places import staff_by_name, stores_by_name
from huiyin.customers.intake.updates import Updates
from huiyin.customers.rules.matching import Likeness
from huiyin.customers.rules.names import plain_name
from huiyin.customers.rules.numbers import is_ours
from huiyin.imports.public import Batch, Record
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

PLAIN = (
    "name", "kind", "industry", "source", "tier", "cooperation_since", "language", "preferred_time", "do_not_contact",
    "do_not_contact_reason", "notes",
)  # fmt: skip
_COMPANY = re.compile("公司|集团|厂|店|中心|医院|学校|银行| co\\.| ltd| inc| gmbh| llc")


@dataclass
class Arrival:
    """A record with the draft made of it."""

    record: Record
    draft: CustomerDraft


def write_customers(batch: Batch) -> None:
    """Matches, makes and updates; counts into the batch."""
    known = batch.memory.setdefault("known", Known(batch.options["source"]))
    stores, staff = stores_by_name(), staff_by_name()
    arrivals = [Arrival(r, d) for r in batch.records if (d := draft_of(batch, r, stores, staff)) is not None]
    known.load(arrival.draft for arrival in arrivals)
    newcomers, met, pairs = _sort_out(batch, known, arrivals)
    if batch.trial:
        _imagine(batch, newcomers)
    else:
        made = create_customers(batch.act, [draft for draft, _imagined in newcomers], batch.options["source"])
        real = {imagined: pk for (_draft, imagined), pk in zip(newcomers, made, strict=True)}
        met = [(real.get(pk, pk), draft) for pk, draft in met]
        note_suspects(batch.act, [(real.get(a, a), real.get(b, b), why) for a, b, why in pairs])
    batch.new += len(newcomers)
    if pairs:
        batch.beside[_("Suspected duplicates")] += len(pairs)
    _update(batch, met)


def _sort_out(
    batch: Batch, known: Known, arrivals: Sequence[Arrival]
) -> tuple[list[tuple[CustomerDraft, int]], list[tuple[int, CustomerDraft]], list[tuple[int, int, Likeness]]]:
    """Newcomers with imagined keys, known ones with theirs, and suspected pairs."""
    newcomers: list[tuple[CustomerDraft, int]] = []
    met: list[tuple[int, CustomerDraft]] = []
    pairs: list[tuple[int, int, Likeness]] = []
    for arrival in arrivals:
        found = known.find(arrival.draft)
        if found.id is not None:
            met.append((found.id, arrival.draft))
            known.learn(arrival.draft, found.id)
        elif _may_be_new(batch, arrival):
            imagined = known.imagined_id()
            newcomers.append((arrival.draft, imagined))
            pairs.extend((imagined, other, why) for other, why in found.suspects)
            known.learn(arrival.draft, imagined)
    return newcomers, met, pairs


def _may_be_new(batch: Batch, arrival: Arrival) -> bool:
    """Somebody new needs a name (a number of the other system will do) and no number that is not ours."""
    draft = arrival.draft
    if draft.number and not is_ours(draft.number):
        why = message(_("No customer has the number “%(number)s”."), number=draft.number)
        batch.refuse(arrival.record, why, field="number")
        return False
    if not draft.name and not draft.external:
        batch.refuse(arrival.record, message(_("A new customer needs a name.")), field="name")
        return False
    draft.values["name"] = draft.name or draft.external[0]
    return True


def _imagine(batch: Batch, newcomers: Sequence[tuple[CustomerDraft, int]]) -> None:
    """A trial remembers for whom it would have made a file, to count later rows about them right."""
    batch.memory.setdefault("imagined", set()).update(imagined for _draft, imagined in newcomers)


def _update(batch: Batch, met: Sequence[tuple[int, CustomerDraft]]) -> None:
    real = [(pk, draft) for pk, draft in met if pk > 0]
    updates = Updates(batch.options["source"], real)
    changed = updates.changed
    if not batch.trial:
        updates.write()
    batch.changed += changed
    batch.same += len(met) - changed


def sounds_like_company(name: str) -> bool:
    """Whether a name has a word that only companies have in theirs."""
    return _COMPANY.search(name.lower()) is not None


def draft_of(batch: Batch, record: Record, stores: dict[str, int], staff: dict[str, int]) -> CustomerDraft | None:
    """The draft of a record; None (and a refusal) when its rows contradict each other or name an unknown store."""
    names = {plain_name(line.values["name"]) for line in record.lines if "name" in line.values}
    if len(names) > 1:
        rows = ", ".join(str(line.row_no) for line in record.lines)
        batch.refuse(record, message(_("The same number stands at different names (rows %(rows)s)."), rows=rows))
        return None
    values = {code: found for code in PLAIN if (found := record.value(code)) is not None}
    if not _place(batch, record, values, stores):
        return None
    in_charge = staff.get(record.value("in_charge") or "")
    if in_charge:
        values["in_charge_id"] = in_charge
    name = values.get("name", "")
    if "kind" not in values and sounds_like_company(name):
        values["kind"] = "company"
    return _with_parts(record, values)


def _place(batch: Batch, record: Record, values: dict[str, Any], stores: dict[str, int]) -> bool:
    named = record.value("home_store")
    if named and named not in stores:
        batch.refuse(record, message(_("There is no store called “%(store)s”."), store=named), field="home_store")
        return False
    if named:
        values["home_store_id"] = stores[named]
    return True


def _with_parts(record: Record, values: dict[str, Any]) -> CustomerDraft:
    numbers = [line.values.get(code) for line in record.lines for code in ("external_number", "other_number")]
    person = values.get("kind") != "company"
    contacts = [contact_of(line.values, name=values.get("name", "") if person else "") for line in record.lines]
    places = [address_of(line.values) for line in record.lines]
    return CustomerDraft(
        values=values,
        number=record.value("number") or "",
        external=list(dict.fromkeys(str(number) for number in numbers if number)),
        contacts=[c for c in dict.fromkeys(contacts) if c.phone or c.email or c.wechat or (c.name and not person)],
        addresses=[place for place in dict.fromkeys(places) if place.plain],
    )
