"""The promise that an article in use is looked at again."""

from __future__ import annotations

from datetime import datetime, time

from huiyin.foundation.actions import Act
from huiyin.knowledge.models import Article
from huiyin.knowledge.rules.kinds import LOOK_AGAIN
from huiyin.promises.public import keep_promise, make_promise
from huiyin.working_time.public import Span, Unit, calendar_of

END_OF_DAY = time(18)


def look_again_later(act: Act, article: Article, title: str) -> None:
    """Keeps what was owed about looking at it, and promises it anew for the end of its review date."""
    keep_promise(act.call, kind=LOOK_AGAIN, subject=article, evidence=title[:200])
    if article.review_on is None:
        return
    due = datetime.combine(article.review_on, END_OF_DAY, calendar_of("standard").zone)
    days = max((article.review_on - act.now.astimezone(due.tzinfo).date()).days, 1)
    make_promise(
        act.call,
        kind=LOOK_AGAIN,
        subject=article,
        span=Span(days, Unit.DAYS),
        due_at=due,
        title=title,
        owner=article.author_id,
        department=article.department_id,
    )
