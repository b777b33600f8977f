"""Running clocks reckoned anew after a change of the calendar, beside the bare UPDATE of the same rows."""

import time

from bench.opened import open_again, take_back
from bench.registry import Figures, When, measures
from bench.scene import Scene

BARE = """
UPDATE bench_promise SET due_at = due_at + interval '1 day', next_at = next_at + interval '1 day',
       ladder_at = ARRAY[due_at, due_at, due_at], calendar_version = calendar_version + 1
 WHERE evidence = 'bench' AND state = 'open'
"""


@measures("reckon_clocks", "Running clocks reckoned anew", When.ALONE, order=21)
def reckon_clocks(scene: Scene) -> Figures:
    """Slices of cases with their promises, ladders, places in the queue and sealed history, each committed."""
    open_again(scene, scene.options.promises // 3)
    with scene.owner() as database:
        database.execute("DROP TABLE IF EXISTS bench_promise")
        database.execute("CREATE TABLE bench_promise (LIKE promises_promise INCLUDING ALL)")
        database.execute("INSERT INTO bench_promise SELECT * FROM promises_promise WHERE evidence = 'bench'")
        database.execute("ANALYZE bench_promise, promises_promise, cases_case")
        began = time.perf_counter()
        bare_rows = database.execute(BARE).rowcount
        bare = time.perf_counter() - began
        database.execute("DROP TABLE bench_promise")
    cases, promises, seconds, longest = _reckoned(scene)
    take_back(scene)
    return {
        "cases": cases,
        "promises": promises,
        "seconds": round(seconds, 2),
        "per_second": round(promises / seconds),
        "longest_slice_seconds": round(longest, 2),
        "bare_rows": bare_rows,
        "bare_update_seconds": round(bare, 2),
        "times_bare": round((seconds / max(1, promises)) / (bare / max(1, bare_rows)), 1),
    }


def _reckoned(scene: Scene) -> tuple[int, int, float, float]:
    """Cases and promises, the time for all of them, and for the longest slice, for which its cases were locked."""
    from huiyin.cases.actions.do_clock_work import reckon_slice
    from huiyin.cases.models import ClockWork, SlaPolicy
    from huiyin.foundation.calls import system_call
    from huiyin.working_time.public import calendar_of

    policy = SlaPolicy.objects.get(code="standard", version=1)
    followed, policy.follows_calendar = policy.follows_calendar, True
    policy.save()
    now = system_call().now
    version = calendar_of("standard").version
    work = ClockWork.objects.create(calendar="standard", version=version, effective_from=now.date(), asked_at=now)
    cases = promises = 0
    longest, began, more = 0.0, time.perf_counter(), True
    while more:
        at = time.perf_counter()
        done = reckon_slice(system_call(), work.pk)
        cases, promises, more = cases + done.cases, promises + done.moved, done.more
        longest = max(longest, time.perf_counter() - at)
    seconds = time.perf_counter() - began
    work.delete()
    policy.follows_calendar = followed
    policy.save()
    return cases, promises, seconds, longest
