"""Writes an article, or a new version of its text; an article in use stays in use until the new text is published."""

from __future__ import annotations

from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, new_version
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message
from huiyin.knowledge.actions.locking import locked, moved
from huiyin.knowledge.models import Article, ArticleText
from huiyin.knowledge.queries.numbers import today_of
from huiyin.knowledge.rules.states import NEEDS, State
from huiyin.knowledge.rules.texts import Draft, checked
from huiyin.organisation.public import Staff


@action("knowledge.write", needs=NEEDS["save"])
def write_article(act: Act, draft: Draft, *, source: tuple[str, int] | None = None) -> Article:
    """Begins an article as a draft; ``source`` is the record it was made from. The same record makes one draft only.

    Raises:
        Invalid: the text is not whole; ``fields`` says what is missing.
    """
    draft = checked(draft)
    if source and (standing := made_from(source)):
        return standing
    author = Staff.objects.filter(pk=act.actor.staff_id or 0).first()
    article = Article(
        changed_at=act.now,
        author=author,
        department_id=author.department_id if author else None,
        source=source[0] if source else "",
        source_id=source[1] if source else None,
    )
    article.save()
    _written(act, article, draft, expected=None, reason="")
    _is_for(article, draft)
    article.save()
    return article


@action("knowledge.save", needs=NEEDS["save"])
def save_article(act: Act, article_id: int, draft: Draft, *, expected: int | None = None, reason: str = "") -> Article:
    """Saves a new version of an article's text as a draft; ``expected`` is the version that was changed.

    Raises:
        Invalid: the text is not whole.
        Conflict: it is in review or retired, nothing differs, or somebody saved another version in the meantime.
    """
    article, text, move = locked(act, article_id, "save")
    draft = checked(draft)
    if draft == text.draft and expected in (None, text.version):
        raise Conflict(message(SAME, version=text.version))
    _written(act, article, draft, expected=expected, reason=reason.strip()[:200])
    if article.shown_id is None:
        _is_for(article, draft)
    moved(act, article, move, "newest", "visibility", "products", "problem_types")
    return article


def next_text(act: Act, article: Article, text: ArticleText, *, reason: str) -> ArticleText:
    """The same words as a new version, for what changed beside them; the caller saves ``newest`` with the move."""
    return _written(act, article, text.draft, expected=text.version, reason=reason[:200])


def made_from(source: tuple[str, int]) -> Article | None:
    """The article that was made from a record and is not retired."""
    rows = Article.objects.filter(source=source[0], source_id=source[1]).exclude(state=State.RETIRED)
    return rows.order_by("-pk").first()


def _written(act: Act, article: Article, draft: Draft, *, expected: int | None, reason: str) -> ArticleText:
    values: dict[str, Any] = {**values_of(draft), "author_id": act.actor.staff_id}
    made = article.newest = new_version(
        act,
        ArticleText,
        {"article": article},
        values,
        effective_from=today_of(act.now),
        reason=reason,
        expected=expected,
    )
    return made


def values_of(draft: Draft) -> dict[str, Any]:
    """A draft as the columns of a text."""
    values = dict(vars(draft))
    return {**values, "products": list(draft.products), "problem_types": list(draft.problem_types)}


def _is_for(article: Article, draft: Draft) -> None:
    article.visibility = draft.visibility
    article.products, article.problem_types = list(draft.products), list(draft.problem_types)
