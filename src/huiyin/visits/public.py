"""The door of the visits room."""

from huiyin.visits.actions.cancel import cancel_visit
from huiyin.visits.actions.draw_due import draw_due, lapse
from huiyin.visits.actions.invite import invite
from huiyin.visits.actions.owe_visit import owe_visit
from huiyin.visits.actions.plan_invitations import plan_invitations
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.publish_plan import publish_plan
from huiyin.visits.actions.replan_week import replan_week
from huiyin.visits.actions.ship import ship
from huiyin.visits.events import VisitDone, VisitFailed
from huiyin.visits.link_slot import LinkText
from huiyin.visits.models import Attempt, OwedAnswer, Visit, VisitPolicy, VisitRecord, WeekPlan
from huiyin.visits.queries.plans import plan_answer
from huiyin.visits.queries.policies import policies_in_force, policy_called, rules_in_force, visiting_department
from huiyin.visits.rules.attempts import BUSINESS_LABELS, LINE_LABELS
from huiyin.visits.rules.falling_due import Trigger
from huiyin.visits.rules.lifecycle import FAILED, STATE_LABELS, State
from huiyin.visits.rules.weeks import WeekOfMonth, monday_of, week_of_month
from huiyin.visits.talk_slot import TalkPart

__all__ = [
    "BUSINESS_LABELS",
    "FAILED",
    "LINE_LABELS",
    "STATE_LABELS",
    "Attempt",
    "LinkText",
    "OwedAnswer",
    "State",
    "TalkPart",
    "Trigger",
    "Visit",
    "VisitDone",
    "VisitFailed",
    "VisitPolicy",
    "VisitRecord",
    "WeekOfMonth",
    "WeekPlan",
    "cancel_visit",
    "draw_due",
    "invite",
    "lapse",
    "monday_of",
    "owe_visit",
    "plan_answer",
    "plan_invitations",
    "plan_week",
    "policies_in_force",
    "policy_called",
    "publish_plan",
    "replan_week",
    "rules_in_force",
    "ship",
    "visiting_department",
    "week_of_month",
]
