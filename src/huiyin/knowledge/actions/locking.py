"""An article and its newest text, locked, for one verb."""

from __future__ import annotations

from huiyin.foundation.actions import Act
from huiyin.kernel.lifecycle import Move
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.knowledge.models import Article, ArticleText
from huiyin.knowledge.rules.states import LIFECYCLE

UNREAD = _("The text has changed since you opened it. Nothing was done; please read the new one below.")


def locked(act: Act, article_id: int, verb: str, version: int | None = None) -> tuple[Article, ArticleText, Move]:
    """The article, its newest text and the move that ``verb`` makes; ``version`` is the text that was read.

    Raises:
        NotFound: no such article, or outside the actor's scope.
        Conflict: the verb is not possible in this state, or the newest text is not the one that was read.
    """
    article = act.lock(Article.objects.visible_to(act.actor), article_id)
    move = LIFECYCLE.move(verb, article.state)
    text = article.newest
    if text is None:
        raise NotFound
    if version is not None and version != text.version:
        raise Conflict(message(UNREAD))
    return article, text, move


def moved(act: Act, article: Article, move: Move, *more: str) -> None:
    """Saves the new state, and what else changed."""
    article.state = move.target
    article.changed_at = act.now
    article.save(update_fields=["state", "changed_at", *more])
