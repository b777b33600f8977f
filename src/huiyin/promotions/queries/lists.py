"""Gift lists as people see them: which there are, one with its lines, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.db.models import Count, Q, QuerySet

from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Store
from huiyin.promises.public import Promise, visible_promises
from huiyin.promotions.models import GiftError, GiftLine, GiftList
from huiyin.promotions.models.gift_list import sees_every_store
from huiyin.promotions.rules.codes import ANSWER
from huiyin.promotions.rules.words import ANSWERED, ERRORS, WAITING, ErrorState, ListState, Standing

OPEN = (ListState.DRAFT, ListState.SUBMITTED, ListState.CHECKING, ListState.MENDING)
NEWEST_FIRST = ("-made_at", "-id")


@dataclass(frozen=True)
class Counts:
    """How far a list has come, in lines; ``hindered`` cannot be asked about, ``open_errors`` are still owed."""

    lines: int = 0
    hindered: int = 0
    recognised: int = 0
    waiting: int = 0
    answered: int = 0
    real: int = 0
    errors: int = 0
    not_reached: int = 0
    open_errors: int = 0

    @property
    def askable(self) -> int:
        """Lines that can be asked about."""
        return self.lines - self.hindered

    @property
    def asked(self) -> int:
        """Lines that were drawn, whatever came of them."""
        return self.waiting + self.answered + self.not_reached


def lists_seen(actor: Actor, filters: Mapping[str, str]) -> QuerySet[GiftList]:
    """Lists in the actor's area; ``filters``: tab (open, done, or all), check, store."""
    rows = GiftList.objects.visible_to(actor).select_related("store", "submitted_by")
    if filters.get("tab") == "open":
        rows = rows.filter(state__in=OPEN)
    elif filters.get("tab") == "done":
        rows = rows.exclude(state__in=OPEN)
    if filters.get("check"):
        rows = rows.filter(check_kind=filters["check"])
    if filters.get("store", "").isdecimal():
        rows = rows.filter(store_id=int(filters["store"]))
    return rows


def list_seen_by(actor: Actor, list_id: int) -> GiftList:
    """One list with its people.

    Raises:
        NotFound: there is none in the actor's area.
    """
    rows = GiftList.objects.visible_to(actor)
    found = rows.select_related("store", "rules", "made_by", "submitted_by", "signed_by").filter(pk=list_id).first()
    if found is None:
        raise NotFound
    return found


def lines_of(gifts: GiftList, which: str = "") -> QuerySet[GiftLine]:
    """A list's lines; ``which``: a standing, ``asked``, ``errors`` or ``hindered``."""
    rows = GiftLine.objects.filter(list=gifts).select_related("error")
    if which == "drawn":
        return rows.exclude(standing=Standing.LISTED).filter(rank__isnull=False)
    if which == "errors":
        return rows.filter(standing__in=sorted(ERRORS))
    if which == "hindered":
        return rows.exclude(hindrance="")
    return rows


def counts_of(ids: list[int]) -> dict[int, Counts]:
    """The counts of each list, in one query."""

    def at(standings: frozenset[Standing]) -> Count:
        return Count("pk", filter=Q(standing__in=sorted(standings)))

    rows = GiftLine.objects.filter(list__in=ids).values("list").order_by("list")
    found = rows.annotate(
        lines=Count("pk"),
        hindered=Count("pk", filter=~Q(hindrance="")),
        recognised=Count("customer"),
        waiting=at(WAITING),
        answered=at(ANSWERED),
        real=at(frozenset({Standing.REAL})),
        errors=at(ERRORS),
        not_reached=at(frozenset({Standing.NOT_REACHED})),
        open_errors=Count("error", filter=~Q(error__state=ErrorState.CLOSED)),
    )
    counted = {row[0]: Counts(*row[1:]) for row in found.values_list("list", *(field.name for field in fields(Counts)))}
    return {pk: counted.get(pk, Counts()) for pk in ids}


def words_of_line(line_id: int) -> dict[str, str]:
    """What the SMS to a recipient names: the store, and the gift with its quantity."""
    line = GiftLine.objects.select_related("list__store").get(pk=line_id)
    return {"store": line.list.store.name, "gift": f"{line.gift}×{line.quantity}"}


def answer_owed(actor: Actor, gifts: GiftList) -> Promise | None:
    """The promise of customer service to check the list, if the actor may see it."""
    owed = visible_promises(actor).filter(subject=gifts._meta.label_lower, subject_id=gifts.pk, kind=ANSWER)
    return owed.order_by("pk").last()


def stores_of(actor: Actor) -> list[tuple[int, str]]:
    """The stores whose lists this person may hand in."""
    stores = Store.objects.filter(is_open=True).order_by("code")
    if not sees_every_store(actor):
        stores = stores.filter(pk__in=actor.store_ids)
    return list(stores.values_list("pk", "name"))


def store_called(actor: Actor, code: str) -> Store | None:
    """The store with this code, within the actor's area; without a code the only store there is for this person."""
    mine = dict(stores_of(actor))
    if not code:
        return Store.objects.get(pk=next(iter(mine))) if len(mine) == 1 else None
    return Store.objects.filter(code=code, pk__in=mine).first()


def errors_of(gifts: GiftList) -> QuerySet[GiftError]:
    """A list's errors."""
    return GiftError.objects.filter(line__list=gifts).order_by("found_at", "id")
