"""The API of the record sheet: its files, masked and in full."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse
from django.utils.translation import get_language
from ninja import Field, Router, Schema

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs
from huiyin.kernel.call import Call
from huiyin.visits.actions.take_out_sheet import take_out_sheet
from huiyin.visits.queries.record_sheet import SheetFacts, sheet_facts
from huiyin.visits.record_sheet.forms import FORMS, file_answer
from huiyin.visits.record_sheet.paper import file_name, language_of, record_sheet

PREFIX = "/visits"
router = Router(tags=["visits"])
SheetForm = Literal["pdf", "docx"]
Language = Literal["", "zh-hans", "en"]


class TakeOutIn(Schema):
    """Why personal data is needed in full, and the file to draw."""

    reason: str = Field(max_length=200)
    form: SheetForm = "pdf"
    language: Language = ""


@router.get("/{int:visit_id}/sheet", auth=needs("visits.see"), response=answers(None))
def get_record_sheet(
    request: ApiRequest, visit_id: int, form: SheetForm = "pdf", language: Language = ""
) -> HttpResponse:
    """The record sheet as PDF or Word, personal data masked."""
    return _file(request, sheet_facts(request.actor, visit_id), form, language)


@router.post("/{int:visit_id}/sheet/full", auth=needs("customers.export"), response=answers(None))
def take_out_record_sheet(request: ApiRequest, visit_id: int, data: TakeOutIn) -> HttpResponse:
    """The record sheet with personal data in full; who took it out and why is on record, every time."""
    call = call_of_api(request)
    personal = take_out_sheet(Call(call.actor, call.now), visit_id, reason=data.reason, form=data.form)
    facts = sheet_facts(request.actor, visit_id, personal)
    return _file(request, facts, data.form, data.language, data.reason)


def _file(request: ApiRequest, facts: SheetFacts, form: str, wanted: str, reason: str = "") -> HttpResponse:
    language = language_of(wanted, get_language() or "")
    paper = record_sheet(facts, language=language, now=clock.now(), by=request.actor.name, reason=reason)
    return file_answer(paper, FORMS[form], file_name(facts, paper, form))
