"""Variables as ``{{ page.case.title }}``, without trying first what cannot be there."""

from __future__ import annotations

from typing import Any

from django.template import Context, VariableDoesNotExist
from django.template.base import FilterExpression, Parser, Variable

BY_KEY: dict[type, bool] = {}
"""Whether things of a type are asked for a key before they are asked for an attribute."""


class LeftToDjango(Exception):
    """Something that is called, or found in one of the rarer ways."""


class QuickVariable(Variable):
    """A key, an attribute or a place in a list, by Django's rules; whatever is not plain is left to Django."""

    __slots__ = ("first", "rest")

    def __init__(self, var: str) -> None:
        super().__init__(var)
        self.first, *rest = self.lookups or ("",)
        self.rest = tuple(rest)

    def resolve(self, context: Any) -> Any:
        """The value for this page.

        Raises:
            VariableDoesNotExist: there is no such thing on it.
        """
        if self.lookups is None or self.translate:
            return super().resolve(context)
        try:
            return self._looked_up(context)
        except LeftToDjango:
            return super().resolve(context)

    def _looked_up(self, context: Context) -> Any:
        """One loop, for a page does this five hundred times."""
        current: Any = LeftToDjango
        for layer in reversed(context.dicts):
            if self.first in layer:
                current = layer[self.first]
                break
        for bit in self.rest:
            if callable(current):
                raise LeftToDjango
            kind = type(current)
            by_key = BY_KEY[kind] if kind in BY_KEY else _is_asked_by_key(kind)
            current = _under(current, kind, bit) if by_key else getattr(current, bit, LeftToDjango)
        if callable(current):  # which what was not found is as well
            raise LeftToDjango
        return current


def _is_asked_by_key(kind: type) -> bool:
    BY_KEY[kind] = hasattr(kind, "__getitem__")
    return BY_KEY[kind]


def _under(current: Any, kind: type, bit: str) -> Any:
    try:
        return current[int(bit)] if kind is tuple or kind is list else current[bit]
    except KeyError as missing:
        if bit.isdigit() or hasattr(kind, bit) or hasattr(current, bit):
            raise LeftToDjango from missing
        raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (bit, current)) from missing
    except (TypeError, AttributeError, ValueError, IndexError) as other:
        raise LeftToDjango from other


class QuickExpression(FilterExpression):
    """A variable or a constant; with filters it is left to Django."""

    __slots__ = ()

    def __init__(self, token: str, parser: Parser) -> None:
        super().__init__(token, parser)
        if isinstance(self.var, Variable):
            self.var = QuickVariable(str(self.var.var))
        self.filters = [(function, [_quick(arg) for arg in args]) for function, args in self.filters]

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        """The value for this page; None, or Django's word for it, where there is none."""
        if self.filters or not isinstance(self.var, QuickVariable):
            return super().resolve(context, ignore_failures)
        try:
            return self.var.resolve(context)
        except VariableDoesNotExist:
            return super().resolve(context, ignore_failures)


def _quick(arg: tuple[bool, Any]) -> tuple[bool, Any]:
    is_var, value = arg
    return (True, QuickVariable(value.var)) if is_var else arg
