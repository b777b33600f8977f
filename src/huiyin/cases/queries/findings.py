"""What was found out about a case, and the stages of the company's own it went through."""

from __future__ import annotations

from huiyin.cases.models import CaseDiagnosis, OwnStageStay

SHOWN = 10


def diagnoses_of(case_id: int) -> list[CaseDiagnosis]:
    """The diagnoses of a case, newest first."""
    rows = CaseDiagnosis.objects.filter(case=case_id).select_related("by", "handed_to", "handed_person")
    return list(rows.order_by("-pk")[:SHOWN])


def own_stays_of(case_id: int) -> list[OwnStageStay]:
    """The newest stays of a case in own stages, newest first."""
    return list(OwnStageStay.objects.filter(case=case_id).select_related("stage", "by").order_by("-pk")[:SHOWN])
