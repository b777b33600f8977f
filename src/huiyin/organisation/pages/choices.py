"""What the organisation's forms offer to choose from."""

from __future__ import annotations

from django.utils.translation import gettext

from huiyin.organisation.queries.choices import Choices, department_choices, people_choices, store_choices
from huiyin.organisation.rules.roles import ROLE_LABELS, Role

NONE = ("", "–")


def people(*, without: int | None = None) -> Choices:
    """Active people by name, or nobody."""
    return [NONE, *people_choices(without=without)]


def stores() -> Choices:
    """Stores by code, or none."""
    return [NONE, *store_choices()]


def departments() -> Choices:
    """Departments by code, or none."""
    return [NONE, *department_choices()]


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
