"""Hands an article in for review, and what the reviewer says: published, or returned with a reason."""

from __future__ import annotations

from datetime import timedelta

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.knowledge.actions.indexing import find_by_words
from huiyin.knowledge.actions.locking import locked, moved
from huiyin.knowledge.actions.owing import look_again_later
from huiyin.knowledge.models import Article, ArticleText
from huiyin.knowledge.queries.numbers import numbers_on, today_of
from huiyin.knowledge.queries.people import reviewers
from huiyin.knowledge.rules.kinds import DECIDE
from huiyin.knowledge.rules.states import NEEDS
from huiyin.promises.public import keep_promise, make_promise
from huiyin.working_time.public import Span, Unit


@action("knowledge.submit", needs=NEEDS["submit"])
def submit_article(act: Act, article_id: int, *, reviewer_id: int | None = None) -> Article:
    """Hands the newest text in; who reviews it owes a decision within the working days of the numbers.

    Raises:
        Invalid: the chosen person may not review it, or wrote it.
    """
    article, text, move = locked(act, article_id, "submit")
    if reviewer_id is not None and reviewer_id not in {person.pk for person in reviewers(act.now, text)}:
        why = message(_("Choose somebody who reviews articles and did not write this one."))
        raise Invalid(why, {"reviewer_id": why})
    article.reviewer_id = reviewer_id
    moved(act, article, move, "reviewer")
    make_promise(
        act.call,
        kind=DECIDE,
        subject=article,
        span=Span(numbers_on(today_of(act.now)).decide_days, Unit.WORKING_DAYS),
        title=_name(text),
        owner=reviewer_id,
        department=article.department_id,
    )
    if reviewer_id:
        said = message(_("Please review the article “%(title)s”."), title=_name(text))
        notify_staff(act.call, [reviewer_id], said, page="article", args=[article.pk])
    act.record(article, version=text.version, reviewer_id=reviewer_id)
    return article


@action("knowledge.publish", needs=NEEDS["publish"])
def publish_article(act: Act, article_id: int, *, version: int | None = None) -> Article:
    """Puts the newest text into use; it is found from now on and looked at again on its review date.

    ``version`` is the text that was read (None: not known).

    Raises:
        Conflict: it is not in review, has changed since it was read, or the actor wrote some of it since it was last
            published.
    """
    article, text, move = locked(act, article_id, "publish", version)
    if act.actor.staff_id in _writers(article):
        raise Conflict(message(_("You wrote this text yourself; somebody else has to publish it.")))
    article.shown = text
    article.visibility = text.visibility
    article.products, article.problem_types = text.products, text.problem_types
    article.review_on = today_of(act.now) + timedelta(days=numbers_on(today_of(act.now)).fresh_days)
    text.published_at, text.published_by_id = act.now, act.actor.staff_id
    text.save(update_fields=["published_at", "published_by"])
    moved(act, article, move, "shown", "visibility", "products", "problem_types", "review_on")
    find_by_words(article, text)
    keep_promise(act.call, kind=DECIDE, subject=article, evidence=f"v{text.version}")
    look_again_later(act, article, _name(text))
    _tell_author(act, article, text, message(_("Your article “%(title)s” is published."), title=_name(text)))
    act.record(article, version=text.version)
    return article


@action("knowledge.return", needs=NEEDS["return"])
def return_article(act: Act, article_id: int, *, reason: str, version: int | None = None) -> Article:
    """Gives the text back to its author with what is to be changed.

    Raises:
        Invalid: no reason is given. Conflict: it is not in review, or has changed since it was read.
    """
    article, text, move = locked(act, article_id, "return", version)
    if not reason.strip():
        why = message(_("Say what is to be changed."))
        raise Invalid(why, {"reason": why})
    moved(act, article, move)
    keep_promise(act.call, kind=DECIDE, subject=article, evidence=reason[:200])
    said = message(_("Your article “%(title)s” came back: %(reason)s"), title=_name(text), reason=reason.strip()[:200])
    _tell_author(act, article, text, said)
    act.record(article, reason=reason.strip()[:200], version=text.version)
    return article


def _writers(article: Article) -> set[int]:
    """Who wrote a version since the text in use; all of it is published with the newest one."""
    since = article.shown.version if article.shown else 0
    rows = article.texts.filter(version__gt=since, author__isnull=False)
    return {author for author in rows.values_list("author_id", flat=True) if author}


def _tell_author(act: Act, article: Article, text: ArticleText, said: object) -> None:
    if text.author_id and text.author_id != act.actor.staff_id:
        notify_staff(act.call, [text.author_id], said, page="article", args=[article.pk])  # type: ignore[arg-type]


def _name(text: ArticleText) -> str:
    return text.title or text.title_en
