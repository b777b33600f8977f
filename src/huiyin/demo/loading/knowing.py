"""The articles of the demo company: most in use, one in review, one draft, one due for review."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from huiyin.demo.rules.knowledge import ARTICLES, Told
from huiyin.foundation.actions import Act
from huiyin.kernel.call import Call
from huiyin.knowledge.actions.review import publish_article, submit_article
from huiyin.knowledge.actions.vote import vote_article
from huiyin.knowledge.models import Article
from huiyin.knowledge.public import Draft, write_article
from huiyin.organisation.public import Role, Staff, actor_of, with_role

WRITTEN = timedelta(days=60)
LONG_AGO = timedelta(days=190)


def load_knowledge(act: Act) -> int:
    """Writes them as the people would have; without people none."""
    writers, reviewers = _people(Role.ENGINEER), _people(Role.QUALITY)
    readers = _people(Role.AGENT)
    if not (writers and reviewers):
        return 0
    for n, told in enumerate(ARTICLES):
        when = act.now - (LONG_AGO if n == 2 else WRITTEN - timedelta(days=n))
        writer, reviewer = writers[n % len(writers)], reviewers[n % len(reviewers)]
        article = write_article(Call(actor_of(writer), when), _draft(told))
        if n < len(ARTICLES) - 1:
            submit_article(Call(actor_of(writer), when), article.pk, reviewer_id=reviewer.pk)
        if n < len(ARTICLES) - 2:
            publish_article(Call(actor_of(reviewer), when), article.pk)
            _judged(readers[: 1 + n % 3], article, act.now - timedelta(days=3))
    return len(ARTICLES)


def _people(role: Role) -> list[Staff]:
    return list(with_role(role).order_by("username")[:4])


def _draft(told: Told) -> Draft:
    return Draft(
        title=told.title,
        text=told.text,
        title_en=told.title_en,
        text_en=told.text_en,
        problem_types=told.types,
        visibility=told.visibility,
    )


def _judged(readers: Sequence[Staff], article: Article, when: datetime) -> None:
    for n, reader in enumerate(readers):
        vote_article(Call(actor_of(reader), when), article.pk, useful=n != 2)
