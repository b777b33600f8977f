"""What gave way: every soft rule that could not be kept, with the numbers that say how far (VIS-11, VIS-16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from huiyin.visits.rules.planning.facts import Relaxation
from huiyin.visits.rules.planning.outcome import Outcome
from huiyin.visits.rules.planning.quota import SMALL, last_resort
from huiyin.visits.rules.planning.reasons import Passed
from huiyin.visits.rules.planning.screening import FIT, REASONS


def what_gave_way(result: Outcome) -> tuple[Relaxation, ...]:
    """Every rule that gave way, the week's own limits first."""
    return (
        *_week(result),
        *_owed(result),
        *_bands(result),
        *_turns(result),
        *_uneven(result),
        *_people(result),
        *_missed(result),
    )


def _count(code: str, count: int) -> Iterator[Relaxation]:
    if count:
        yield Relaxation(code, {"count": count})


def _week(result: Outcome) -> Iterator[Relaxation]:
    least = result.policy.quota_of(result.week.monday).least
    if result.target < least:
        days = len(result.week.working_days)
        yield Relaxation("short_week", {"days": days, "target": result.target, "least": least})
    if not result.week.windows:
        yield Relaxation("no_window")
    if not result.places.agents:
        yield Relaxation("nobody")
    elif result.week.windows:
        yield from _people_short(result)


def _people_short(result: Outcome) -> Iterator[Relaxation]:
    room, owed = _room(result), len(result.owed.rows) + len(result.owed.without_place)
    target = int(result.wanted.bands.sum()) + owed
    if room < target:
        yield Relaxation("people_short", {"room": room, "target": target})


def _room(result: Outcome) -> int:
    """How many visits the people at work could make in the week's windows and days."""
    places = result.places
    in_windows = np.bincount(places.agent_day, weights=places.room, minlength=len(places.day_room))
    return int(np.minimum(in_windows, places.day_room).sum())


def _owed(result: Outcome) -> Iterator[Relaxation]:
    yield from _count("obligatory_late", int(result.screened.late[result.owed.rows].sum()))
    yield from _count("obligatory_unplanned", len(result.owed.without_place))


def _bands(result: Outcome) -> Iterator[Relaxation]:
    bands, drawn = result.policy.bands, result.drawn
    own = result.screened.band[drawn.rows]
    lowest = np.array([band.code in last_resort(bands) for band in bands], dtype=np.bool_)
    waiting = np.bincount(result.screened.band[_in_the_draw(result)], minlength=len(bands))
    for at, band in enumerate(bands):
        if result.wanted.bands[at] and not waiting[at]:
            yield Relaxation("band_empty", {"low": str(band.low)})
    for at, band in enumerate(bands):
        count = int(((drawn.home == at) & (own != at) & ~lowest[own]).sum())
        if count:
            yield Relaxation("band_filled", {"low": str(band.low), "count": count})
    yield from _count("last_resort", int((lowest[own] & (drawn.home != own)).sum()))


def _in_the_draw(result: Outcome) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    rows = result.screened.rows
    return rows[~result.candidates.owed[rows]]


def _turns(result: Outcome) -> Iterator[Relaxation]:
    off_turn = result.drawn.off_turn[result.drawn.rows]
    yield from _count("off_turn", int((off_turn & ~result.drawn.for_store).sum()))
    yield from _count("small_store_out_of_turn", int((off_turn & result.drawn.for_store).sum()))


def _uneven(result: Outcome) -> Iterator[Relaxation]:
    days = result.wanted.days
    places = result.placing.place[len(result.owed.rows) :]
    here = np.bincount(result.places.day[places[places >= 0]], minlength=len(days.share)) if len(places) else days.done
    owed = np.bincount(result.places.day_of[result.owed.window], minlength=len(days.share))
    over = here > days.share - owed
    if over.any():
        most = int((here + days.done)[over].max())
        yield Relaxation("uneven", {"most": most, "share": int((days.share - owed + days.done).max())})


def _people(result: Outcome) -> Iterator[Relaxation]:
    strangers = result.placing.known & ~result.by_acquaintance & result.placed
    yield from _count("other_agent", int(strangers.sum()))
    yield from _count("moved", result.moved)
    before = result.candidates.placed_agent > 0
    yield from _count("dropped", int((before & ~result.chosen).sum()))
    fit = result.screened.reason == FIT
    nobody = result.screened.reason == REASONS.index(Passed.NOBODY_FIT)
    store = result.candidates.store
    unreached = np.setdiff1d(store[nobody], store[fit])
    if (unreached > 0).any():
        yield Relaxation("store_without_people", {"stores": int((unreached > 0).sum())})


def _missed(result: Outcome) -> Iterator[Relaxation]:
    open_places, needs = result.places_open, result.needs
    if open_places:
        planned = result.target - open_places
        yield Relaxation("quota_missed", {"planned": planned, "target": result.target, "missing": open_places})
    needed, wanted = sum(needs.values()), int(result.wanted.bands.sum())
    if needed > wanted:
        yield Relaxation("small_stores_too_many", {"needed": needed, "target": wanted})
    small = [at for at, size in enumerate(result.candidates.sizes) if size == SMALL]
    drawn = result.drawn.rows[np.isin(result.candidates.size[result.drawn.rows], small)]
    seen = Counter(result.candidates.store[drawn].tolist())
    below = sum(seen[store] < need for store, need in needs.items())
    if below:
        yield Relaxation("small_store_missed", {"stores": below, "minimum": result.policy.small_store_minimum})
