"""Every version of an article's text, two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.foundation.versions import Difference, Version, two_of, versions_of
from huiyin.knowledge.models import Article, ArticleText
from huiyin.knowledge.queries.articles import article_seen_by, files_of, versions_rows
from huiyin.knowledge.queries.numbers import today_of
from huiyin.knowledge.rules.states import VISIBILITIES

PARTS = {
    "title": _("Title in Chinese"),
    "text": _("Text in Chinese"),
    "title_en": _("Title in English"),
    "text_en": _("Text in English"),
    "products": _("Products and models"),
    "problem_types": _("Problem types"),
    "visibility": _("Who may read it"),
}


@dataclass(frozen=True)
class ArticleVersionsPage:
    """All versions, newest first, and two of them compared."""

    article: Article
    versions: list[Version]
    older: ArticleText
    newer: ArticleText
    differences: list[Difference]


@page("articles/<int:article_id>/versions/", name="article-versions", needs="knowledge.write")
def article_versions(request: Request, article_id: int) -> HttpResponse:
    """The versions, and what the newer one of two changed."""
    article = article_seen_by(request.actor, article_id)
    versions = versions_of(versions_rows(article), today_of(clock.now()))
    older, newer = two_of(request.GET, versions)
    marked = [Version(each.row, each.by, each.at, each.reason, each.row.pk == article.shown_id) for each in versions]
    context = ArticleVersionsPage(article, marked, older, newer, _differences(older, newer))
    return show(request, "knowledge/versions.html", context)


def _differences(older: ArticleText, newer: ArticleText) -> list[Difference]:
    pairs = ((label, _said(older, name), _said(newer, name)) for name, label in PARTS.items())
    files = (gettext("Files"), *(", ".join(file.name for file in files_of(text)) for text in (older, newer)))
    said = ((gettext(label), before, after) for label, before, after in pairs)
    return [Difference(label, before, after) for label, before, after in (*said, files) if before != after]


def _said(text: ArticleText, name: str) -> str:
    value = getattr(text, name)
    if name == "visibility":
        return gettext(VISIBILITIES.get(value, value))
    return ", ".join(value) if isinstance(value, list) else str(value)
