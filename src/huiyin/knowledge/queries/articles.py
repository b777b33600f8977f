"""Articles as lists and one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.knowledge.models import Article, ArticleFile, ArticleQuerySet, ArticleText, ArticleVote
from huiyin.knowledge.rules.states import LIFECYCLE, NEEDS, State

TABS: dict[str, str] = {
    "use": _("In use"),
    "mine": _("Written by me"),
    "review": _("In review"),
    "due": _("Due for review"),
    "drafts": _("Drafts"),
    "retired": _("Retired"),
}
NEWEST = ("-changed_at", "-id")


def articles_in(actor: Actor, tab: str, today: date) -> ArticleQuerySet:
    """The articles of a tab that the actor may see, with the texts shown in a list."""
    rows = Article.objects.visible_to(actor).select_related("newest", "shown", "author", "reviewer")
    if tab == "mine":
        return rows.filter(author_id=actor.id)
    if tab == "due":
        return rows.filter(state=State.PUBLISHED, review_on__lte=today)
    states = {"review": State.REVIEW, "drafts": State.DRAFT, "retired": State.RETIRED}
    return rows.filter(state=states[tab]) if tab in states else rows.in_use()


def article_seen_by(actor: Actor, article_id: int) -> Article:
    """The article with its texts.

    Raises:
        NotFound: no such article, or outside the viewer's scope.
    """
    joined = Article.objects.visible_to(actor).select_related("newest", "shown", "author", "reviewer", "department")
    article = joined.filter(pk=article_id).first()
    if article is None:
        raise NotFound
    return article


@dataclass(frozen=True)
class Verb:
    """A step the viewer may take: its code and label (message id)."""

    code: str
    label: str


def verbs_of(actor: Actor, article: Article) -> list[Verb]:
    """The steps possible now that the viewer holds the right for; nobody publishes or confirms an own text."""
    own = {"publish", "confirm"} if article.newest and article.newest.author_id == actor.id else set()
    return [
        Verb(move.verb, move.label)
        for move in LIFECYCLE.next(article.state)
        if move.verb not in own and actor.may(NEEDS[move.verb])
    ]


def versions_rows(article: Article) -> list[ArticleText]:
    """Every version of the text."""
    return list(article.texts.order_by("-version"))


def vote_of(actor: Actor, article: Article) -> bool | None:
    """What the viewer said about the text in use; None: nothing yet."""
    votes = ArticleVote.objects.filter(text_id=article.shown_id, person_id=actor.id)
    return votes.values_list("useful", flat=True).first()


def files_of(text: ArticleText) -> list[ArticleFile]:
    """The files that belong to a version, oldest first."""
    rows = ArticleFile.objects.filter(article=text.article_id, since__lte=text.version)
    return list(rows.filter(Q(until=None) | Q(until__gt=text.version)).order_by("pk"))


def file_seen_by(actor: Actor, article_id: int, file_id: int) -> ArticleFile:
    """A file of the text in use; for those who write, of any version.

    Raises:
        NotFound: no such file, or outside the viewer's scope.
    """
    article = article_seen_by(actor, article_id)
    if actor.may("knowledge.write"):
        found = article.files.filter(pk=file_id).first()
    else:
        shown = files_of(article.shown) if article.shown else []
        found = next((file for file in shown if file.pk == file_id), None)
    if found is None:
        raise NotFound
    return found


def articles_about(subject: str, subject_id: int) -> list[int]:
    """Which articles helped with a record or were made from it."""
    rows = Article.objects.filter(
        Q(uses__subject=subject, uses__subject_id=subject_id) | Q(source=subject, source_id=subject_id)
    )
    return list(rows.values_list("pk", flat=True).distinct())


def sees_article(actor: Actor, article_id: int) -> bool:
    """Whether the article lies in the viewer's scope."""
    return Article.objects.visible_to(actor).filter(pk=article_id).exists()
