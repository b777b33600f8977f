"""An invented company of any size for the planner: candidates as arrays, people with skills, leave and capacity."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 14)
STORES = 300
SEED = 1
A_DAY = 86_400 * 10**6


def invented_week(candidates: int, people: int, a_day: int) -> dict[str, Any]:
    """What ``draw_plan`` takes: a week of five days with ``a_day`` visits wanted a day."""
    from huiyin.contact_ledger.rules.numbers import CALLING
    from huiyin.kernel.windows import open_windows
    from huiyin.visits.rules.planning import PlanPolicy, PlanWeek, Quota

    quota = Quota(5 * a_day, 5 * a_day, a_day)
    policy = PlanPolicy(first_week=quota, other_weeks=quota)
    days = tuple(MONDAY + timedelta(days=number) for number in range(5))
    hours = [
        (datetime.combine(day, time(start), ZONE), datetime.combine(day, time(end), ZONE))
        for day in days
        for start, end in ((9, 12), (13, 18))
    ]
    week = PlanWeek(MONDAY, days, open_windows(CALLING, hours, datetime.combine(MONDAY, time(), ZONE)))
    return {
        "policy": policy,
        "week": week,
        "candidates": _candidates(candidates, people),
        "agents": _agents(people, days),
        "small_stores": {store: store % 16 for store in range(STORES // 3, STORES)},
    }


def _agents(people: int, days: tuple[date, ...]) -> list[Any]:
    import numpy as np

    from huiyin.visits.rules.planning import Agent

    dice = np.random.default_rng(SEED)
    return [
        Agent(
            number + 1,
            int(dice.integers(30, 61)),
            frozenset(day for day in days if dice.random() < 0.05),
            frozenset(skill for skill in ("lock", "stove", "water") if dice.random() < 0.5),
            frozenset(language for language in ("en", "yue") if dice.random() < 0.3),
        )
        for number in range(people)
    ]


def _candidates(count: int, people: int) -> Any:
    import numpy as np

    from huiyin.kernel.windows import ANY_TIME, PARTS_OF_DAY, Liked
    from huiyin.visits.rules.planning.columns import Candidates, micros

    dice = np.random.default_rng(SEED)
    likes = [ANY_TIME, *(Liked(PARTS_OF_DAY[part]) for part in ("morning", "afternoon"))]
    likes += [Liked((), frozenset({first, second})) for first in range(1, 4) for second in range(4, 6)]
    due_from = micros(datetime.combine(MONDAY, time(), ZONE)) + dice.integers(-7, 5, size=count) * A_DAY
    known = dice.random(count) < 0.35
    store = dice.integers(0, STORES, size=count)
    ids = np.arange(1, count + 1)
    return Candidates(
        id=ids,
        customer=np.where(dice.random(count) < 0.02, dice.integers(1, count, size=count), ids),
        cents=(dice.lognormal(7.8, 1, size=count) * 100).astype(np.int64),
        due_from=due_from,
        due_by=due_from + 9 * A_DAY,
        store=store,
        size=np.where(store == 0, 0, np.where(store < STORES // 3, 1, 2)),
        like=np.where(dice.random(count) < 0.7, 0, dice.integers(0, len(likes), size=count)),
        skill=np.where(dice.random(count) < 0.8, 0, dice.integers(1, 4, size=count)),
        language=np.where(dice.random(count) < 0.9, 0, dice.integers(1, 3, size=count)),
        not_agent=np.where(dice.random(count) < 0.003, dice.integers(1, people + 1, size=count), 0),
        block=(dice.random(count) < 0.1).astype(np.int64),
        owed=dice.random(count) < 0.005,
        placed_agent=np.zeros(count, dtype=np.int64),
        placed_end=np.zeros(count, dtype=np.int64),
        known_from=np.concatenate([[0], np.cumsum(known)]).astype(np.int64),
        known_agent=dice.integers(1, people + 1, size=int(known.sum())),
        likes=tuple(likes),
        skills=("", "lock", "stove", "water"),
        languages=("", "en", "yue"),
        blocks=("", "gap"),
        sizes=("", "large", "small"),
    )
