"""Makes an article of a solved case in one step: problem, cause and solution, without whoever it was (KNO-1)."""

from __future__ import annotations

import re

from huiyin.cases.actions.moving import locked
from huiyin.cases.models import Case
from huiyin.cases.queries.solved import cause_of, solution_of
from huiyin.cases.queries.types import code_of_type
from huiyin.cases.rules.anonymous import without_persons
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.knowledge.public import Article, Draft, write_article

SOLVED = frozenset({str(state) for state in (State.DONE, State.TOLD, State.ACCEPTED, State.REVISIT, State.CLOSED)})
# Chinese data: an article made of a Chinese case has Chinese headings, whoever makes it.
NOTHING = "（待补充）"
_HAN = re.compile("[\u4e00-\u9fff]")


@action("cases.write_up", needs="knowledge.write")
def write_up_case(act: Act, case_id: int) -> Article:
    """Begins an article from a solved case, or gives the one that was made of it before; the case leads to it.

    Raises:
        NotFound: no such case, or outside the actor's scope.
        Conflict: the case is not solved yet.
    """
    case = locked(act, case_id)
    if case.state not in SOLVED:
        raise Conflict(message(_("Only a solved case becomes an article.")))
    article = write_article(act.call, _draft(case), source=(case._meta.label_lower, case.pk))
    act.record(case, customer_id=case.customer_id, article_id=article.pk)
    return article


def _names_of(case: Case) -> list[str]:
    """The customer and everybody in the file: who called is often named only in the text."""
    if case.customer is None:
        return []
    return [case.customer.name, *case.customer.contacts.values_list("name", flat=True)]


def _draft(case: Case) -> Draft:
    names = [case.reporter_name, *_names_of(case)]
    title, problem, cause, solution = (
        without_persons(text, names=names, serials=[case.serial]).strip()
        for text in (case.title, case.description, cause_of(case), solution_of(case.pk))
    )
    products = tuple(each for each in (case.product_name,) if each)
    types = tuple(each for each in (code_of_type(case.problem_type_id),) if each)
    if _HAN.search(problem):
        text = f"## 问题\n{problem}\n\n## 原因\n{cause or NOTHING}\n\n## 解决\n{solution or NOTHING}"
        return Draft(title=title, text=text, products=products, problem_types=types)
    text = f"## Problem\n{problem}\n\n## Cause\n{cause or '…'}\n\n## Solution\n{solution or '…'}"
    return Draft(title_en=title, text_en=text, products=products, problem_types=types)
