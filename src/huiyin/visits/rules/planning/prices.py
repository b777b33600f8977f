"""What each soft rule costs when it gives way: a ladder on which one step outweighs what lies below it.

The prices are numbers of the plan like its quotas: versions of them are data, these are the shipped defaults.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

DEAREST = 2**40
"""No price is higher: a million visits at this price still fit the solver's numbers."""


@dataclass(frozen=True)
class DrawPrices:
    """Who is drawn. Prices of one visit, in draw numbers: 1 is one place further back in the draw of its band.

    ``numbers``: draw numbers from here on cost the same. ``beside``: filled from the band beside its own (twice for the
    one after that). ``off_turn``: its store has no turn. ``last_resort``: from the lowest band. ``small_store``: a
    small store misses one customer of its minimum. ``uneven``: a day takes one more than its share. ``open_place``: a
    place of the quota stays open. ``dropped``: somebody who is planned already falls out. ``owed``: an owed visit does.
    """

    numbers: int = 2**20
    beside: int = 2**23
    off_turn: int = 2**26
    last_resort: int = 2**28
    small_store: int = 2**30
    uneven: int = 2**32
    open_place: int = 2**34
    dropped: int = 2**36
    owed: int = 2**38


@dataclass(frozen=True)
class PlacePrices:
    """When and by whom. Prices of one visit.

    ``lost``: no place at all. ``uneven``: a day takes one more than its share. ``moved``: not where it was planned
    before. ``fuller_day``: the next visit of a day, times those it already has. ``stranger``: not the person who spoke
    with the customer before. ``late_window``: one call window later for a visit whose time ends this week.
    ``full_agent``, ``full_window``: the last visit of a full day or window of an agent, the first ones nothing.
    """

    lost: int = 2**36
    uneven: int = 2**30
    moved: int = 2**26
    fuller_day: int = 2**15
    stranger: int = 2**13
    late_window: int = 2**7
    full_agent: int = 2**9
    full_window: int = 2**7


@dataclass(frozen=True)
class OwedPrices:
    """Owed visits. ``dropped``: one that is planned already falls out. ``left_out``: one finds no place. ``moved``: one
    does not stay where it was planned before."""

    dropped: int = 2**33
    left_out: int = 2**30
    moved: int = 2**16


@dataclass(frozen=True)
class Prices:
    """All prices of a plan, by the question they belong to."""

    draw: DrawPrices = DrawPrices()
    place: PlacePrices = PlacePrices()
    owed: OwedPrices = OwedPrices()


PRICES = Prices()
"""The shipped ones."""

DEAREST_OF = {"draw": "owed", "place": "lost", "owed": "dropped"}
"""What must stay the dearest of each question: the solver pays it last, so that no soft rule outweighs it."""


def prices_from(data: Mapping[str, Any]) -> Prices:
    """Reads prices by question; what is absent takes the shipped default.

    Raises:
        Invalid: a name is unknown.
    """
    known = prices_to(PRICES)
    strange = [name for name in data if name not in known]
    strange += [f"{part}.{name}" for part, own in known.items() for name in data.get(part, {}) if name not in own]
    if strange:
        fault = message(_("Nothing is called %(name)s here."), name=str(strange[0])[:60])
        raise Invalid(fault, {"prices": fault})
    return Prices(
        draw=DrawPrices(**data.get("draw", {})),
        place=PlacePrices(**data.get("place", {})),
        owed=OwedPrices(**data.get("owed", {})),
    )


def prices_to(prices: Prices) -> dict[str, dict[str, int]]:
    """The prices as JSON."""
    return asdict(prices)


def price_faults(prices: Prices) -> Iterator[Message]:
    """What is wrong with prices."""
    for part, dearest in DEAREST_OF.items():
        own: dict[str, Any] = asdict(prices)[part]
        strange = [name for name, price in own.items() if type(price) is not int or not 0 <= price <= DEAREST]
        if strange:
            text = _("The price %(name)s must be a whole number from 0 to %(most)s.")
            yield message(text, name=f"{part}.{strange[0]}", most=DEAREST)
        elif any(price >= own[dearest] for name, price in own.items() if name != dearest):
            yield message(_("The price %(name)s must be the highest of its part."), name=f"{part}.{dearest}")


PRICE_LABELS: dict[str, str] = {
    "draw.owed": _("An owed visit finds no place"),
    "draw.dropped": _("Somebody who is planned already falls out"),
    "draw.open_place": _("A place of the quota stays open"),
    "draw.uneven": _("A day takes one visit more than its share"),
    "draw.small_store": _("A small store misses one customer of its minimum"),
    "draw.last_resort": _("Filled from the lowest band"),
    "draw.off_turn": _("A store without a turn"),
    "draw.beside": _("Filled from a band beside, for each step"),
    "draw.numbers": _("The furthest number in the draw that still makes a difference"),
    "place.lost": _("A chosen visit finds no place"),
    "place.uneven": _("A day takes one visit more than its share, when places are given out"),
    "place.moved": _("Not where it was planned before"),
    "place.fuller_day": _("The next visit of a day, times those it has"),
    "place.stranger": _("Not the person who spoke with the customer before"),
    "place.full_agent": _("The last visit of somebody's full day"),
    "place.late_window": _("One call window later, where the time ends this week"),
    "place.full_window": _("The last visit of somebody's full window"),
    "owed.dropped": _("An owed visit that is planned already falls out"),
    "owed.left_out": _("An owed visit is left out of the windows"),
    "owed.moved": _("An owed visit leaves the window it was planned in"),
}
"""What each price is paid for, by its name, the dearest of a question first."""


def by_name(prices: Prices) -> dict[str, int]:
    """Every price by its name, such as ``draw.beside``, in the order of :data:`PRICE_LABELS`."""
    of_parts = prices_to(prices)
    return {name: of_parts[name.partition(".")[0]][name.partition(".")[2]] for name in PRICE_LABELS}
