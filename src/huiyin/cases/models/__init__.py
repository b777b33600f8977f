"""Tables of the cases room."""

from huiyin.cases.models.bulk import BUSY, BulkItem, BulkState, BulkWork, ItemState
from huiyin.cases.models.case import Case, CaseDay, CaseQuerySet, CaseWatcher
from huiyin.cases.models.clock_work import ClockWork, ClockWorkState
from huiyin.cases.models.data import Agreement, CaseRules, ProblemType, SlaList, SlaPolicy
from huiyin.cases.models.diagnosis import CaseDiagnosis
from huiyin.cases.models.drafts import CaseLook, Draft
from huiyin.cases.models.export import ExportState, TableExport
from huiyin.cases.models.handling import CasePlan, CasePlanStep, CaseRevisit, CaseStage, CaseStay, CaseVerdict
from huiyin.cases.models.identity import CaseIdentity
from huiyin.cases.models.likeness import CaseEscalation, CaseMarks
from huiyin.cases.models.macros import AnswerTemplate, Macro
from huiyin.cases.models.own_stages import OwnStage, OwnStageStay
from huiyin.cases.models.routing import CaseTurn, RoutingRules
from huiyin.cases.models.talk import Attachment, CaseLink, CaseNote, CaseTask
from huiyin.cases.models.ties import CaseMerge, CaseTie
from huiyin.cases.models.view import CaseView

__all__ = [
    "BUSY",
    "Agreement",
    "AnswerTemplate",
    "Attachment",
    "BulkItem",
    "BulkState",
    "BulkWork",
    "Case",
    "CaseDay",
    "CaseDiagnosis",
    "CaseEscalation",
    "CaseIdentity",
    "CaseLink",
    "CaseLook",
    "CaseMarks",
    "CaseMerge",
    "CaseNote",
    "CasePlan",
    "CasePlanStep",
    "CaseQuerySet",
    "CaseRevisit",
    "CaseRules",
    "CaseStage",
    "CaseStay",
    "CaseTask",
    "CaseTie",
    "CaseTurn",
    "CaseVerdict",
    "CaseView",
    "CaseWatcher",
    "ClockWork",
    "ClockWorkState",
    "Draft",
    "ExportState",
    "ItemState",
    "Macro",
    "OwnStage",
    "OwnStageStay",
    "ProblemType",
    "RoutingRules",
    "SlaList",
    "SlaPolicy",
    "TableExport",
]
