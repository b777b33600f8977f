"""What articles can be about: rooms above say it in ``article_topics.py`` as ``TOPICS``, a function."""

from __future__ import annotations

from huiyin.foundation.discovery import discover


def article_topics() -> list[tuple[str, str]]:
    """Codes and names, in the language of the request, of what articles can be about (``a.b`` lies below ``a``)."""
    return [topic for module in discover("article_topics") for topic in module.TOPICS()]
