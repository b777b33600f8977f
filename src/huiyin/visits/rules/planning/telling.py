"""Why everybody who is in the plan is in it, and why there (VIS-16)."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.visits.rules.planning.columns import moment_of
from huiyin.visits.rules.planning.facts import Assignment
from huiyin.visits.rules.planning.outcome import Outcome
from huiyin.visits.rules.planning.quota import last_resort
from huiyin.visits.rules.planning.reasons import Because, Chosen


def assignments_of(result: Outcome) -> tuple[Assignment, ...]:
    """Every chosen visit with its place and reasons, by window and agent."""
    made = [_assignment(result, at) for at in range(len(result.rows)) if result.placed[at]]
    return tuple(sorted(made, key=lambda each: (each.window.start, each.agent, each.candidate)))


def _assignment(result: Outcome, at: int) -> Assignment:
    row, place, drawn_at = int(result.rows[at]), result.placing.place[at], at - len(result.owed.rows)
    owed = drawn_at < 0
    because = _owed(result, row) if owed else _drawn(result, row, drawn_at)
    return Assignment(
        candidate=int(result.candidates.id[row]),
        customer=int(result.candidates.customer[row]),
        window=result.places.windows[result.places.window[place]],
        agent=result.places.agents[result.places.agent[place]].id,
        band="" if owed else result.policy.bands[result.drawn.home[drawn_at]].code,
        store=int(result.candidates.store[row]) or None,
        because=(*because, *_where(result, at)),
        obligatory=owed,
    )


def _owed(result: Outcome, row: int) -> Iterator[Because]:
    code = Chosen.OBLIGATORY_LATE if result.screened.late[row] else Chosen.OBLIGATORY
    yield code, {"due": moment_of(result.candidates.due_by[row]).isoformat()}


def _drawn(result: Outcome, row: int, drawn_at: int) -> Iterator[Because]:
    drawn, bands = result.drawn, result.policy.bands
    home, own = bands[drawn.home[drawn_at]], bands[result.screened.band[row]]
    if drawn.for_store[drawn_at]:
        yield Chosen.SMALL_STORE, {"minimum": result.policy.small_store_minimum}
    elif home == own:
        yield Chosen.DRAWN, {"place": int(drawn.number[row]), "of": int(drawn.among[row])}
    elif own.code in last_resort(bands):
        yield Chosen.LAST_RESORT, {}
    else:
        yield Chosen.FILLS_BAND, {"low": str(home.low)}
    if drawn.off_turn[row]:
        yield Chosen.OFF_TURN, {}


def _where(result: Outcome, at: int) -> Iterator[Because]:
    if result.by_acquaintance[at]:
        yield Chosen.SAME_AGENT, {}
    elif result.placing.known[at]:
        yield Chosen.OTHER_AGENT, {}
    if result.before[at]:
        yield (Chosen.STAYS if result.stays[at] else Chosen.MOVED), {}
