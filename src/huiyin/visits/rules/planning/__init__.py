"""Drawing a week's visits: quota, mix, turns, windows and capacity, reproducible and explained (VIS-10..18).

``draw_plan`` stands in its own module: it brings the solver along, which only drawing a week needs.
"""

from huiyin.visits.rules.planning.facts import (
    Agent,
    Assignment,
    Candidate,
    Kept,
    Mode,
    NotChosen,
    Placed,
    Plan,
    PlanWeek,
    Relaxation,
    Step,
    Stratum,
)
from huiyin.visits.rules.planning.policy import Band, PlanPolicy, Quota, policy_from, policy_to
from huiyin.visits.rules.planning.single import draw_replacement, earliest_place

__all__ = [
    "Agent",
    "Assignment",
    "Band",
    "Candidate",
    "Kept",
    "Mode",
    "NotChosen",
    "Placed",
    "Plan",
    "PlanPolicy",
    "PlanWeek",
    "Quota",
    "Relaxation",
    "Step",
    "Stratum",
    "draw_replacement",
    "earliest_place",
    "policy_from",
    "policy_to",
]
