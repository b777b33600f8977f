"""Tables of the cases room."""

from huiyin.cases.models.case import Case, CaseDay, CaseQuerySet, CaseWatcher
from huiyin.cases.models.data import CaseRules, ProblemType, SlaPolicy
from huiyin.cases.models.drafts import CaseLook, Draft
from huiyin.cases.models.handling import CasePlan, CasePlanStep, CaseRevisit, CaseStage, CaseVerdict
from huiyin.cases.models.talk import Attachment, CaseLink, CaseNote, CaseTask

__all__ = [
    "Attachment",
    "Case",
    "CaseDay",
    "CaseLink",
    "CaseLook",
    "CaseNote",
    "CasePlan",
    "CasePlanStep",
    "CaseQuerySet",
    "CaseRevisit",
    "CaseRules",
    "CaseStage",
    "CaseTask",
    "CaseVerdict",
    "CaseWatcher",
    "Draft",
    "ProblemType",
    "SlaPolicy",
]
