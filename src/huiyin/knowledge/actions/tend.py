"""An article in use grows old: it is still right, it is retired, or it is taken up again."""

from __future__ import annotations

from datetime import timedelta

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.knowledge.actions.indexing import find_no_more
from huiyin.knowledge.actions.locking import locked, moved
from huiyin.knowledge.actions.owing import look_again_later
from huiyin.knowledge.models import Article
from huiyin.knowledge.queries.numbers import numbers_on, today_of
from huiyin.knowledge.rules.states import NEEDS
from huiyin.promises.public import cancel_promises


@action("knowledge.confirm", needs=NEEDS["confirm"])
def confirm_article(act: Act, article_id: int, *, version: int | None = None) -> Article:
    """Says that the text in use is still right; the next look is due after the days of the numbers.

    Raises:
        Conflict: the actor wrote the text, or it has changed since it was read (``version``).
    """
    article, text, move = locked(act, article_id, "confirm", version)
    if text.author_id == act.actor.staff_id:
        raise Conflict(message(_("You wrote this text yourself; somebody else has to look at it.")))
    article.review_on = today_of(act.now) + timedelta(days=numbers_on(today_of(act.now)).fresh_days)
    moved(act, article, move, "review_on")
    look_again_later(act, article, text.title or text.title_en)
    act.record(article, version=text.version, review_on=article.review_on.isoformat())
    return article


@action("knowledge.retire", needs=NEEDS["retire"])
def retire_article(act: Act, article_id: int, *, reason: str) -> Article:
    """Takes an article out of use; nothing of it is lost.

    Raises:
        Invalid: no reason is given.
    """
    article, text, move = locked(act, article_id, "retire")
    if not reason.strip():
        why = message(_("Say why it is not needed any more."))
        raise Invalid(why, {"reason": why})
    moved(act, article, move)
    find_no_more(article)
    cancel_promises(act.call, subject=article, reason=reason.strip()[:200])
    act.record(article, reason=reason.strip()[:200], version=text.version)
    return article


@action("knowledge.revive", needs=NEEDS["revive"])
def revive_article(act: Act, article_id: int) -> Article:
    """Takes a retired article up again as a draft; it comes into use by a new review."""
    article, text, move = locked(act, article_id, "revive")
    article.shown = None
    moved(act, article, move, "shown")
    act.record(article, version=text.version)
    return article
