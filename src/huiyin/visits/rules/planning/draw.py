"""The draw: sampled visits by band and store turn, step by step, each step naming what it gave up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b

from huiyin.visits.rules.planning.board import Board
from huiyin.visits.rules.planning.facts import Candidate, NotChosen, Relaxation
from huiyin.visits.rules.planning.policy import WHOLE, PlanPolicy
from huiyin.visits.rules.planning.quota import SMALL, fallbacks, last_resort
from huiyin.visits.rules.planning.reasons import Chosen, Passed

Because = tuple[str, Mapping[str, object]]


def lot(seed: int, candidate_id: int) -> int:
    """A candidate's number in the draw: fixed by seed and candidate alone, whatever order they come in."""
    return int.from_bytes(blake2b(f"{seed}:{candidate_id}".encode(), digest_size=8).digest())


class Draw:
    """One draw over the pools of band and turn. ``wanted`` holds the open places by band."""

    def __init__(
        self, policy: PlanPolicy, board: Board, *, turn: str, wanted: Mapping[str, int], customers: Iterable[int]
    ) -> None:
        self.policy = policy
        self.board = board
        self.turn = turn
        self.wanted = dict(wanted)
        self.customers = set(customers)
        self.chosen: dict[int, tuple[Candidate, str, tuple[Because, ...]]] = {}
        self.passed: dict[int, NotChosen] = {}
        self.counts: Counter[str] = Counter()
        self.filled: Counter[str] = Counter()
        self.small_planned: Counter[int] = Counter()
        self._place: dict[int, tuple[int, int]] = {}
        self._pools: dict[tuple[bool, str], list[Candidate]] = defaultdict(list)
        self._small: dict[int, list[Candidate]] = defaultdict(list)

    def fill_pools(self, seed: int, candidates: Sequence[Candidate]) -> None:
        """Numbers the candidates by lot, within their band, and puts them into their pools."""
        ordered = sorted(candidates, key=lambda candidate: lot(seed, candidate.id))
        sizes = Counter(self.policy.band_of(candidate.amount) for candidate in ordered)
        seen: Counter[str] = Counter()
        for candidate in ordered:
            band = self.policy.band_of(candidate.amount)
            seen[band] += 1
            self._place[candidate.id] = (seen[band], sizes[band])
            self._pools[self.has_turn(candidate), band].append(candidate)
            if candidate.store_size == SMALL and candidate.store is not None:
                self._small[candidate.store].append(candidate)

    def has_turn(self, candidate: Candidate) -> bool:
        """Whether it is the turn of the candidate's store; a purchase without a store always has its turn."""
        return not self.turn or not candidate.store_size or candidate.store_size == self.turn

    def small_stores(self, needs: Mapping[int, int], seed: int) -> None:
        """Gives each small store its customers, from the bands that miss most."""
        for store in sorted(needs, key=lambda store: (-needs[store], lot(seed, -store))):
            for _ in range(needs[store]):
                if not self._one_of_store(store):
                    break

    def _one_of_store(self, store: int) -> bool:
        open_ones = [each for each in self._small[store] if self._open(each)]
        for candidate in sorted(open_ones, key=lambda each: -self.wanted[self.policy.band_of(each.amount)]):
            if self._places_left() < 1:
                return False
            band = self.policy.band_of(candidate.amount)
            home = band if self.wanted[band] else self._neediest()
            because = (Chosen.SMALL_STORE, {"minimum": self.policy.small_store_minimum})
            if self._take(candidate, home, because):
                return True
        return False

    def _neediest(self) -> str:
        return max(self.wanted, key=lambda code: (self.wanted[code], code))

    def _places_left(self) -> int:
        return sum(self.wanted.values())

    def own_bands(self, *, turn: bool) -> None:
        """Each band from its own candidates."""
        for band in self._from_the_top():
            self._fill(band, band, turn=turn)

    def beside(self, *, turn: bool) -> None:
        """Bands that ran dry from the bands beside them, nearest first."""
        for band in self._from_the_top():
            for other in fallbacks(self.policy.bands, band):
                self._fill(band, other, turn=turn)

    def lowest(self, *, turn: bool) -> None:
        """What is still missing from the last-resort band."""
        for band in self._from_the_top():
            for other in last_resort(self.policy.bands):
                self._fill(band, other, turn=turn)

    def _from_the_top(self) -> list[str]:
        return [band.code for band in reversed(self.policy.bands)]

    def _fill(self, home: str, source: str, *, turn: bool) -> None:
        """Fills places of band ``home`` with candidates of band ``source``."""
        for candidate in self._pools[turn, source]:
            if self.wanted[home] < 1:
                return
            if self._open(candidate):
                self._take(candidate, home, self._reason(candidate, home, source))

    def _open(self, candidate: Candidate) -> bool:
        return candidate.id not in self.chosen and candidate.customer not in self.customers

    def _reason(self, candidate: Candidate, home: str, source: str) -> Because:
        if home == source:
            place, among = self._place[candidate.id]
            return (Chosen.DRAWN, {"place": place, "of": among})
        if source in last_resort(self.policy.bands):
            return (Chosen.LAST_RESORT, {})
        low = next(band.low for band in self.policy.bands if band.code == home)
        return (Chosen.FILLS_BAND, {"low": str(low)})

    def _take(self, candidate: Candidate, home: str, because: Because) -> bool:
        if not self.board.put(candidate):
            self.passed[candidate.id] = NotChosen(candidate.id, Passed.NO_ROOM, self._place[candidate.id][0])
            return False
        self.passed.pop(candidate.id, None)
        reasons = [because] if self.has_turn(candidate) else [because, (Chosen.OFF_TURN, {})]
        self.chosen[candidate.id] = (candidate, home, tuple(reasons))
        self.customers.add(candidate.customer)
        self.wanted[home] -= 1
        self._count(candidate, home, because[0])
        return True

    def _count(self, candidate: Candidate, home: str, code: str) -> None:
        source = self.policy.band_of(candidate.amount)
        if source != home:
            lowest = source in last_resort(self.policy.bands)
            self.filled[f"{Chosen.LAST_RESORT if lowest else Chosen.FILLS_BAND}:{home}"] += 1
        if not self.has_turn(candidate):
            self.counts["small_store_out_of_turn" if code == Chosen.SMALL_STORE else "off_turn"] += 1
        if candidate.store_size == SMALL and candidate.store is not None:
            self.small_planned[candidate.store] += 1

    def fill(self) -> None:
        """All steps in the order in which rules give way: bands, turns, the lowest band."""
        for turn in (True, False):
            self.own_bands(turn=turn)
            self.beside(turn=turn)
        for turn in (True, False):
            self.lowest(turn=turn)

    def fill_wider(self, shares: Mapping[date, int]) -> Relaxation | None:
        """Lets days exceed their even share by the slack when places are still open; says so if that helped."""
        missing = self._places_left()
        if not missing:
            return None
        self.board.widen({day: share * self.policy.day_slack // WHOLE for day, share in shares.items()})
        self.fill()
        if self._places_left() == missing:
            return None
        most = max(share + share * self.policy.day_slack // WHOLE for share in shares.values())
        return Relaxation("uneven", {"most": most, "share": max(shares.values())})

    def leftovers(self, candidates: Iterable[Candidate]) -> list[NotChosen]:
        """Everybody who was in the draw and not chosen, with the reason."""
        return [self._leftover(each) for each in candidates if each.id not in self.chosen]

    def _leftover(self, candidate: Candidate) -> NotChosen:
        if candidate.customer in self.customers:
            return NotChosen(candidate.id, Passed.CUSTOMER_PLANNED)
        if candidate.id in self.passed:
            return self.passed[candidate.id]
        place = self._place[candidate.id][0]
        return NotChosen(candidate.id, Passed.NOT_DRAWN if self.has_turn(candidate) else Passed.OFF_TURN, place)

    def relaxations(self) -> list[Relaxation]:
        """What the draw gave up."""
        lows = {band.code: str(band.low) for band in self.policy.bands}
        given = []
        for key, count in sorted(self.filled.items()):
            code, _, band = key.partition(":")
            if code == Chosen.FILLS_BAND:
                given.append(Relaxation("band_filled", {"low": lows[band], "count": count}))
        lowest = sum(count for key, count in self.filled.items() if key.startswith(Chosen.LAST_RESORT))
        if lowest:
            given.append(Relaxation("last_resort", {"count": lowest}))
        given += [Relaxation(code, {"count": count}) for code, count in sorted(self.counts.items())]
        return given
