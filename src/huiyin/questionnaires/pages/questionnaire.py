"""One questionnaire: its versions, its draft, and files of them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict, Repeated
from huiyin.questionnaires.actions.make_draft import make_draft
from huiyin.questionnaires.models import Questionnaire
from huiyin.questionnaires.pages.telling import tell
from huiyin.questionnaires.queries.forms import form_of, one_version, versions_of
from huiyin.questionnaires.rules.form import form_as_data


@dataclass(frozen=True)
class QuestionnairePage:
    """The versions, newest first; ``now`` is the one asked now, ``draft`` the one being written."""

    code: str
    title: str
    versions: list[Questionnaire]
    now: Questionnaire | None
    draft: Questionnaire | None
    may_change: bool


@page("questionnaires/<slug:code>/", name="questionnaire", needs="questionnaires.see")
def questionnaire(request: Request, code: str) -> HttpResponse:
    """Every version with its date and how often it was asked."""
    rows = versions_of(code)
    published = [row for row in rows if row.state == "published"]
    draft = next((row for row in rows if row.state == "draft"), None)
    now = published[0] if published else None
    about = QuestionnairePage(code, rows[0].title, published, now, draft, request.actor.may("questionnaires.change"))
    return show(request, "questionnaires/versions.html", about)


@page("questionnaires/<slug:code>/<int:version>/draft/", name="questionnaire-redraft", needs="questionnaires.change")
@require_POST
def questionnaire_redraft(request: Request, code: str, version: int) -> HttpResponse:
    """Begins a draft that says what a version says, and goes on with it."""
    try:
        make_draft(call_of(request), code, version)
    except Repeated:
        pass
    except Conflict as refusal:
        tell(request, refusal)
    return go("questionnaire-draft", code)


@page("questionnaires/<slug:code>/<int:version>/file/", name="questionnaire-file", needs="questionnaires.see")
def questionnaire_file(request: Request, code: str, version: int) -> HttpResponse:  # noqa: ARG001 - pages take it
    """The version as a file that comes back in unchanged (DIG-6)."""
    text = json.dumps(form_as_data(form_of(one_version(code, version))), ensure_ascii=False, indent=2)
    answer = HttpResponse(text + "\n", content_type="application/json; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{code}-v{version}.json"'
    return answer
