"""Tables of the visits room."""

from huiyin.visits.models.attempt import Attempt
from huiyin.visits.models.invitation import Invitation
from huiyin.visits.models.plan import PlanChoice, PlanState, WeekPlan
from huiyin.visits.models.plan_work import UNFINISHED, PlanTask, PlanWork, WorkState
from huiyin.visits.models.policy import PlanRules, Script, VisitPolicy
from huiyin.visits.models.record import OwedAnswer, VisitRecord
from huiyin.visits.models.recording import Recording, RecordingRules
from huiyin.visits.models.sub_result import SubResult
from huiyin.visits.models.visit import Visit

__all__ = [
    "UNFINISHED",
    "Attempt",
    "Invitation",
    "OwedAnswer",
    "PlanChoice",
    "PlanRules",
    "PlanState",
    "PlanTask",
    "PlanWork",
    "Recording",
    "RecordingRules",
    "Script",
    "SubResult",
    "Visit",
    "VisitPolicy",
    "VisitRecord",
    "WeekPlan",
    "WorkState",
]
