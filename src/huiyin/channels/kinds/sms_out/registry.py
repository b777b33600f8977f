"""Providers of SMS: one folder each under ``providers/``, declared as ``PROVIDER`` and discovered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from huiyin.channels.registry import Fate
from huiyin.channels.rules.sms.receipts import Reply, Report
from huiyin.foundation.folders import declared_in
from huiyin.kernel.registry import Registry


@dataclass(frozen=True)
class Access:
    """How to reach a provider: address without a slash at its end, the key's name and the key, and what else it asks.

    ``app_id`` and ``region`` are empty where the provider knows no such thing.
    """

    base_url: str
    key_id: str
    key: str
    app_id: str = ""
    region: str = ""


@dataclass(frozen=True)
class Order:
    """One SMS as a provider takes it: ``fills`` are (placeholder, value) in order, ``reference`` is our number."""

    number: str
    signature: str
    code: str
    fills: tuple[tuple[str, str], ...]
    reference: str


@dataclass(frozen=True)
class Question:
    """What became of the message ``reference`` to ``number``, tried at ``since``? ``serial`` is empty when unknown."""

    number: str
    reference: str
    serial: str
    since: datetime


@dataclass(frozen=True)
class SmsProvider:
    """One provider. ``label`` is a message id, ``placeholder`` matches a placeholder of its templates.

    ``send`` and ``look`` never raise for what the provider may say. ``read_reports`` and ``read_replies`` take the JSON
    of a callback and leave out what cannot be read; ``thanks`` is the answer that ends the provider's retries.
    """

    code: str
    label: str
    base_url: str
    region: str
    needs_app: bool
    placeholder: re.Pattern[str]
    placeholder_example: str
    send: Callable[[Access, Order], Fate]
    look: Callable[[Access, Question], Fate]
    read_reports: Callable[[Any], Sequence[Report]]
    read_replies: Callable[[Any], Sequence[Reply]]
    thanks: Mapping[str, object]


@cache
def sms_providers() -> Registry[SmsProvider]:
    """Every declared provider by code."""
    import huiyin.channels.kinds.sms_out.providers as folder  # noqa: PLC0415 - the providers import this module

    return declared_in(folder, "PROVIDER", "SMS provider")
