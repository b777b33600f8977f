"""Stores, salespeople and products that a file names."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.customers.models import Product
from huiyin.organisation.public import Staff, Store


def stores_by_name() -> dict[str, int]:
    """{code or name: key}; a code goes before a name."""
    rows = list(Store.objects.values_list("code", "name", "id"))
    return {name: pk for _code, name, pk in rows} | {code: pk for code, _name, pk in rows}


def staff_by_name() -> dict[str, int]:
    """{staff number or name: key}; a name that two people have leads to nobody."""
    rows = list(Staff.objects.values_list("username", "name", "id"))
    names = [name for _number, name, _pk in rows]
    unique = {name: pk for _number, name, pk in rows if names.count(name) == 1}
    return unique | {number: pk for number, _name, pk in rows}


def products_by_model(models: Iterable[str]) -> dict[str, int]:
    """{model: key} for those that we have."""
    rows = Product.objects.filter(model__any_of=set(models)).order_by("-version")
    return dict(rows.values_list("model", "id"))
