"""The planner alone at full size."""

import time

from bench.invented_week import invented_week
from bench.machine import peak_memory
from bench.registry import Figures, When, measures
from bench.scene import Scene

SIZES = ((100_000, 200, 4_000), (1_000_000, 200, 6_000))


@measures("planner", "Planner alone, invented companies", When.ALONE, order=11)
def planner(scene: Scene) -> Figures:
    """100,000 and 1,000,000 candidates for 200 people, from arrays, without a database."""
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
            f"{candidates}_memory_mb": peak_memory(),
        }
    return figures
