"""Texts for people, as message ids with parameters; translated at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Marks a text for translation and returns it unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence to translate: an English message id and what to fill in (``%(name)s`` style)."""

    text: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """The English sentence, for logs and tests."""
        return self.text % self.params if self.params else self.text


def message(text: str, **params: object) -> Message:
    """Builds a :class:`Message` from a marked text."""
    return Message(text, params)
