"""Remembers that an article helped with a case."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked
from huiyin.cases.models import Case
from huiyin.foundation.actions import Act, action
from huiyin.knowledge.public import use_article


@action("cases.use_knowledge", needs="cases.note")
def use_knowledge(act: Act, case_id: int, *, article_id: int) -> Case:
    """Keeps it once a case and article; both must be in the actor's sight."""
    case = locked(act, case_id)
    use_article(act.call, article_id, about=(case._meta.label_lower, case.pk))
    act.record(case, customer_id=case.customer_id, article_id=article_id)
    return case
