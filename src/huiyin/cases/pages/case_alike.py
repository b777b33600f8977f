"""What is like a case: perhaps the same matter, articles, and what solved others; loaded after the case's page."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext

from huiyin.cases.actions.use_knowledge import use_knowledge
from huiyin.cases.actions.write_up import SOLVED, write_up_case
from huiyin.cases.models import Case
from huiyin.cases.queries.alike import Alike, alike, told_by
from huiyin.cases.queries.detail import case_seen_by
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.queries.solved import Solved, solved_like
from huiyin.cases.queries.types import code_of_type
from huiyin.cases.rules.alike import DUPLICATE, in_words
from huiyin.cases.rules.lifecycle import moves_out
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.stage_words import STATE_TONES
from huiyin.cases.rules.states import ENDED, STATE_LABELS
from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated
from huiyin.knowledge.public import Found, articles_about, numbers_on, suggest_articles, today_of

SOLVED_SHOWN = 3


@dataclass(frozen=True)
class AlikeLine:
    """A case beside this one: ``why`` in the reader's words, ``state_label`` a message id, ``live``: not ended."""

    pk: int
    number: str
    title: str
    why: str
    tone: str
    state_label: str
    live: bool


@dataclass(frozen=True)
class AlikePage:
    """What is like a case; ``used`` are the articles that helped with it."""

    here: str
    case: Case
    same: list[AlikeLine]
    earlier: list[AlikeLine]
    articles: list[Found]
    used: frozenset[int]
    solved: list[Solved]
    may_merge: bool
    may_answer: bool
    may_write_up: bool


@page("cases/<int:case_id>/alike/", name="case-alike", needs="cases.see")
def case_alike(request: Request, case_id: int) -> HttpResponse:
    """The part of the case's page; alone on a page without JavaScript."""
    context = page_of_alike(request, case_seen_by(request.actor, case_id))
    return show(request, "cases/_alike.html" if request.htmx else "cases/alike.html", context)


@page("cases/<int:case_id>/used/<int:article_id>/", name="case-use-article", needs="cases.note")
def case_use_article(request: Request, case_id: int, article_id: int) -> HttpResponse:
    """Keeps that an article helped with the case."""
    if request.method != "POST":
        return go("case", case_id)
    with suppress(Repeated):
        use_knowledge(call_of(request), case_id, article_id=article_id)
    if request.htmx:
        return case_alike(request, case_id)
    messages.success(request, gettext("Kept as used with this case."))
    return go("case", case_id)


@page("cases/<int:case_id>/article/", name="case-article", needs="knowledge.write")
def case_article(request: Request, case_id: int) -> HttpResponse:
    """Makes an article of a solved case and leads to its text."""
    if request.method != "POST":
        return go("case", case_id)
    try:
        made = write_up_case(call_of(request), case_id).pk
    except Repeated as repeat:
        made = int(repeat.result)
    return go("article", made)


def page_of_alike(request: Request, case: Case) -> AlikePage:
    """The context of the part for this viewer."""
    actor, now = request.actor, clock.now()
    beside = alike(actor, told_by(case), settings_at(now).likeness, now)
    rows = [row for row in beside if row.pk != case.merged_into_id]
    found = suggest_articles(
        actor,
        f"{case.title}\n{case.description}",
        problem_types=[code_of_type(case.problem_type_id)],
        product=case.product_name,
        limit=numbers_on(today_of(now)).suggested,
        language=get_language() or "",
    )
    verbs = {verb for verb, _label in moves_out(case.state)}
    return AlikePage(
        here=reverse("case", args=[case.pk]),
        case=case,
        same=[line_of(row) for row in rows if row.judged == DUPLICATE],
        earlier=[line_of(row) for row in rows if row.judged != DUPLICATE],
        articles=found,
        used=frozenset(articles_about("cases.case", case.pk)),
        solved=solved_like(actor, case, limit=SOLVED_SHOWN),
        may_merge="merge" in verbs and actor.may(NEEDS["merge"]),
        may_answer=actor.may("cases.work") and case.live,
        may_write_up=case.state in SOLVED and actor.may("knowledge.write"),
    )


def line_of(row: Alike) -> AlikeLine:
    """A case in one line, with why it is there."""
    why = " · ".join(say(text) for text in in_words(row.same, row.percent))
    tone, label = STATE_TONES[row.state], STATE_LABELS[row.state]
    return AlikeLine(row.pk, row.number, row.title, why, tone, label, row.state not in ENDED)
