"""Writes a new version of an answer template."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from huiyin.cases.models import AnswerTemplate
from huiyin.cases.queries.templates import company_today
from huiyin.cases.rules.kinds import KINDS, TOPICS
from huiyin.cases.rules.templates import check_text
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Department

FIELDS = ("name", "text", "text_en", "kind", "topic", "department_id", "retired")


@action("cases.save_template", needs="cases.templates")
def save_template(
    act: Act,
    *,
    code: str = "",
    name: str,
    text: str,
    text_en: str = "",
    kind: str = "",
    topic: str = "",
    department_id: int | None = None,
    retired: bool = False,
    effective_from: date | None = None,
    reason: str,
    expected: int | None = None,
) -> AnswerTemplate:
    """Keeps a template in its next version (a new one without ``code``); ``expected`` is the version that was changed.

    Raises:
        Invalid: no name or text, an unknown variable, kind, topic or department, no reason, or a day that has passed.
        Conflict: somebody saved another version meanwhile, or nothing differs.
    """
    today = company_today(act.now)
    values: dict[str, Any] = {
        "name": name.strip()[:80], "text": text.strip(), "text_en": text_en.strip(), "kind": kind, "topic": topic,
        "department_id": department_id, "retired": retired,
    }  # fmt: skip
    _check(values)
    demand_future(effective_from or today, today)
    last = AnswerTemplate.objects.filter(code=code).order_by("-version").first() if code else None
    if last is not None and all(getattr(last, field) == values[field] for field in FIELDS):
        raise Conflict(message(SAME, version=last.version))
    return new_version(
        act,
        AnswerTemplate,
        {"code": code or uuid.uuid4().hex[:12]},
        values,
        effective_from=effective_from or today,
        reason=demand_reason(reason),
        expected=expected,
    )


def _check(values: dict[str, Any]) -> None:
    wrong: dict[str, Message] = {name: message(_("Fill this in.")) for name in ("name", "text") if not values[name]}
    if values["kind"] not in ("", *KINDS):
        wrong["kind"] = message(_("Choose one of the listed values."))
    if values["topic"] not in ("", *TOPICS):
        wrong["topic"] = message(_("Choose one of the listed values."))
    if values["department_id"] and not Department.objects.filter(pk=values["department_id"]).exists():
        wrong["department_id"] = message(_("Choose a department."))
    if wrong:
        raise Invalid(message(_("The template was not saved. What you typed is kept.")), wrong)
    check_text(str(values["text"]), "text")
    check_text(str(values["text_en"]), "text_en")
