"""Remembers that an article helped with a record."""

from __future__ import annotations

from django.db.models import F

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.knowledge.models import Article, ArticleUse
from huiyin.knowledge.rules.states import State


@action("knowledge.use", needs="knowledge.see")
def use_article(act: Act, article_id: int, *, about: tuple[str, int]) -> Article:
    """Keeps that the article helped with a record, once a record; whoever calls it has the record in sight.

    Raises:
        Conflict: the article has no text in use.
    """
    article = act.lock(Article.objects.visible_to(act.actor), article_id)
    if article.shown_id is None or article.state == State.RETIRED:
        raise Conflict(message(_("Only a published article can be used.")))
    _use, fresh = ArticleUse.objects.get_or_create(
        article=article,
        subject=about[0],
        subject_id=about[1],
        defaults={"text_id": article.shown_id, "person_id": act.actor.staff_id, "at": act.now},
    )
    if fresh:
        Article.objects.filter(pk=article.pk).update(used=F("used") + 1)
        act.record(article, about=about[0], about_id=about[1])
    return article
