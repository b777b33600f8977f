"""Draws the plan of a week: owed visits first, then the sample by quota, then the best places, under the hard rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from huiyin.visits.rules.planning.capacity import Places
from huiyin.visits.rules.planning.columns import Candidates, Flags, Ints, columns_of
from huiyin.visits.rules.planning.drawing import Draw, Wanted
from huiyin.visits.rules.planning.explaining import left_out
from huiyin.visits.rules.planning.facts import Agent, Candidate, Kept, Plan, PlanWeek, Stratum
from huiyin.visits.rules.planning.outcome import Outcome
from huiyin.visits.rules.planning.owed import place_owed
from huiyin.visits.rules.planning.placing import place_all
from huiyin.visits.rules.planning.policy import WHOLE, PlanPolicy
from huiyin.visits.rules.planning.quota import band_targets, day_shares, small_store_needs, week_target
from huiyin.visits.rules.planning.relaxing import what_gave_way
from huiyin.visits.rules.planning.screening import Screened, screen
from huiyin.visits.rules.planning.telling import assignments_of
from huiyin.visits.rules.planning.week_network import Days
from huiyin.visits.rules.weeks import turn_of
from huiyin.visits.rules.work_steps import Told, quietly


def draw_plan(
    policy: PlanPolicy,
    week: PlanWeek,
    candidates: Candidates | Iterable[Candidate],
    agents: Sequence[Agent],
    *,
    seed: int,
    kept: Sequence[Kept] = (),
    small_stores: Mapping[int, int] | None = None,
    day_most: Mapping[date, int] | None = None,
    told: Told = quietly,
) -> Plan:
    """The plan of a week.

    ``kept`` are this week's visits that are done or stay as they are; ``small_stores`` maps every small store to its
    customers visited or planned this month. The same seed and facts give the same plan, in whatever order they come.
    Hard and never broken: call windows, working days, capacity, leave, shifts, do-not-contact, the customer's own
    hours, skill and language, one visit a customer, the time to visit. Only an *owed* visit whose time is over is still
    planned, as early as possible, and the plan says so. Candidates with a place so far (``placed``) stay in the plan
    and keep their place as far as the hard rules let them. ``day_most``: days that hold no more than so many, apart
    from what is owed or kept on them. ``told`` hears which step begins.
    """
    drawing = _Drawing(
        policy, week, columns_of(candidates), agents, seed, kept, small_stores or {}, day_most or {}, told
    )
    return drawing.plan()


class _Drawing:
    """The steps of one plan, each resting on those before."""

    def __init__(
        self,
        policy: PlanPolicy,
        week: PlanWeek,
        candidates: Candidates,
        agents: Sequence[Agent],
        seed: int,
        kept: Sequence[Kept],
        small_stores: Mapping[int, int],
        day_most: Mapping[date, int],
        told: Told,
    ) -> None:
        told("screen")
        self.told, self.day_most = told, day_most
        self.policy, self.week, self.candidates, self.seed = policy, week, candidates, seed
        self.kept = [each for each in kept if each.sampled]
        self.target = week_target(policy, week.monday, len(week.working_days))
        self.needs = small_store_needs(policy, week.monday, small_stores)
        self.places = Places(policy, week, agents, kept)
        self.screened = screen(policy, candidates, self.places, {each.customer for each in kept}, seed)
        self.owed = place_owed(candidates, self.screened, self.places, policy.prices.owed)
        self.wanted = self._wanted()
        told("sample")
        self.drawn = Draw(policy, candidates, self.screened, self.places, self.owed, self.wanted).draw()
        self.rows = np.concatenate([self.owed.rows, self.drawn.rows])
        only = np.concatenate([self.owed.window, np.full(len(self.drawn.rows), -1)])
        prices = policy.prices.place
        told("places")
        self.placing = place_all(candidates, self.screened, self.places, self.rows, only, self.wanted.days, prices)

    def _wanted(self) -> Wanted:
        """Open places by band, the small stores that miss customers, and the even shares of the days."""
        held = Counter(each.band for each in self.kept)
        bands = open_places(band_targets(self.policy, self.target), held, self.target - len(self.kept))
        places = np.array([bands[band.code] for band in self.policy.bands], dtype=np.int64)
        sampled = self.screened.rows[~self.candidates.owed[self.screened.rows]]
        planned = sampled[self.candidates.placed_agent[sampled] > 0]
        places[-1] += max(len(planned) - int(places.sum()), 0)
        stores = sorted(self.needs)
        return Wanted(
            bands=places,
            stores=np.array(stores, dtype=np.int64),
            needs=np.array([self.needs[store] for store in stores], dtype=np.int64),
            turn=turn_of(self.week.monday, self.policy.turns),
            days=self._shares(int(places.sum()), planned),
        )

    def _shares(self, open_places: int, planned: Ints) -> Days:
        """Each day's share beside what it holds; visits planned before never make their own day uneven."""
        days = self.places.days
        on_days = Counter(each.day for each in self.kept)
        shares = self._even(open_places + sum(on_days[day] for day in days))
        before = self.places.windows_ending(self.candidates.placed_end[planned])
        there = np.bincount(self.places.day_of[before[before >= 0]], minlength=len(days))
        done = np.array([on_days[day] for day in days], dtype=np.int64)
        share = np.array([shares[day] for day in days], dtype=np.int64)
        free = np.maximum(np.maximum(share - done, 0), there)
        most = share + share * self.policy.day_slack // WHOLE
        beside = np.bincount(self.places.day_of[self.owed.window], minlength=len(days))
        more = np.maximum(most - done - free, 0)
        return self._limited(Days(free + beside, more, done), beside)

    def _even(self, total: int) -> dict[date, int]:
        """An even share of ``total`` for each day; what a limited day must not hold is shared by the others."""
        even = day_shares(total, self.places.days)
        limited = {day: min(share, self.day_most[day]) for day, share in even.items() if day in self.day_most}
        others = [day for day in self.places.days if day not in limited]
        return {**limited, **day_shares(total - sum(limited.values()), others)}

    def _limited(self, shares: Days, owed: Ints) -> Days:
        """The shares, with no more for the days that must not hold more; what is owed on them stays."""
        share, more = shares.share.copy(), shares.more.copy()
        for day, most in self.day_most.items():
            if day in self.places.days:
                at = self.places.days.index(day)
                share[at], more[at] = max(min(int(share[at]), most - int(shares.done[at])), int(owed[at]), 0), 0
        return Days(share, more, shares.done)

    def plan(self) -> Plan:
        """The plan with its reasons, what gave way and its proof."""
        self.told("explain")
        result = Outcome(
            self.policy,
            self.week,
            self.candidates,
            self.places,
            self.screened,
            self.owed,
            self.drawn,
            self.placing,
            self.rows,
            self.target,
            self.wanted,
            self.needs,
        )
        passed_over = left_out(result)
        return Plan(
            monday=self.week.monday,
            seed=self.seed,
            target=self.target,
            turn=self.wanted.turn,
            assignments=assignments_of(result),
            not_chosen=passed_over,
            passed=passed_over.counted(),
            relaxations=what_gave_way(result),
            strata=_strata(self.policy, self.candidates, self.screened, result.chosen),
            band_targets=band_targets(self.policy, self.target),
            steps=(*self.owed.steps, *self.drawn.steps, *self.placing.steps),
            last_drawn=result.last_drawn,
            moved=result.moved,
        )


def open_places(targets: Mapping[str, int], held: Mapping[str, int], total: int) -> dict[str, int]:
    """What each band still needs; together never more than ``total``."""
    wanted = {band: max(count - held.get(band, 0), 0) for band, count in targets.items()}
    surplus = sum(wanted.values()) - max(total, 0)
    for band in sorted(wanted, key=lambda code: (wanted[code], code)):
        taken = min(max(surplus, 0), wanted[band])
        wanted[band] -= taken
        surplus -= taken
    return wanted


def _strata(policy: PlanPolicy, candidates: Candidates, screened: Screened, chosen: Flags) -> tuple[Stratum, ...]:
    sampled = np.flatnonzero(~candidates.owed)
    keys = np.stack([screened.band[sampled], candidates.store[sampled], candidates.size[sampled]], axis=1)
    found, which = np.unique(keys, axis=0, return_inverse=True)
    there = np.bincount(which.reshape(-1), minlength=len(found))
    planned = np.bincount(which.reshape(-1)[chosen[sampled]], minlength=len(found))
    codes = [*(band.code for band in policy.bands), ""]
    strata = [
        Stratum(codes[band], int(store) or None, candidates.sizes[size], int(there[at]), int(planned[at]))
        for at, (band, store, size) in enumerate(found)
    ]
    return tuple(sorted(strata, key=lambda each: (each.band, each.store or 0, each.store_size)))
