"""Kinds of telephone exchanges: one folder each under ``exchanges/``, declared as ``EXCHANGE`` and discovered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from huiyin.channels.registry import Fate
from huiyin.foundation.folders import declared_in
from huiyin.kernel.registry import Registry


@dataclass(frozen=True)
class Order:
    """One call as an exchange takes it: first ``extension`` rings, then ``number``. ``reference`` is ours."""

    url: str
    secret: str
    reference: str
    extension: str
    number: str


@dataclass(frozen=True)
class ExchangeKind:
    """One kind of exchange. ``label`` is a message id.

    ``dial`` asks for a call once and never raises for what the exchange may say: SENT (it dials), REFUSED (it certainly
    does not), UNKNOWN (it may be dialling).
    """

    code: str
    label: str
    dial: Callable[[Order], Fate]


@cache
def exchange_kinds() -> Registry[ExchangeKind]:
    """Every declared kind by code."""
    import huiyin.channels.kinds.telephone.exchanges as folder  # noqa: PLC0415 - the kinds import this module

    return declared_in(folder, "EXCHANGE", "telephone exchange")
