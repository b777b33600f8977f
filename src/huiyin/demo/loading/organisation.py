"""Departments, stores and people of the demo company."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from huiyin.demo.rules.company import DEPARTMENTS, STAFF, STORES
from huiyin.organisation.public import Department, Staff, Store

PASSWORD = "huiyin-demo-2026"  # noqa: S105 - the demo company's door is open; README says so


@dataclass(frozen=True)
class Places:
    """Database ids of what the demo company is made of, by code."""

    departments: dict[str, int]
    stores: dict[str, int]
    staff: dict[str, int]


def load_organisation() -> Places:
    """Makes the departments, stores and people; all have the same password."""
    departments = {code: Department.objects.create(code=code, name=name) for code, name in DEPARTMENTS}
    stores = {
        spec.code: Store.objects.create(code=spec.code, name=spec.name, size=spec.size, city=spec.city)
        for spec in STORES
    }
    password = make_password(PASSWORD)
    staff = {}
    for spec in STAFF:
        person = Staff.objects.create(
            username=spec.username,
            name=spec.name,
            email=f"{spec.username}@chengchuan.example",
            roles=list(spec.roles),
            department=departments.get(spec.department),
            store=stores.get(spec.store),
            skills=list(spec.skills),
            languages=["zh-hans"],
            password=password,
        )
        staff[spec.username] = person
        if spec.heads in departments:
            departments[spec.heads].head = person
            departments[spec.heads].save()
        elif spec.heads in stores:
            stores[spec.heads].manager = person
            stores[spec.heads].save()
    return Places(
        {code: row.pk for code, row in departments.items()},
        {code: row.pk for code, row in stores.items()},
        {number: row.pk for number, row in staff.items()},
    )
