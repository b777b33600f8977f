"""Whether an article helped."""

from __future__ import annotations

from django.db.models import Count, Q

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Forbidden
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.knowledge.models import Article, ArticleVote
from huiyin.knowledge.rules.states import State


@action("knowledge.vote", needs="knowledge.see")
def vote_article(act: Act, article_id: int, *, useful: bool) -> Article:
    """Counts one vote of one person about the text in use; a second one replaces the first.

    Raises:
        Conflict: the article has no text in use.
    """
    article = act.lock(Article.objects.visible_to(act.actor), article_id)
    if article.shown_id is None or article.state == State.RETIRED:
        raise Conflict(message(_("Only a published article can be judged.")))
    if act.actor.staff_id is None:
        raise Forbidden
    ArticleVote.objects.update_or_create(
        text_id=article.shown_id,
        person_id=act.actor.staff_id,
        defaults={"useful": useful, "at": act.now},
    )
    votes = ArticleVote.objects.filter(text_id=article.shown_id)
    counts = votes.aggregate(yes=Count("id", filter=Q(useful=True)), no=Count("id", filter=Q(useful=False)))
    article.useful, article.useless = counts["yes"], counts["no"]
    article.save(update_fields=["useful", "useless"])
    act.record(article, useful=useful)
    return article
