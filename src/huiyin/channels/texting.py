"""The kinds of SMS there are, declared by the rooms that send them (``sms_texts.py``: ``TEXTS``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from huiyin.channels.rules.sms.quiet import Purpose
from huiyin.foundation.discovery import discover
from huiyin.kernel.registry import Registry


@dataclass(frozen=True)
class SmsVariable:
    """Something that changes from message to message; ``label`` is a message id, ``example`` shows what it looks like.

    Providers refuse addresses in variables: of a link only the changing end goes into one.
    """

    name: str
    label: str
    example: str


@dataclass(frozen=True)
class SmsText:
    """One kind of SMS. ``wording`` is a message id with ``%(name)s`` for each variable and ``%(site)s`` for the address
    of our site: what we would say; what is sent is the template that the provider approved for it."""

    code: str
    label: str
    purpose: Purpose
    wording: str
    variables: tuple[SmsVariable, ...] = ()

    def said(self, values: Mapping[str, str]) -> str:
        """The wording in the company's language, filled in."""
        with translation.override(settings.LANGUAGE_CODE):
            return gettext(self.wording) % {"site": settings.PUBLIC_URL.rstrip("/"), **values}


@cache
def sms_texts() -> Registry[SmsText]:
    """Every declared kind of SMS by code."""
    texts: Registry[SmsText] = Registry("SMS text")
    for module in discover("sms_texts"):
        for text in module.TEXTS:
            texts.register(text.code, text)
    return texts
