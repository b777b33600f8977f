"""Writes to the customer in the words of a template."""

from __future__ import annotations

from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.note import answer_customer
from huiyin.cases.actions.telling import address_of, link_of
from huiyin.cases.models import CaseNote
from huiyin.cases.queries.templates import filled_for, template_called
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.send_template", needs=NEEDS["answer"])
def send_template(act: Act, case_id: int, *, template: str) -> CaseNote:
    """Fills the template in for the case, in the customer's language, and sends it like any answer.

    Raises:
        NotFound: there is no such template in use.
        Invalid: the case has no value for one of its variables.
    """
    case = beside(act, case_id, "contact")
    row = template_called(template, act.now)
    link = address_of(link_of(act, case).token)
    filled = filled_for(row.text, row.text_en, case, act.actor, act.now, link=link)
    if filled.missing:
        text = _("The template “%(name)s” needs {%(variable)s}, which this case has not.")
        raise Invalid(message(text, name=row.name, variable=filled.missing[0]))
    return answer_customer(act.call, case_id, text=filled.text)
