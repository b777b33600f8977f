"""An article and its newest text, locked, for one verb."""

from __future__ import annotations

from huiyin.foundation.actions import Act
from huiyin.kernel.lifecycle import Move
from huiyin.kernel.refusal import NotFound
from huiyin.knowledge.models import Article, ArticleText
from huiyin.knowledge.rules.states import LIFECYCLE


def locked(act: Act, article_id: int, verb: str) -> tuple[Article, ArticleText, Move]:
    """The article, its newest text and the move that ``verb`` makes.

    Raises:
        NotFound: no such article, or outside the actor's scope.
        Conflict: the verb is not possible in this state.
    """
    article = act.lock(Article.objects.visible_to(act.actor), article_id)
    move = LIFECYCLE.move(verb, article.state)
    text = article.newest
    if text is None:
        raise NotFound
    return article, text, move


def moved(act: Act, article: Article, move: Move, *more: str) -> None:
    """Saves the new state, and what else changed."""
    article.state = move.target
    article.changed_at = act.now
    article.save(update_fields=["state", "changed_at", *more])
