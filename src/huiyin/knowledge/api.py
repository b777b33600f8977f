"""The API of articles: search, list, one, write, and every step of their life."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpResponse
from ninja import Field, File, Query, Router, Schema, Status, UploadedFile

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.foundation.file_answer import file_answer
from huiyin.knowledge.actions.attach import attach_to_article, detach_from_article
from huiyin.knowledge.actions.review import publish_article, return_article, submit_article
from huiyin.knowledge.actions.save import save_article, write_article
from huiyin.knowledge.actions.tend import confirm_article, retire_article, revive_article
from huiyin.knowledge.actions.vote import vote_article
from huiyin.knowledge.models import Article, ArticleFile, ArticleText
from huiyin.knowledge.queries.articles import NEWEST, article_seen_by, articles_in, file_seen_by, files_of
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


class ArticleFileOut(Schema):
    """A file of an article; ``size`` in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    in_use: bool = Field(description="Belongs to the text in use.")
    in_newest: bool = Field(description="Belongs to the newest text, which may be a draft.")


class ArticleDetailOut(ArticleOut):
    """An article with its files; those of a draft only for those who write."""

    files: list[ArticleFileOut]


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


@router.post("", auth=needs(NEEDS["save"]), response=answers(ArticleDetailOut, 201))
def create_article(request: ApiRequest, data: ArticleIn) -> Status[ArticleDetailOut]:
    """Begins an article as a draft."""
    made = outcome(write_article, call_of_api(request), data.draft())
    return Status(201, _one(request, made))


@router.get("/{int:article_id}", auth=needs(SEE), response=answers(ArticleDetailOut))
def get_article(request: ApiRequest, article_id: int) -> ArticleDetailOut:
    """One article."""
    return _one(request, article_id)


@router.put("/{int:article_id}", auth=needs(NEEDS["save"]), response=answers(ArticleDetailOut))
def change_article(request: ApiRequest, article_id: int, data: ArticleChangeIn) -> ArticleDetailOut:
    """Saves a new version of the text as a draft; the text in use stays until the new one is published."""
    outcome(save_article, call_of_api(request), article_id, data.draft(), expected=data.expected, reason=data.reason)
    return _one(request, article_id)


@router.post("/{int:article_id}/submit", auth=needs(NEEDS["submit"]), response=answers(ArticleDetailOut))
def hand_article_in(request: ApiRequest, article_id: int, data: ReviewerIn) -> ArticleDetailOut:
    """Hands the newest text in for review."""
    outcome(submit_article, call_of_api(request), article_id, reviewer_id=data.reviewer_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/publish", auth=needs(NEEDS["publish"]), response=answers(ArticleDetailOut))
def put_article_into_use(request: ApiRequest, article_id: int) -> ArticleDetailOut:
    """Publishes the text in review; its author cannot."""
    outcome(publish_article, call_of_api(request), article_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/return", auth=needs(NEEDS["return"]), response=answers(ArticleDetailOut))
def give_article_back(request: ApiRequest, article_id: int, data: WhyIn) -> ArticleDetailOut:
    """Returns the text in review to its author."""
    outcome(return_article, call_of_api(request), article_id, reason=data.reason)
    return _one(request, article_id)


@router.post("/{int:article_id}/confirm", auth=needs(NEEDS["confirm"]), response=answers(ArticleDetailOut))
def confirm_article_is_right(request: ApiRequest, article_id: int) -> ArticleDetailOut:
    """Says that the text in use is still right."""
    outcome(confirm_article, call_of_api(request), article_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/retire", auth=needs(NEEDS["retire"]), response=answers(ArticleDetailOut))
def take_article_out_of_use(request: ApiRequest, article_id: int, data: WhyIn) -> ArticleDetailOut:
    """Takes an article out of use."""
    outcome(retire_article, call_of_api(request), article_id, reason=data.reason)
    return _one(request, article_id)


@router.post("/{int:article_id}/revive", auth=needs(NEEDS["revive"]), response=answers(ArticleDetailOut))
def take_article_up_again(request: ApiRequest, article_id: int) -> ArticleDetailOut:
    """Takes a retired article up again as a draft."""
    outcome(revive_article, call_of_api(request), article_id)
    return _one(request, article_id)


@router.post("/{int:article_id}/vote", auth=needs(SEE), response=answers(ArticleDetailOut))
def judge_article(request: ApiRequest, article_id: int, data: VoteIn) -> ArticleDetailOut:
    """Says whether the text in use helped; a second vote replaces the first."""
    outcome(vote_article, call_of_api(request), article_id, useful=data.useful)
    return _one(request, article_id)


@router.post("/{int:article_id}/files", auth=needs(NEEDS["save"]), response=answers(ArticleDetailOut, 201))
def attach_article_file(request: ApiRequest, article_id: int, upload: File[UploadedFile]) -> Status[ArticleDetailOut]:
    """Keeps a picture or PDF with the newest text, as a new version of it."""
    outcome(attach_to_article, call_of_api(request), article_id, uploads=[upload])
    return Status(201, _one(request, article_id))


@router.delete("/{int:article_id}/files/{int:file_id}", auth=needs(NEEDS["save"]), response=answers(ArticleDetailOut))
def take_article_file_out(request: ApiRequest, article_id: int, file_id: int) -> ArticleDetailOut:
    """Takes a file out of the newest text, as a new version of it."""
    outcome(detach_from_article, call_of_api(request), article_id, file_id=file_id)
    return _one(request, article_id)


@router.get("/{int:article_id}/files/{int:file_id}", auth=needs(SEE), response=answers(None))
def get_article_file(request: ApiRequest, article_id: int, file_id: int) -> HttpResponse:
    """The file's content."""
    file = file_seen_by(request.actor, article_id, file_id)
    return file_answer(file.path, file.media_type, file.name, shown=file.is_picture)


def _one(request: ApiRequest, article_id: int) -> ArticleDetailOut:
    article = article_seen_by(request.actor, article_id)
    shown = _files(article.shown)
    newest = {}
    if request.actor.may("knowledge.write"):
        newest = shown if article.newest_id == article.shown_id else _files(article.newest)
    files = [
        ArticleFileOut(
            id=pk,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            in_use=pk in shown,
            in_newest=pk in newest,
        )
        for pk, file in sorted({**shown, **newest}.items())
    ]
    return ArticleDetailOut(**article_out(article).model_dump(), files=files)


def _files(text: ArticleText | None) -> dict[int, ArticleFile]:
    return {file.pk: file for file in files_of(text)} if text else {}


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
