"""Conditions as data: which rows a view shows, a policy holds for, a rule routes. Pure; SQL is the foundation's.

Stored as JSON: ``{"all": [{"field": "level", "is": "in", "value": ["urgent"]}, {"any": […]}, {"not": {…}}]}``;
``{}`` is everything.
"""

from huiyin.kernel.conditions.fields import (
    ME,
    MINE,
    MY_STORES,
    NOBODY,
    Choices,
    Field,
    Fields,
    Kind,
    fields_of,
    with_choices,
)
from huiyin.kernel.conditions.holding import holds
from huiyin.kernel.conditions.reading import plain, read_condition
from huiyin.kernel.conditions.tests import EVERYTHING, AllOf, AnyOf, Condition, Is, Not, Test, tests_in
from huiyin.kernel.conditions.wording import in_words

__all__ = [
    "EVERYTHING",
    "ME",
    "MINE",
    "MY_STORES",
    "NOBODY",
    "AllOf",
    "AnyOf",
    "Choices",
    "Condition",
    "Field",
    "Fields",
    "Is",
    "Kind",
    "Not",
    "Test",
    "fields_of",
    "holds",
    "in_words",
    "plain",
    "read_condition",
    "tests_in",
    "with_choices",
]
