"""The results page of a questionnaire: measures with n, interval and response rate; mode effect; weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.questionnaires.queries.forms import versions_of
from huiyin.questionnaires.queries.results import Results, Scored, results_of
from huiyin.questionnaires.queries.weighting import ways
from huiyin.questionnaires.rules.figure import Figure
from huiyin.questionnaires.rules.words import SERVQUAL_LABELS, WAY_LABELS

SPANS = (30, 90, 365)
USUAL = 90  # days


@dataclass(frozen=True)
class Line:
    """One scored question with its text and its figures by way, in words."""

    text: str
    scored: Scored
    by_way: list[tuple[str, Figure]]


@dataclass(frozen=True)
class ResultsPage:
    """The results of the last ``days``; ``gaps`` are SERVQUAL's with their names, ``ways`` the ways to weigh."""

    code: str
    title: str
    days: int
    spans: tuple[int, ...]
    results: Results
    lines: list[Line]
    gaps: list[tuple[str, Figure]]
    ways: list[tuple[str, str]]


@page("questionnaires/<slug:code>/results/", name="questionnaire-results", needs="questionnaires.see")
def questionnaire_results(request: Request, code: str) -> HttpResponse:
    """What came back, as far as this person may see it."""
    rows = versions_of(code)
    days = span_of(request)
    now = clock.now()
    results = results_of(request.actor, code, now - timedelta(days=days), now, request.GET.get("by", ""))
    texts = {one.code: one.text for row in reversed(rows) for one in row.questions.all()}
    lines = [Line(texts[one.code], one, _ways(one.by_way)) for one in results.scored]
    names = {**SERVQUAL_LABELS, "overall": "SERVQUAL"}
    gaps = [(_(names[name]), figure) for name, figure in results.gaps.items()]
    by = [(way.code, _(way.label)) for way in ways().values()]
    about = ResultsPage(code, rows[0].title, days, SPANS, results, lines, gaps, by)
    return show(request, "questionnaires/results.html", about)


def span_of(request: Request) -> int:
    """The days back that were asked for."""
    return next((span for span in SPANS if str(span) == request.GET.get("days")), USUAL)


def _ways(by_way: Mapping[str, Figure]) -> list[tuple[str, Figure]]:
    return [(_(WAY_LABELS[way]) if way in WAY_LABELS else way, figure) for way, figure in by_way.items()]
