"""What the organisation's forms offer to choose from."""

from __future__ import annotations

from django.utils.translation import gettext

from huiyin.organisation.models import Department, Staff, Store
from huiyin.organisation.rules.roles import ROLE_LABELS, Role

NONE = ("", "–")
Choices = list[tuple[str, str]]


def people(*, without: int | None = None) -> Choices:
    """Active people by name, perhaps without one."""
    rows = Staff.objects.filter(is_active=True).exclude(pk=without or 0).order_by("name")
    return [NONE, *((str(pk), f"{name} · {number}") for pk, name, number in rows.values_list("pk", "name", "username"))]


def stores() -> Choices:
    """Stores by code."""
    return [NONE, *((str(pk), f"{code} {name}") for pk, code, name in Store.objects.values_list("pk", "code", "name"))]


def departments() -> Choices:
    """Departments by code."""
    return [NONE, *((str(pk), name) for pk, name in Department.objects.values_list("pk", "name"))]


def roles() -> Choices:
    """All roles."""
    return [(role.value, gettext(ROLE_LABELS[role])) for role in Role]


def number(value: str) -> int | None:
    """A chosen key, or None."""
    return int(value) if value else None


def words(value: str) -> list[str]:
    """Words separated by commas of either script."""
    parts = value.replace("，", ",").replace("、", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
