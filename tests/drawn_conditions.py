"""Drawn conditions over given fields, for properties."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from huiyin.kernel.conditions import AllOf, AnyOf, Condition, Field, Fields, Is, Kind, Not, Test
from huiyin.kernel.conditions.fields import KEYS, WORDS
from huiyin.kernel.conditions.tests import COMPARISONS, Sort, sort_of

LETTERS = "ab%_\\'ÉéЖж停机 1"


def conditions(fields: Fields, keys: tuple[int, ...] = (1, 2, 3), codes: tuple[str, ...] = ("a",)) -> st.SearchStrategy:
    """Any condition; ``keys`` are drawn where rows are named, ``codes`` in a tree."""
    tests = st.sampled_from(list(fields.values())).flatmap(lambda field: _tests(field, keys, codes))
    groups = st.recursive(
        tests,
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda parts: AllOf(tuple(parts)))
            | st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts)))
            | inner.map(Not)
        ),
        max_leaves=8,
    )
    return groups.filter(lambda condition: _depth(condition) <= 6)


def _depth(condition: Condition) -> int:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return 1 + max(map(_depth, parts), default=0)
        case Not(part):
            return 1 + _depth(part)
        case Test():
            return 1


def _tests(field: Field, keys: tuple[int, ...], codes: tuple[str, ...]) -> st.SearchStrategy:
    return st.sampled_from(COMPARISONS[field.kind]).flatmap(
        lambda comparison: _values(field, comparison, keys, codes).map(
            lambda value: Test(field.code, comparison, value)
        )
    )


def _values(field: Field, comparison: Is, keys: tuple[int, ...], codes: tuple[str, ...]) -> st.SearchStrategy:
    match sort_of(field.kind, comparison):
        case Sort.LIST:
            if field.kind in KEYS:
                listed: list = [*keys, *sorted(WORDS[field.kind])]
            else:
                listed = list(codes) if field.kind is Kind.TREE else list(field.choices or {"a": "A"})
            return st.lists(st.sampled_from(listed), min_size=1, max_size=3, unique=True).map(tuple)
        case Sort.TEXT:
            return st.text(LETTERS, min_size=1, max_size=3).map(str.strip).filter(bool)
        case Sort.NUMBER:
            return st.integers(0, 40)
        case Sort.DAY:
            return st.dates(date(2026, 9, 20), date(2026, 10, 5))
        case Sort.NONE:
            return st.none()
