"""Departments, stores and people as choices of a form."""

from __future__ import annotations

from huiyin.organisation.models import Department, Staff, Store

Choices = list[tuple[str, str]]


def people_choices(*, without: int | None = None) -> Choices:
    """Active people by name, perhaps without one."""
    rows = Staff.objects.filter(is_active=True).exclude(pk=without or 0).order_by("name")
    return [(str(pk), f"{name} · {number}") for pk, name, number in rows.values_list("pk", "name", "username")]


def store_choices() -> Choices:
    """Stores by code."""
    return [(str(pk), f"{code} {name}") for pk, code, name in Store.objects.values_list("pk", "code", "name")]


def department_choices() -> Choices:
    """Departments by code."""
    return [(str(pk), name) for pk, name in Department.objects.values_list("pk", "name")]


def department_names() -> dict[str, str]:
    """The name of each department by its code."""
    return dict(Department.objects.values_list("code", "name"))
