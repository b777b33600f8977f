"""What each soft rule costs when it gives way: a ladder on which one step outweighs what lies below it."""

from __future__ import annotations

from dataclasses import dataclass


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


DRAW = DrawPrices()
PLACE = PlacePrices()
