"""The list of articles, and the search that answers while one types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import get_language

from huiyin.foundation import clock
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.knowledge.models import Article
from huiyin.knowledge.queries.articles import NEWEST, TABS, articles_in
from huiyin.knowledge.queries.numbers import today_of
from huiyin.knowledge.queries.search import Found, search_articles

SHOWN = 30
LONGEST = 100


@dataclass(frozen=True)
class ArticleRow:
    """An article in one line; ``state_label`` is a message id."""

    pk: int
    title: str
    author: str
    tone: str
    state_label: str
    visibility: str
    changed_at: datetime
    useful: int
    useless: int
    used: int


@dataclass(frozen=True)
class ArticlesPage:
    """The list, or what was found for ``text`` (None: nothing was looked for)."""

    tabs: list[tuple[str, str]]
    tab: str
    text: str
    found: list[Found] | None
    rows: list[ArticleRow]
    keys: KeysetPage[Article]
    may_write: bool
    may_manage: bool


@page("articles/", name="articles", needs="knowledge.see")
def articles(request: Request) -> HttpResponse:
    """Articles by tab, or the best for what is typed."""
    text = request.GET.get("text", "").strip().replace("\x00", "")[:LONGEST]
    context = _searched(request, text) if text else _listed(request)
    return show(request, "knowledge/_articles.html" if request.htmx else "knowledge/articles.html", context)


def _searched(request: Request, text: str) -> ArticlesPage:
    found = search_articles(request.actor, text, limit=SHOWN, language=get_language() or "")
    return _page(request, "use", text, found, KeysetPage([], None))


def _listed(request: Request) -> ArticlesPage:
    tab = request.GET.get("tab", "use")
    tab = tab if tab in TABS else "use"
    rows = articles_in(request.actor, tab, today_of(clock.now()))
    return _page(request, tab, "", None, keyset(rows, order=NEWEST, after=request.GET.get("after"), size=SHOWN))


def _page(request: Request, tab: str, text: str, found: list[Found] | None, keys: KeysetPage[Article]) -> ArticlesPage:
    writes = request.actor.may("knowledge.write")
    return ArticlesPage(
        tabs=[(code, label) for code, label in TABS.items() if writes or code == "use"],
        tab=tab,
        text=text,
        found=found,
        rows=[_row(article, tab) for article in keys.rows],
        keys=keys,
        may_write=writes,
        may_manage=request.actor.may("knowledge.manage"),
    )


def _row(article: Article, tab: str) -> ArticleRow:
    text = article.shown if tab == "use" else article.newest
    label, tone = article.standing(today_of(clock.now()))
    return ArticleRow(
        pk=article.pk,
        title=text.said(get_language() or "")[0] if text else "",
        author=article.author.name if article.author else "",
        tone=tone,
        state_label=label,
        visibility=article.visibility,
        changed_at=article.changed_at,
        useful=article.useful,
        useless=article.useless,
        used=article.used,
    )
