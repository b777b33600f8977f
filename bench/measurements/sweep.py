"""Sweeping everything that is due, beside the bare UPDATE of the same rows."""

import time

from bench.registry import Figures, When, measures
from bench.scene import Scene

TAKEN_BACK = (
    "DELETE FROM promises_promisestep WHERE promise_id IN (SELECT id FROM promises_promise WHERE policy = 'bench')",
    "DELETE FROM promises_promise WHERE policy = 'bench'",
)
# Closed cases owe a follow-up whose warning is due; the rest of their ladders lies ahead.
MADE = """
INSERT INTO promises_promise (kind, title, subject, subject_id, owner_id, department_id, store_id, customer_id,
       start_at, span_amount, span_unit, calendar, calendar_version, policy, due_at, moved_reason, state, ladder_at,
       step, next_at, evidence)
SELECT 'case.follow_up', number, 'cases.case', id, owner_id, department_id, store_id, customer_id,
       now() - interval '3 days', 3, 'working_days', 'standard', 1, 'bench', now() + interval '1 day', '', 'open',
       ARRAY[now() - interval '1 minute', now() + interval '1 day', now() + interval '2 days'],
       0, now() - interval '1 minute', ''
  FROM cases_case c
 WHERE state = 'closed' AND NOT EXISTS (
       SELECT FROM promises_promise p
        WHERE p.kind = 'case.follow_up' AND p.subject = 'cases.case' AND p.subject_id = c.id)
 ORDER BY id LIMIT %s
"""
BARE = """
UPDATE bench_promise p SET step = p.step + 1, next_at = p.ladder_at[p.step + 2]
 WHERE state = 'open' AND next_at <= now()
"""


@measures("sweep", "Sweep of all due promises", When.ALONE, order=20)
def sweep(scene: Scene) -> Figures:
    """One step of each, with its note in the ladder, history and notices."""
    from huiyin.promises.tasks import sweep_all

    _take_back(scene)
    scene.rows(MADE, scene.options.promises)
    with scene.owner() as database:
        database.execute("DROP TABLE IF EXISTS bench_promise")
        database.execute("CREATE TABLE bench_promise (LIKE promises_promise INCLUDING ALL)")
        database.execute("INSERT INTO bench_promise SELECT * FROM promises_promise")
        database.execute("ANALYZE bench_promise, promises_promise")
        began = time.perf_counter()
        bare_rows = database.execute(BARE).rowcount
        bare = time.perf_counter() - began
        database.execute("DROP TABLE bench_promise")
    began = time.perf_counter()
    steps = sweep_all()
    seconds = time.perf_counter() - began
    _take_back(scene)
    return {
        "promises": steps,
        "seconds": round(seconds, 2),
        "per_second": round(steps / seconds),
        "bare_rows": bare_rows,
        "bare_update_seconds": round(bare, 2),
        "times_bare": round((seconds / steps) / (bare / max(1, bare_rows)), 1),
    }


def _take_back(scene: Scene) -> None:
    """Leaves the kept volume as it was."""
    for statement in TAKEN_BACK:
        scene.rows(statement)
