"""Drawing due visits, planning a week from them, and the planner alone at full size."""

import resource
import time

from bench.registry import Figures, When, measures
from bench.scene import Scene

SIZES = ((100_000, 200, 4_000), (1_000_000, 200, 6_000))


@measures("plan", "Due visits and weekly plan", When.ALONE, order=10)
def plan(scene: Scene) -> Figures:
    """After the import: every purchase that owes a visit, then the plan of the week after the planned ones."""
    from datetime import timedelta

    from django.utils import timezone

    from huiyin.foundation.calls import system_call
    from huiyin.visits.public import draw_due, monday_of, plan_week

    began = time.perf_counter()
    due = draw_due(system_call())
    drawn = time.perf_counter()
    monday = monday_of(timezone.localdate()) + timedelta(days=14)
    row = plan_week(system_call(), monday, seed=1)
    planned = time.perf_counter()
    return {
        "new_due": due,
        "draw_seconds": round(drawn - began, 2),
        "candidates": row.candidates,
        "chosen": row.chosen,
        "plan_seconds": round(planned - drawn, 2),
        "gap": row.gap,
        "memory_mb": _memory(),
    }


@measures("planner", "Planner alone, invented companies", When.ALONE, order=11)
def planner(scene: Scene) -> Figures:
    """100,000 and 1,000,000 candidates for 200 people, from arrays, without a database."""
    from bench.invented_week import invented_week
    from huiyin.visits.rules.planning.draw_plan import draw_plan

    figures: Figures = {}
    for candidates, people, a_day in SIZES:
        week = invented_week(candidates, people, a_day)
        began, spent = time.perf_counter(), time.process_time()
        drawn = draw_plan(**week, seed=1)
        figures |= {
            f"{candidates}_seconds": round(time.perf_counter() - began, 2),
            f"{candidates}_processor_seconds": round(time.process_time() - spent, 2),
            f"{candidates}_chosen": len(drawn.assignments),
            f"{candidates}_gap": drawn.gap,
            f"{candidates}_memory_mb": _memory(),
        }
    return figures


def _memory() -> int:
    """The most memory this process has had so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
