"""A slot for rooms above: the words that carry the link of a visit which one of their rows wants.

A room declares them in ``link_texts.py``: ``LINK_TEXTS = [LinkText(...)]``; other visits go out with our own words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from huiyin.foundation.discovery import discover
from huiyin.visits.models import Visit

SMS = "visits.invitation"


@dataclass(frozen=True)
class LinkText:
    """For visits that rows of the model ``label`` want: the kind of SMS, and its variables beside the link's end."""

    label: str
    sms: str
    values: Callable[[int], Mapping[str, str]]


@dataclass(frozen=True)
class Words:
    """The kind of SMS that carries a link, and the variables it has beside the link's end."""

    sms: str = SMS
    values: Mapping[str, str] = field(default_factory=dict)


def link_words(visit: Visit) -> Words:
    """The words for the link of a visit."""
    text = _texts().get(visit.about_label)
    return Words(text.sms, text.values(visit.about_id)) if text and visit.about_id is not None else Words()


@cache
def _texts() -> dict[str, LinkText]:
    return {text.label: text for module in discover("link_texts") for text in module.LINK_TEXTS}
