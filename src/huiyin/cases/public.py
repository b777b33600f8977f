"""The door of the cases room."""

from huiyin.cases.actions.drop_site_task import drop_site_task
from huiyin.cases.actions.end_site_task import end_site_task
from huiyin.cases.actions.link_for_customer import link_for_customer
from huiyin.cases.actions.name_revisitor import name_revisitor
from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.receive_feedback import receive_feedback
from huiyin.cases.actions.record_revisit import record_revisit
from huiyin.cases.actions.stage_reached import stage_reached
from huiyin.cases.actions.taking_steps import take_step
from huiyin.cases.events import (
    CaseCancelled,
    CaseClosed,
    CaseMerged,
    CaseOpened,
    CaseReopened,
    CaseSettled,
    CaseUnmerged,
    FollowUpAgreed,
)
from huiyin.cases.models import Case, CaseRevisit, CaseStage, CaseVerdict, ProblemType
from huiyin.cases.queries.matters import Matter
from huiyin.cases.queries.settings import most_bytes
from huiyin.cases.queries.summary import CaseSummary, case_summary, cases_of_customer, cases_of_source
from huiyin.cases.rules.files import ACCEPTED
from huiyin.cases.rules.kinds import KINDS, LEVELS, TOPICS
from huiyin.cases.rules.states import PHASE_LABELS, PHASES, STATE_LABELS

__all__ = [
    "ACCEPTED",
    "KINDS",
    "LEVELS",
    "PHASES",
    "PHASE_LABELS",
    "STATE_LABELS",
    "TOPICS",
    "Case",
    "CaseCancelled",
    "CaseClosed",
    "CaseMerged",
    "CaseOpened",
    "CaseReopened",
    "CaseRevisit",
    "CaseSettled",
    "CaseStage",
    "CaseSummary",
    "CaseUnmerged",
    "CaseVerdict",
    "FollowUpAgreed",
    "Matter",
    "ProblemType",
    "case_summary",
    "cases_of_customer",
    "cases_of_source",
    "drop_site_task",
    "end_site_task",
    "link_for_customer",
    "most_bytes",
    "name_revisitor",
    "open_case",
    "receive_feedback",
    "record_revisit",
    "stage_reached",
    "take_step",
]
