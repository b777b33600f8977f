"""Writing an article, and changing its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Conflict, Repeated
from huiyin.kernel.words import gettext_noop, message
from huiyin.knowledge.actions.save import save_article, write_article
from huiyin.knowledge.models import Article
from huiyin.knowledge.queries.articles import article_seen_by
from huiyin.knowledge.rules.states import VISIBILITIES, State
from huiyin.knowledge.rules.texts import LONGEST, LONGEST_TITLE, Draft
from huiyin.knowledge.topics import article_topics

COMMAS = str.maketrans(dict.fromkeys("，、;；\n", ","))
MARKS = _("Markdown: # heading, - list, **bold**, | table |. HTML is shown as text.")


def _text(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, help_text=MARKS, widget=forms.Textarea(attrs={"rows": 14})
    )


def _topics() -> list[tuple[str, str]]:
    """To choose from, what lies below another one indented."""
    return [(code, "\u3000" + name if "." in code else name) for code, name in article_topics()]


class ArticleForm(forms.Form):
    """Texts in two languages, what the article is about and whom it is for."""

    title = forms.CharField(label=_("Title in Chinese"), required=False, max_length=LONGEST_TITLE)
    text = _text(_("Text in Chinese"))
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=LONGEST_TITLE)
    text_en = _text(_("Text in English"))
    products = forms.CharField(
        label=_("Products and models"), required=False, max_length=800, help_text=_("Separated by commas.")
    )
    problem_types = forms.MultipleChoiceField(
        label=_("Problem types"), required=False, choices=_topics, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=lambda: _names(VISIBILITIES))
    reason = forms.CharField(
        label=_("What is changed"), required=False, max_length=200, help_text=_("Stands in the list of versions.")
    )

    def draft(self) -> Draft:
        """What was entered."""
        given = self.cleaned_data
        products = tuple(given["products"].translate(COMMAS).split(","))
        plain = {name: given[name] for name in ("title", "text", "title_en", "text_en", "visibility")}
        return Draft(**plain, products=products, problem_types=tuple(given["problem_types"]))


@dataclass(frozen=True)
class ArticleFormPage:
    """The article that is changed (None: a new one) and the version the form began with."""

    article: Article | None
    version: int


@page("articles/new/", name="article-new", needs="knowledge.write")
def article_new(request: Request) -> HttpResponse:
    """A new article."""
    form = ArticleForm(request.POST or None, initial={"visibility": "staff"})
    if request.method == "POST" and form.is_valid():
        made: int | None = None
        with refusals(form):
            try:
                made = write_article(call_of(request), form.draft()).pk
            except Repeated as repeat:
                made = int(repeat.result)
        if made is not None:
            return go("article", made)
    return show(request, "knowledge/form.html", ArticleFormPage(None, 0), 422 if form.errors else 200, form=form)


@page("articles/<int:article_id>/edit/", name="article-edit", needs="knowledge.write")
def article_edit(request: Request, article_id: int) -> HttpResponse:
    """A new version of the text; the one in use stays until the new one is published."""
    article = article_seen_by(request.actor, article_id)
    if article.newest is None or article.state not in (State.DRAFT, State.PUBLISHED):
        raise Conflict(
            message(
                gettext_noop("It is in review or retired; it can be changed when it is returned or taken up again.")
            )
        )
    draft = article.newest.draft
    first = {**vars(draft), "products": ", ".join(draft.products)}
    form = ArticleForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        with refusals(form):
            save_article(
                call_of(request),
                article_id,
                form.draft(),
                expected=int(version) if version.isdecimal() else None,
                reason=form.cleaned_data["reason"],
            )
        if not form.errors:
            return go("article", article_id)
    page_of = ArticleFormPage(article, article.newest.version)
    return show(request, "knowledge/form.html", page_of, 422 if form.errors else 200, form=form)


def _names(labels: dict[str, str]) -> list[tuple[str, Any]]:
    from django.utils.translation import gettext_lazy  # noqa: PLC0415 - beside the catalogue's own marker

    return [(code, gettext_lazy(label)) for code, label in labels.items()]
