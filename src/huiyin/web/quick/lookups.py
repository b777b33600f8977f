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

    __slots__ = ()

    def resolve(self, context: Any) -> Any:
        """The value for this page.

        Raises:
            VariableDoesNotExist: there is no such thing on it.
        """
        if self.lookups is None or self.translate:
            return super().resolve(context)
        try:
            current = _named(self.lookups[0], context)
            for bit in self.lookups[1:]:
                current = _next(current, bit)
        except LeftToDjango:
            return super().resolve(context)
        return current


def _named(name: str, context: Context) -> Any:
    for layer in reversed(context.dicts):
        if name in layer:
            return _plain(layer[name])
    raise LeftToDjango


def _next(current: Any, bit: str) -> Any:
    kind = type(current)
    by_key = BY_KEY.get(kind)
    if by_key is None:
        by_key = BY_KEY[kind] = hasattr(kind, "__getitem__")
    return _plain(_under(current, kind, bit) if by_key else getattr(current, bit, LeftToDjango))


def _plain(found: Any) -> Any:
    if callable(found):  # which what was not found is as well
        raise LeftToDjango
    return found


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
            self.var = QuickVariable(self.var.var)
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
