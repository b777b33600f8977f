"""Draws the plan of a week: owed visits first, then the sample by quota, all under the hard rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from huiyin.visits.rules.planning.board import Board, in_time
from huiyin.visits.rules.planning.draw import Because, Draw, lot
from huiyin.visits.rules.planning.facts import (
    Agent,
    Assignment,
    Candidate,
    Kept,
    NotChosen,
    Plan,
    PlanWeek,
    Relaxation,
    Stratum,
)
from huiyin.visits.rules.planning.policy import PlanPolicy
from huiyin.visits.rules.planning.quota import band_targets, day_shares, small_store_needs, week_target
from huiyin.visits.rules.planning.reasons import Chosen, Passed
from huiyin.visits.rules.planning.screening import screen
from huiyin.visits.rules.weeks import turn_of


def draw_plan(
    policy: PlanPolicy,
    week: PlanWeek,
    candidates: Sequence[Candidate],
    agents: Sequence[Agent],
    *,
    seed: int,
    kept: Sequence[Kept] = (),
    small_stores: Mapping[int, int] | None = None,
) -> Plan:
    """The plan of a week.

    ``kept`` are this week's visits that are done or stay as they are; ``small_stores`` maps every small store to its
    customers visited or planned this month. The same seed and facts give the same plan, in whatever order they come.
    Hard and never broken: call windows, working days, capacity, leave, do-not-contact, the customer's own hours, skill
    and language, one visit a customer, the time to visit. Only an *owed* visit whose time is over is still planned, as
    early as possible, and the plan says so.
    """
    board = Board(policy, week, sorted(agents, key=lambda agent: agent.id))
    board.keep(kept)
    ordered = sorted(candidates, key=lambda candidate: candidate.id)
    fit, passed = screen(ordered, board, week)
    target = week_target(policy, week.monday, len(week.working_days))
    owed = _place_owed([each for each in fit if each.obligatory], board, kept, seed)
    sampled = [each for each in fit if not each.obligatory]
    draw, wider = _draw_sample(policy, week, sampled, board, seed, kept, owed.customers, small_stores or {}, target)
    assignments = [*owed.assignments(board), *_sample_assignments(draw, board)]
    relaxations = [
        *_short_week(policy, week, target),
        *owed.relaxations,
        *draw.relaxations(),
        *wider,
        *_missed(policy, draw, week, agents, small_stores or {}, target),
    ]
    return Plan(
        monday=week.monday,
        seed=seed,
        target=target,
        turn=draw.turn,
        assignments=tuple(sorted(assignments, key=lambda each: (each.window.start, each.agent, each.candidate))),
        not_chosen=(*passed, *owed.passed, *draw.leftovers(sampled)),
        relaxations=tuple(relaxations),
        strata=_strata(policy, ordered, assignments),
        band_targets=band_targets(policy, target),
    )


class _Owed:
    """The obligatory visits on the board."""

    def __init__(self) -> None:
        self.placed: list[Candidate] = []
        self.late: set[int] = set()
        self.passed: list[NotChosen] = []
        self.customers: set[int] = set()

    def assignments(self, board: Board) -> list[Assignment]:
        """Owed visits with their places."""
        return [assignment_of(each, board, "", (self._because(each),)) for each in self.placed]

    def _because(self, candidate: Candidate) -> Because:
        code = Chosen.OBLIGATORY_LATE if candidate.id in self.late else Chosen.OBLIGATORY
        return (code, {"due": candidate.due_by.isoformat()})

    @property
    def relaxations(self) -> list[Relaxation]:
        """How many owed visits come late or not at all."""
        counts = (("obligatory_late", len(self.late)), ("obligatory_unplanned", self._without_place()))
        return [Relaxation(code, {"count": count}) for code, count in counts if count]

    def _without_place(self) -> int:
        return sum(each.code == Passed.NO_ROOM for each in self.passed)


def _place_owed(candidates: Iterable[Candidate], board: Board, kept: Sequence[Kept], seed: int) -> _Owed:
    owed = _Owed()
    owed.customers = {each.customer for each in kept}
    for candidate in sorted(candidates, key=lambda each: (each.due_by, lot(seed, each.id))):
        if candidate.customer in owed.customers:
            owed.passed.append(NotChosen(candidate.id, Passed.CUSTOMER_PLANNED))
        elif board.put(candidate, earliest=True):
            owed.placed.append(candidate)
            owed.customers.add(candidate.customer)
        else:
            owed.passed.append(NotChosen(candidate.id, Passed.NO_ROOM))
    owed.late = {each.id for each in owed.placed if not in_time(each, board.at[each.id].window)}
    return owed


def _draw_sample(
    policy: PlanPolicy,
    week: PlanWeek,
    sampled: Sequence[Candidate],
    board: Board,
    seed: int,
    kept: Sequence[Kept],
    customers: Iterable[int],
    small_stores: Mapping[int, int],
    target: int,
) -> tuple[Draw, list[Relaxation]]:
    held = [each for each in kept if each.sampled]
    wanted = _open_places(band_targets(policy, target), Counter(each.band for each in held), target - len(held))
    days = sorted({window.day for window in week.windows})
    on_days = Counter(each.day for each in held)
    shares = day_shares(sum(wanted.values()) + sum(on_days[day] for day in days), days)
    board.share_out({day: max(share - on_days[day], 0) for day, share in shares.items()})
    draw = Draw(policy, board, turn=turn_of(week.monday, policy.turns), wanted=wanted, customers=customers)
    draw.fill_pools(seed, sampled)
    draw.small_stores(small_store_needs(policy, week.monday, small_stores), seed)
    draw.fill()
    wider = draw.fill_wider(shares)
    return draw, [wider] if wider else []


def _open_places(targets: Mapping[str, int], held: Mapping[str, int], total: int) -> dict[str, int]:
    """What each band still needs; together never more than ``total``."""
    wanted = {band: max(count - held.get(band, 0), 0) for band, count in targets.items()}
    surplus = sum(wanted.values()) - max(total, 0)
    for band in sorted(wanted, key=lambda code: (wanted[code], code)):
        taken = min(max(surplus, 0), wanted[band])
        wanted[band] -= taken
        surplus -= taken
    return wanted


def _sample_assignments(draw: Draw, board: Board) -> list[Assignment]:
    return [assignment_of(candidate, board, home, because) for candidate, home, because in draw.chosen.values()]


def assignment_of(candidate: Candidate, board: Board, home: str, because: tuple[Because, ...]) -> Assignment:
    """The candidate's place on the board with its reasons; ``home`` is the band whose place it fills."""
    place = board.at[candidate.id]
    if place.agent.id in candidate.known_agents:
        because = (*because, (Chosen.SAME_AGENT, {}))
    return Assignment(
        candidate=candidate.id,
        customer=candidate.customer,
        window=place.window,
        agent=place.agent.id,
        band=home,
        store=candidate.store,
        because=because,
        obligatory=candidate.obligatory,
    )


def _short_week(policy: PlanPolicy, week: PlanWeek, target: int) -> list[Relaxation]:
    least = policy.quota_of(week.monday).least
    if target >= least:
        return []
    return [Relaxation("short_week", {"days": len(week.working_days), "target": target, "least": least})]


def _missed(
    policy: PlanPolicy,
    draw: Draw,
    week: PlanWeek,
    agents: Sequence[Agent],
    small_stores: Mapping[int, int],
    target: int,
) -> list[Relaxation]:
    missed = []
    if not week.windows:
        missed.append(Relaxation("no_window"))
    if not agents:
        missed.append(Relaxation("nobody"))
    missing = sum(draw.wanted.values())
    if missing:
        params = {"planned": target - missing, "target": target, "missing": missing}
        missed.append(Relaxation("quota_missed", params))
    needs = small_store_needs(policy, week.monday, small_stores)
    below = sum(draw.small_planned[store] < need for store, need in needs.items())
    if below:
        params = {"stores": below, "minimum": policy.small_store_minimum}
        missed.append(Relaxation("small_store_missed", params))
    return missed


def _strata(
    policy: PlanPolicy, candidates: Sequence[Candidate], assignments: Sequence[Assignment]
) -> tuple[Stratum, ...]:
    chosen = {each.candidate for each in assignments}
    sampled = [each for each in candidates if not each.obligatory]
    keys = {each.id: (policy.band_of(each.amount), each.store, each.store_size) for each in sampled}
    there = Counter(keys.values())
    planned = Counter(key for candidate, key in keys.items() if candidate in chosen)
    ordered = sorted(there, key=lambda key: (key[0], key[1] or 0, key[2]))
    return tuple(Stratum(*key, candidates=there[key], planned=planned[key]) for key in ordered)
