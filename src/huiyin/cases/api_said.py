"""The API of what is said and done again and again: macros, and answer templates."""

from __future__ import annotations

from functools import partial
from typing import Any

from ninja import Field, Router, Schema

from huiyin.cases.actions.macros import run_macro
from huiyin.cases.actions.send_template import send_template
from huiyin.cases.actions.telling import address_of
from huiyin.cases.models import AnswerTemplate, Macro
from huiyin.cases.queries.detail import case_seen_by
from huiyin.cases.queries.macros import macro_of, macros_of
from huiyin.cases.queries.templates import filled_for, link_standing, templates_in_force, templates_to_write
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.templates import Filled
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome

router = Router(tags=["cases"])


class MacroOut(Schema):
    """Steps that run as one; ``whose`` is own, department or all."""

    id: int
    name: str
    whose: str
    department_id: int | None
    steps: list[dict[str, Any]] = Field(description="As PUT /cases/bulk/{id}/changes takes them.")


class RunMacroIn(Schema):
    """Which macro."""

    macro_id: int


class RanOut(Schema):
    """The macro was run on the case; all of its steps."""

    case_id: int
    macro_id: int


class TemplateOut(Schema):
    """The version of an answer template that holds; empty ``kind``, ``topic`` and department fit every case."""

    code: str
    version: int
    name: str
    text: str
    text_en: str
    kind: str
    topic: str
    department_id: int | None


class FilledOut(Schema):
    """A template filled in for a case, in the customer's language; ``missing``: variables without a value."""

    code: str
    version: int
    name: str
    text: str
    missing: list[str]


class SendIn(Schema):
    """Which template, by its code."""

    template: str = Field(max_length=40)


class SentOut(Schema):
    """The entry of the conversation that was sent."""

    case_id: int
    note_id: int


@router.get("/macros", auth=needs("cases.note"), response=answers(list[MacroOut]))
def list_macros(request: ApiRequest) -> list[MacroOut]:
    """Macros the caller may run: own ones, those of the own departments, everybody's."""
    return [_macro(row) for row in macros_of(request.actor)]


@router.post("/{int:case_id}/macro", auth=needs("cases.note"), response=answers(RanOut))
def run_case_macro(request: ApiRequest, case_id: int, data: RunMacroIn) -> RanOut:
    """Takes all steps of a macro or none; the case may have left the caller's sight afterwards."""
    macro = macro_of(request.actor, data.macro_id)
    outcome(run_macro, call_of_api(request), case_id, macro_id=macro.pk)
    return RanOut(case_id=case_id, macro_id=macro.pk)


@router.get("/templates", auth=needs("cases.see"), response=answers(list[TemplateOut]))
def list_templates(request: ApiRequest) -> list[TemplateOut]:  # noqa: ARG001 - ninja passes it
    """Answer templates in use, by name."""
    return [TemplateOut.from_orm(row) for row in templates_in_force(clock.now())]


@router.get("/{int:case_id}/templates", auth=needs("cases.work"), response=answers(list[FilledOut]))
def list_case_templates(request: ApiRequest, case_id: int) -> list[FilledOut]:
    """The templates offered for a case, the closest fitting first, filled in; none where the caller may not write."""
    now = clock.now()
    case = case_seen_by(request.actor, case_id)
    token = link_standing(case, now)
    filled = partial(filled_for, case=case, actor=request.actor, now=now, link=address_of(token) if token else "")
    rows = templates_to_write(request.actor, case, now)
    return [_filled(row, filled(row.text, row.text_en)) for row in rows]


@router.post("/{int:case_id}/send-template", auth=needs(NEEDS["answer"]), response=answers(SentOut))
def send_case_template(request: ApiRequest, case_id: int, data: SendIn) -> SentOut:
    """Writes to the customer in the words of a template; 422 names the variable that has no value."""
    note = outcome(send_template, call_of_api(request), case_id, template=data.template)
    return SentOut(case_id=case_id, note_id=note)


def _macro(row: Macro) -> MacroOut:
    whose = "own" if row.owner_id else "department" if row.department_id else "all"
    return MacroOut(id=row.pk, name=row.name, whose=whose, department_id=row.department_id, steps=row.steps)


def _filled(row: AnswerTemplate, filled: Filled) -> FilledOut:
    return FilledOut(code=row.code, version=row.version, name=row.name, text=filled.text, missing=list(filled.missing))
