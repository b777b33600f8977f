"""Answer templates in force, and what their variables stand for in a case."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from huiyin.cases.models import AnswerTemplate, Case
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.queries.detail import in_area
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.templates import Filled, fill
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound

ENGLISH = "en"


def company_today(now: datetime) -> date:
    """The day in the company's zone."""
    return timezone.localtime(now, timezone.get_default_timezone()).date()


def templates_in_force(now: datetime) -> list[AnswerTemplate]:
    """The version that holds of each template that is in use, by name."""
    held = AnswerTemplate.objects.filter(effective_from__lte=company_today(now)).select_related("department")
    newest = {row.code: row for row in held.order_by("code", "effective_from", "version")}
    return sorted((row for row in newest.values() if not row.retired), key=lambda row: row.name)


def templates_for(case: Case, now: datetime) -> list[AnswerTemplate]:
    """Those offered for a case: for its kind, topic and department, the closest fitting first."""
    fitting = [row for row in templates_in_force(now) if _fits(row, case)]
    return sorted(fitting, key=lambda row: (-sum(map(bool, (row.kind, row.topic, row.department_id))), row.name))


def templates_to_write(actor: Actor, case: Case, now: datetime) -> list[AnswerTemplate]:
    """Those for a case in sight; none where the actor may not write to the customer."""
    writes = actor.may("cases.work") and case.live and in_area(actor, case)
    return templates_for(case, now) if writes else []


def _fits(row: AnswerTemplate, case: Case) -> bool:
    return (
        row.kind in ("", case.kind)
        and row.topic in ("", case.topic)
        and row.department_id in (None, case.department_id)
    )


def template_called(code: str, now: datetime) -> AnswerTemplate:
    """The version of a template that holds.

    Raises:
        NotFound: there is none in use.
    """
    found = next((row for row in templates_in_force(now) if row.code == code), None)
    if found is None:
        raise NotFound
    return found


def versions_called(code: str) -> list[AnswerTemplate]:
    """All versions of a template, oldest first.

    Raises:
        NotFound: there is no such template.
    """
    rows = list(AnswerTemplate.objects.filter(code=code).select_related("department").order_by("version"))
    if not rows:
        raise NotFound
    return rows


def all_templates() -> list[AnswerTemplate]:
    """The newest version of every template, by name."""
    newest = {row.code: row for row in AnswerTemplate.objects.select_related("department").order_by("code", "version")}
    return sorted(newest.values(), key=lambda row: (row.retired, row.name))


def filled_for(text: str, text_en: str, case: Case, actor: Actor, now: datetime, *, link: str = "") -> Filled:
    """A template's text in the customer's language, filled in for a case."""
    reach = reach_of(case)
    english = reach.language.startswith(ENGLISH) and bool(text_en.strip())
    due = timezone.localtime(case.due_at, timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M")
    values = {
        "customer": reach.name,
        "number": case.number,
        "title": case.title,
        "due": due if case.has_clock else "",
        "agent": actor.name,
        "department": case.department.name if case.department else "",
        "hotline": conduct_at(now).hotline,
        "product": case.product_name,
        "link": link,
    }
    return fill(text_en if english else text, values)


def link_standing(case: Case, now: datetime) -> str:
    """The token of the customer's link, if one is good."""
    found = case.links.filter(Q(revoked_at=None), expires_at__gt=now).order_by("-id").first()
    return found.token if found else ""
