"""Policies of clocks as values: for forms, files, versions side by side, and the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.cases.models import SlaList, SlaPolicy
from huiyin.cases.rules.sla_content import NAMES
from huiyin.cases.rules.sla_file import written
from huiyin.foundation.versions import Version, versions_of
from huiyin.kernel.refusal import NotFound
from huiyin.organisation.public import Department
from huiyin.working_time.public import calendar_choices


def content_of(row: SlaPolicy) -> dict[str, Any]:
    """The values of a version in their plain form."""
    return {name: getattr(row, name) for name in NAMES}


def newest_of(code: str) -> SlaPolicy:
    """The newest version of a policy.

    Raises:
        NotFound: there is none.
    """
    row = SlaPolicy.objects.filter(code=code).order_by("-version").first()
    if row is None:
        raise NotFound
    return row


def newest_policies() -> list[SlaPolicy]:
    """The newest version of every policy, by code."""
    return list(SlaPolicy.objects.order_by("code", "-version").distinct("code"))


def newest_list() -> SlaList | None:
    """The newest version of the list."""
    return SlaList.objects.order_by("-version").first()


def versions_of_policy(code: str, today: date) -> list[Version]:
    """Every version of a policy, newest first.

    Raises:
        NotFound: there is none.
    """
    found = versions_of(SlaPolicy.objects.filter(code=code), today)
    if not found:
        raise NotFound
    return found


def versions_of_list(today: date) -> list[Version]:
    """Every version of the list, newest first."""
    return versions_of(SlaList.objects.all(), today)


def exported() -> str:
    """The newest version of every policy and of the list as a file."""
    last = newest_list()
    policies = [{**content_of(row), "effective_from": row.effective_from.isoformat()} for row in newest_policies()]
    return written(policies, last.codes if last else [])


def known_calendars() -> set[str]:
    """The codes of all calendars."""
    return {code for code, _name in calendar_choices()}


def known_departments() -> dict[str, str]:
    """Departments by code."""
    return dict(Department.objects.order_by("code").values_list("code", "name"))
