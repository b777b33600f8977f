"""One article: the text in use or in work, its steps, votes and files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.kernel.refusal import Forbidden, NotFound
from huiyin.knowledge.actions.review import publish_article, return_article, submit_article
from huiyin.knowledge.actions.tend import confirm_article, retire_article, revive_article
from huiyin.knowledge.actions.vote import vote_article
from huiyin.knowledge.models import Article, ArticleFile, ArticleText
from huiyin.knowledge.queries.articles import Verb, article_seen_by, files_of, sees_article, verbs_of, vote_of
from huiyin.knowledge.queries.numbers import numbers_on, today_of
from huiyin.knowledge.queries.people import reviewers
from huiyin.knowledge.rules.files import ACCEPTED
from huiyin.knowledge.rules.markdown import as_html
from huiyin.knowledge.rules.states import NEEDS, VISIBILITIES
from huiyin.knowledge.topics import article_topics

STEPS: dict[str, Callable[..., Article]] = {
    "submit": submit_article,
    "publish": publish_article,
    "return": return_article,
    "confirm": confirm_article,
    "retire": retire_article,
    "revive": revive_article,
}
ASKED = {"return": "reason", "retire": "reason", "submit": "reviewer_id"}
"""What a step asks for besides a click."""
READ = frozenset({"publish", "return", "confirm"})
"""Steps for the newest text: they stand beside it alone, and are refused when it is no longer the one that was read."""


@dataclass(frozen=True)
class ArticlePage:
    """What the page shows; ``drafted``: the text shown is not the one in use."""

    article: Article
    text: ArticleText
    title: str
    html: SafeString
    drafted: bool
    state_label: str
    tone: str
    visibility: str
    topics: list[str]
    plain: list[Verb]
    asked: list[Verb]
    may_edit: bool
    may_file: bool
    vote: bool | None
    pictures: list[ArticleFile]
    papers: list[ArticleFile]
    accepted: str
    file_megabytes: int
    may_attach: bool
    may_detach: bool
    reviewers: list[tuple[int, str]]
    panels: list[FilledPanel]


class StepForm(forms.Form):
    """What steps may ask for."""

    reason = forms.CharField(required=False, max_length=200)
    reviewer_id = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    version = forms.IntegerField(required=False)

    def __init__(self, *args: object, people: list[tuple[int, str]], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["reviewer_id"].choices = [("", "–"), *people]  # type: ignore[attr-defined]


@page("articles/<int:article_id>/", name="article", needs="knowledge.see")
def article_page(request: Request, article_id: int) -> HttpResponse:
    """Reading an article: the text in use (``?text=shown``), or the newest one (``?text=newest``; to its reviewers)."""
    context = _page(request, article_id)
    return show(request, "knowledge/article.html", context, form=StepForm(people=context.reviewers))


@page("articles/<int:article_id>/steps/<slug:verb>/", name="article-step", needs="knowledge.see")
def article_step(request: Request, article_id: int, verb: str) -> HttpResponse:
    """One step of an article, or a vote (``useful``, ``useless``)."""
    if verb not in STEPS and verb not in ("useful", "useless"):
        raise NotFound
    if verb in NEEDS and not request.actor.may(NEEDS[verb]):
        raise Forbidden
    if request.method != "POST":
        return go("article", article_id)
    context = _page(request, article_id)
    form = StepForm(request.POST, people=context.reviewers)
    if form.is_valid():
        with refusals(form):
            _carry_out(request, article_id, verb, form)
            messages.success(request, gettext("Done."))
    if form.errors:
        return show(request, "knowledge/article.html", _page(request, article_id), 422, form=form)
    return go("article", article_id) if sees_article(request.actor, article_id) else go("articles")


def article_again(request: Request, article_id: int, wrong: forms.Form) -> HttpResponse:
    """The page with what was wrong about its files, the newest text shown."""
    context = _page(request, article_id, newest=True)
    form = StepForm(people=context.reviewers)
    return show(request, "knowledge/article.html", context, 422, form=form, files=wrong)


def _carry_out(request: Request, article_id: int, verb: str, form: StepForm) -> None:
    call = call_of(request)
    if verb in ("useful", "useless"):
        vote_article(call, article_id, useful=verb == "useful")
        return
    wanted = [ASKED[verb]] if verb in ASKED else []
    wanted += ["version"] if verb in READ else []
    STEPS[verb](call, article_id, **{name: form.cleaned_data[name] for name in wanted})


def _page(request: Request, article_id: int, *, newest: bool = False) -> ArticlePage:
    article = article_seen_by(request.actor, article_id)
    steps = verbs_of(request.actor, article)
    text = _text(request, article, newest=newest or any(verb.code == "publish" for verb in steps))
    files, numbers = files_of(text), numbers_on(today_of(clock.now()))
    title, said = text.said(get_language() or "")
    label, tone = article.standing(today_of(clock.now()))
    unread = READ if text.pk != article.newest_id else ()
    verbs = [verb for verb in steps if verb.code != "save" and verb.code not in unread]
    may_save = any(verb.code == "save" for verb in steps)
    names = dict(article_topics())
    return ArticlePage(
        article=article,
        text=text,
        title=title,
        html=mark_safe(as_html(said)),  # noqa: S308 - cleaned by an allow-list; tests try scripts
        drafted=text.pk != article.shown_id,
        state_label=label,
        tone=tone,
        visibility=VISIBILITIES.get(text.visibility, text.visibility),
        topics=[names.get(code, code) for code in text.problem_types],
        plain=[verb for verb in verbs if verb.code not in ASKED],
        asked=[verb for verb in verbs if verb.code in ASKED],
        may_edit=may_save,
        may_file=request.actor.may("knowledge.write"),
        vote=vote_of(request.actor, article),
        pictures=[file for file in files if file.is_picture],
        papers=[file for file in files if not file.is_picture],
        accepted=ACCEPTED,
        file_megabytes=numbers.file_megabytes,
        may_attach=may_save and text.pk == article.newest_id and len(files) < numbers.files,
        may_detach=may_save and text.pk == article.newest_id,
        reviewers=_reviewers(article, verbs),
        panels=panels_of("article", request.actor, article_id),
    )


def _text(request: Request, article: Article, *, newest: bool) -> ArticleText:
    """The text in use; the newest one for those who write, when asked for or when none is in use."""
    writes, asked = request.actor.may("knowledge.write"), request.GET.get("text")
    newest = asked == "newest" or article.shown is None or (newest and asked != "shown")
    text = article.newest if writes and newest else article.shown
    if text is None:
        raise NotFound
    return text


def _reviewers(article: Article, verbs: list[Verb]) -> list[tuple[int, str]]:
    if article.newest is None or not any(verb.code == "submit" for verb in verbs):
        return []
    people = reviewers(clock.now(), article.newest)
    return [
        (person.pk, f"{person.name} · {person.department}" if person.department else person.name) for person in people
    ]
