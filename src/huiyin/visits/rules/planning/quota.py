"""How many visits a week has and how they split over bands, days and small stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from huiyin.visits.rules.planning.policy import WHOLE, Band, PlanPolicy
from huiyin.visits.rules.weeks import turn_of, weeks_left_in_month

SMALL = "small"


def week_target(policy: PlanPolicy, monday: date, working_days: int) -> int:
    """The day's number times the working days, at most the week's most (VIS-10); a short week has less."""
    quota = policy.quota_of(monday)
    return min(quota.most, quota.a_day * working_days)


def split(total: int, shares: Sequence[int]) -> list[int]:
    """Splits ``total`` by shares that add up to 100; the largest remainders get the odd ones, ties go to the later."""
    exact = [total * share for share in shares]
    parts = [each // WHOLE for each in exact]
    by_remainder = sorted(range(len(shares)), key=lambda n: (-(exact[n] % WHOLE), -n))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def band_targets(policy: PlanPolicy, total: int) -> dict[str, int]:
    """How many of ``total`` visits each band should have (VIS-11)."""
    parts = split(total, [band.share for band in policy.bands])
    return {band.code: part for band, part in zip(policy.bands, parts, strict=True)}


def fallbacks(bands: Sequence[Band], code: str) -> list[str]:
    """The bands that may fill in for ``code``: nearest first, up before down, without a last-resort band."""
    home = next(n for n, band in enumerate(bands) if band.code == code)
    others = [n for n, band in enumerate(bands) if n != home and not _last_resort(bands, band)]
    return [bands[n].code for n in sorted(others, key=lambda n: (abs(n - home), -n))]


def last_resort(bands: Sequence[Band]) -> list[str]:
    """The bands without a share, taken only when all others are empty."""
    return [band.code for band in bands if _last_resort(bands, band)]


def _last_resort(bands: Sequence[Band], band: Band) -> bool:
    return band.share == 0 and any(other.share for other in bands)


def day_shares(total: int, days: Sequence[date]) -> dict[date, int]:
    """An even share of ``total`` for each day (VIS-13); they differ by one at most."""
    if not days:
        return {}
    base, odd = divmod(total, len(days))
    return {day: base + (number >= len(days) - odd) for number, day in enumerate(days)}


def small_store_needs(policy: PlanPolicy, monday: date, visited_this_month: Mapping[int, int]) -> dict[int, int]:
    """How many customers of each small store this week must have so that the month reaches its minimum (VIS-12).

    ``visited_this_month`` holds every small store with its successful and planned visits so far. In another size's
    week nothing is needed, unless no week of the small ones is left in the month.
    """
    weeks = weeks_left_in_month(monday, policy.belongs_by)
    turns = [week for week in weeks if not policy.turns or turn_of(week, policy.turns) == SMALL]
    if turns and turns[0] != weeks[0]:
        return {}
    missing = {store: policy.small_store_minimum - seen for store, seen in visited_this_month.items()}
    return {store: -(-gap // max(len(turns), 1)) for store, gap in missing.items() if gap > 0}
