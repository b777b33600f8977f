"""The API of articles: search, list, one, write, and every step of their life."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Query, Router, Schema, Status

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.knowledge.actions.review import publish_article, return_article, submit_article
from huiyin.knowledge.actions.save import save_article, write_article
from huiyin.knowledge.actions.tend import confirm_article, retire_article, revive_article
from huiyin.knowledge.actions.vote import vote_article
from huiyin.knowledge.models import Article
from huiyin.knowledge.queries.articles import NEWEST, article_seen_by, articles_in
from huiyin.knowledge.queries.numbers import today_of
from huiyin.knowledge.queries.search import search_articles
from huiyin.knowledge.rules.states import NEEDS
from huiyin.knowledge.rules.texts import LONGEST, LONGEST_TITLE, Draft

PREFIX = "/articles"
router = Router(tags=["knowledge"])
SEE = "knowledge.see"


class ArticleOut(Schema):
    """An article; texts are Markdown, of the version in use, else of the draft."""

    id: int
    state: str = Field(description="draft, review, published or retired: where the newest text stands.")
    in_use: bool
    version: int
    title: str
    text: str
    title_en: str
    text_en: str
    products: list[str]
    problem_types: list[str]
    visibility: str
    review_on: date | None
    useful: int
    useless: int
    used: int
    changed_at: datetime


class FoundOut(Schema):
    """An article that fits a search, with the place that fits."""

    id: int
    title: str
    text: str
    useful: int
    useless: int


class ArticleIn(Schema):
    """An article's text; Chinese or English may be empty, not both."""

    title: str = Field("", max_length=LONGEST_TITLE)
    text: str = Field("", max_length=LONGEST)
    title_en: str = Field("", max_length=LONGEST_TITLE)
    text_en: str = Field("", max_length=LONGEST)
    products: list[str] = []
    problem_types: list[str] = []
    visibility: str = "staff"

    def draft(self) -> Draft:
        """What was sent."""
        values = self.model_dump(include=set(ArticleIn.model_fields))
        return Draft(**{**values, "products": tuple(self.products), "problem_types": tuple(self.problem_types)})


class ArticleChangeIn(ArticleIn):
    """A new version of the text, why, and which version was changed."""

    expected: int | None = None
    reason: str = Field("", max_length=200)


class ReviewerIn(Schema):
    """Who is asked to review; null: anybody who reviews articles."""

    reviewer_id: int | None = None


class WhyIn(Schema):
    """A reason."""

    reason: str = Field(max_length=200)


class VoteIn(Schema):
    """Whether it helped."""

    useful: bool


@router.get("", auth=needs(SEE), response=answers(Page[ArticleOut]))
def list_articles(request: ApiRequest, cursor: Query[Cursor], tab: str = "use") -> Page[ArticleOut]:
    """Articles by tab (use, mine, review, due, drafts, retired), the last changed first."""
    rows = articles_in(request.actor, tab, today_of(clock.now()))
    return page_of(rows, order=NEWEST, cursor=cursor, out=article_out)


@router.get("/search", auth=needs(SEE), response=answers(list[FoundOut]))
def find_articles(request: ApiRequest, text: str = "", language: str = "zh-hans") -> list[FoundOut]:
    """The best articles in use for the words typed so far; two Chinese characters are enough."""
    found = search_articles(request.actor, text.replace("\x00", "")[:100], language=language)
    return [
        FoundOut(id=each.pk, **{name: getattr(each, name) for name in FoundOut.model_fields if name != "id"})
        for each in found
    ]


@router.post("", auth=needs(NEEDS["save"]), response=answers(ArticleOut, 201))
def create_article(request: ApiRequest, data: ArticleIn) -> Status[ArticleOut]:
    """Begins an article as a draft."""
    made = outcome(write_article, call_of_api(request), data.draft())
    return Status(201, _one(request, made))


@router.get("/{int:article_id}", auth=needs(SEE), response=answers(ArticleOut))
def get_article(request: ApiRequest, article_id: int) -> ArticleOut:
    """One article."""
    return _one(request, article_id)


@router.put("/{int:article_id}", auth=needs(NEEDS["save"]), response=answers(ArticleOut))
def change_article(request: ApiRequest, article_id: int, data: ArticleChangeIn) -> ArticleOut:
    """Saves a new version of the text as a draft; the text in use stays until the new one is published."""
    outcome(save_article, call_of_api(request), article_id, data.draft(), expected=data.expected, reason=data.reason)
    return _one(request, article_id)


@router.post("/{int:article_id}/submit", auth=needs(NEEDS["submit"]), response=answers(ArticleOut))
def hand_article_in(request: ApiRequest, article_id: int, data: ReviewerIn) -> ArticleOut:
    """Hands the newest text in for review."""
    outcome(submit_article, call_of_api(request), article_id, reviewer_id=data.reviewer_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/publish", auth=needs(NEEDS["publish"]), response=answers(ArticleOut))
def put_article_into_use(request: ApiRequest, article_id: int) -> ArticleOut:
    """Publishes the text in review; its author cannot."""
    outcome(publish_article, call_of_api(request), article_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/return", auth=needs(NEEDS["return"]), response=answers(ArticleOut))
def give_article_back(request: ApiRequest, article_id: int, data: WhyIn) -> ArticleOut:
    """Returns the text in review to its author."""
    outcome(return_article, call_of_api(request), article_id, reason=data.reason)
    return _one(request, article_id)


@router.post("/{int:article_id}/confirm", auth=needs(NEEDS["confirm"]), response=answers(ArticleOut))
def confirm_article_is_right(request: ApiRequest, article_id: int) -> ArticleOut:
    """Says that the text in use is still right."""
    outcome(confirm_article, call_of_api(request), article_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/retire", auth=needs(NEEDS["retire"]), response=answers(ArticleOut))
def take_article_out_of_use(request: ApiRequest, article_id: int, data: WhyIn) -> ArticleOut:
    """Takes an article out of use."""
    outcome(retire_article, call_of_api(request), article_id, reason=data.reason)
    return _one(request, article_id)


@router.post("/{int:article_id}/revive", auth=needs(NEEDS["revive"]), response=answers(ArticleOut))
def take_article_up_again(request: ApiRequest, article_id: int) -> ArticleOut:
    """Takes a retired article up again as a draft."""
    outcome(revive_article, call_of_api(request), article_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/vote", auth=needs(SEE), response=answers(ArticleOut))
def judge_article(request: ApiRequest, article_id: int, data: VoteIn) -> ArticleOut:
    """Says whether the text in use helped; a second vote replaces the first."""
    outcome(vote_article, call_of_api(request), article_id, useful=data.useful)
    return _one(request, article_id)


def _one(request: ApiRequest, article_id: int) -> ArticleOut:
    return article_out(article_seen_by(request.actor, article_id))


def article_out(article: Article) -> ArticleOut:
    """An article as the API tells it."""
    text = article.shown or article.newest
    said = ("version", "title", "text", "title_en", "text_en", "products", "problem_types", "visibility")
    own = ("id", "state", "review_on", "useful", "useless", "used", "changed_at")
    return ArticleOut(
        in_use=article.shown_id is not None and article.state != "retired",
        **{name: getattr(text, name) for name in said},
        **{name: getattr(article, name) for name in own},
    )
