"""The only hand that writes the ledger: entry, balance and need change together, in the caller's transaction.

Stock rows are locked in one order (place, part) before anything else, so that two actions never wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.foundation.inserting import insert
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, with_role
from huiyin.promises.public import keep_promise, make_promise
from huiyin.spare_parts.events import PartsComplete, PartsMissing
from huiyin.spare_parts.models import Movement, Need, Part, Place, Stock
from huiyin.spare_parts.promise_kinds import BRING
from huiyin.spare_parts.rules.ledger import INSIDE, WAYS, Kind, plain, taken
from huiyin.spare_parts.rules.needs import shares
from huiyin.working_time.public import Span, Unit

Key = tuple[int, int]
"""Place and part."""
COLUMNS = {
    Kind.RESERVE: ("missing", "reserved"),
    Kind.RELEASE: ("reserved", "released"),
    Kind.ISSUE: ("reserved", "issued"),
    Kind.USE: ("issued", "used"),
    Kind.RETURN: ("issued", "returned"),
    Kind.WASTE: ("issued", "wasted"),
}
"""From which column of a need into which an entry moves its quantity."""


class Books:
    """The stock rows an action works on, locked until its transaction ends; ``close`` before it ends."""

    def __init__(self, act: Act, keys: Iterable[Key]) -> None:
        self.act = act
        self._stock = _locked(sorted(set(keys)))
        self._before = {key: stock.free for key, stock in self._stock.items()}
        self._complete: dict[tuple[str, int], str] = {}

    def stock(self, key: Key) -> Stock:
        """The balance of a part at a place."""
        return self._stock[key]

    def enter(
        self, kind: Kind, key: Key, quantity: Decimal, *, to: Key | None = None, need: Need | None = None, why: str = ""
    ) -> Movement:
        """One entry: takes ``quantity`` out of one account and puts it into the other.

        Raises:
            Conflict: the account does not hold so much.
        """
        way = WAYS[kind]
        there = self._stock[key]
        onto = self._stock[to] if way.elsewhere and to else there
        if way.source in INSIDE:
            setattr(there, way.source, taken(getattr(there, way.source), quantity, way.source))
        if way.target in INSIDE:
            setattr(onto, way.target, getattr(onto, way.target) + quantity)
        if need is not None:
            _move_in_need(need, kind, quantity)
        return insert(
            Movement(
                at=self.act.now,
                kind=kind,
                part_id=key[1],
                quantity=quantity,
                source=way.source,
                source_place_id=key[0] if way.source in INSIDE else None,
                target=way.target,
                target_place_id=onto.place_id if way.target in INSIDE else None,
                need=need,
                reason=why[:200],
                by_id=self.act.actor.staff_id,
            )
        )

    def close(self) -> None:
        """Gives what became free to those who wait, saves the balances, and tells who has to know."""
        for key in self._stock:
            self._serve(key)
        Stock.objects.bulk_update(self._stock.values(), ["free", "reserved", "issued"])
        for key, stock in self._stock.items():
            if stock.is_low and not self._before[key] < stock.least:
                _tell_low(self.act, stock)
        for about in sorted(self._complete):
            if not Need.objects.about(*about).filter(missing__gt=0).exists():
                self.act.emit(PartsComplete(about, self._complete[about]))

    def _serve(self, key: Key) -> None:
        """First come, first served."""
        if self._stock[key].free <= 0:
            return
        waiting = Need.objects.select_for_update(of=("self",)).filter(place=key[0], part=key[1], missing__gt=0)
        needs = list(waiting.select_related("part").order_by("id"))
        for need, share in zip(needs, shares(self._stock[key].free, [need.missing for need in needs]), strict=True):
            if share > 0:
                self.enter(Kind.RESERVE, key, share, need=need)
            if need.missing == 0:
                keep_promise(self.act.call, kind=BRING, subject=need, evidence=need.part.number)
                self._complete[need.about] = need.part.number

    def settled(self, need: Need) -> None:
        """Nothing of this need is missing any more, though nothing came."""
        self._complete.setdefault(need.about, need.part.number)

    def owe(self, need: Need) -> None:
        """Somebody has to get what is missing, by when more of it comes."""
        place: Place = need.place
        make_promise(
            self.act.call,
            kind=BRING,
            subject=need,
            span=Span(max(need.part.lead_days, 1), Unit.WORKING_DAYS),
            title=f"{need.part.number} {need.part.name} × {plain(need.missing)} · {need.named}",
            owner=next(iter(keepers_of(place)), None),
            store=place.store_id,
        )
        self.act.emit(PartsMissing(need.about, f"{need.part.number} {need.part.name}"))


def _locked(keys: list[Key]) -> dict[Key, Stock]:
    Stock.objects.bulk_create([Stock(place_id=place, part_id=part) for place, part in keys], ignore_conflicts=True)
    return {key: Stock.objects.select_for_update().get(place=key[0], part=key[1]) for key in keys}


def _move_in_need(need: Need, kind: Kind, quantity: Decimal) -> None:
    source, target = COLUMNS[kind]
    setattr(need, source, taken(getattr(need, source), quantity, source))
    setattr(need, target, getattr(need, target) + quantity)
    need.save(update_fields=[source, target])


def keepers_of(place: Place) -> list[int]:
    """Who is told about a place: its keeper, else the service managers."""
    if place.holder_id:
        return [place.holder_id]
    return list(with_role(Role.SERVICE_MANAGER).order_by("pk").values_list("pk", flat=True))


def _tell_low(act: Act, stock: Stock) -> None:
    part: Part = stock.part
    text = message(
        _("%(part)s is running low at %(place)s: %(free)s left, at least %(least)s wanted."),
        part=f"{part.number} {part.name}",
        place=stock.place.name,
        free=plain(stock.free),
        least=plain(stock.least),
    )
    notify_staff(act.call, keepers_of(stock.place), text, page="part", args=[part.pk])
