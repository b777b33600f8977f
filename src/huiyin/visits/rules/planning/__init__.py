"""Drawing a week's visits: quota, mix, turns, windows and capacity, reproducible and explained (VIS-10..17)."""

from huiyin.visits.rules.planning.draw_plan import draw_plan
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
from huiyin.visits.rules.planning.policy import Band, PlanPolicy, Quota, policy_from, policy_to
from huiyin.visits.rules.planning.replacing import draw_replacement

__all__ = [
    "Agent",
    "Assignment",
    "Band",
    "Candidate",
    "Kept",
    "NotChosen",
    "Plan",
    "PlanPolicy",
    "PlanWeek",
    "Quota",
    "Relaxation",
    "Stratum",
    "draw_plan",
    "draw_replacement",
    "policy_from",
    "policy_to",
]
