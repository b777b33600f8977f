"""Who may review an article."""

from __future__ import annotations

from datetime import datetime

from huiyin.foundation.slots import rights
from huiyin.knowledge.models import ArticleText
from huiyin.knowledge.queries.numbers import today_of
from huiyin.organisation.public import Staff, working_staff

MOST = 200


def reviewers(now: datetime, text: ArticleText) -> list[Staff]:
    """People at work today who review articles and did not write this version."""
    roles = sorted(role for right in rights() if right.code == "knowledge.review" for role in right.roles)
    people = working_staff(today_of(now)).filter(roles__overlap=roles).exclude(pk=text.author_id or 0)
    return list(people.select_related("department").order_by("username")[:MOST])
