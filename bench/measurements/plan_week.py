"""Drawing due visits and planning a week."""

import time

from bench.machine import peak_memory
from bench.registry import Figures, When, measures
from bench.scene import Scene


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
        "memory_mb": peak_memory(),
    }
