"""The answers of a questionnaire that are left out of its figures, with the reason for doubt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse

from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.pages.results import span_of
from huiyin.questionnaires.queries.figure_rules import flags_said
from huiyin.questionnaires.queries.forms import versions_of
from huiyin.questionnaires.queries.results import left_out_of


@dataclass(frozen=True)
class LeftOutPage:
    """One page of them, each with its reasons in words."""

    code: str
    title: str
    days: int
    rows: list[tuple[Asking, str]]
    page: KeysetPage[Asking]


@page("questionnaires/<slug:code>/left-out/", name="questionnaire-left-out", needs="questionnaires.see")
def questionnaire_left_out(request: Request, code: str) -> HttpResponse:
    """Exactly the answers that the results page leaves out."""
    rows, days, now = versions_of(code), span_of(request), clock.now()
    found = left_out_of(request.actor, code, now - timedelta(days=days), now)
    some = keyset(found, order=("-asked_at", "-id"), after=request.GET.get("after"))
    context = LeftOutPage(code, rows[0].title, days, [(one, flags_said(one)) for one in some.rows], some)
    return show(request, "questionnaires/left_out.html", context)
