"""Names of people, stores and customers for a page of records, each kind looked up once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from huiyin.organisation.public import Staff, Store


def staff_names(ids: Iterable[int | None]) -> dict[int | None, str]:
    """Names of staff by id."""
    return dict(Staff.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))


def store_names(ids: Iterable[int | None]) -> dict[int | None, str]:
    """Names of stores by id."""
    return dict(Store.objects.filter(pk__in={one for one in ids if one}).values_list("pk", "name"))


@cache
def subject_label(subject: str) -> str:
    """What a subject is called (``visits.visit`` → the model's own name)."""
    return str(apps.get_model(subject)._meta.verbose_name) if subject.count(".") == 1 else subject


def address(page: str, *args: object) -> str:
    """The address of a page, empty where that page does not exist."""
    try:
        return reverse(page, args=args)
    except NoReverseMatch:
        return ""
