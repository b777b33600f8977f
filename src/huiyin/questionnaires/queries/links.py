"""What a link to the self-service page leads to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.urls import reverse

from huiyin.questionnaires.models import AnswerLink, Asking
from huiyin.questionnaires.rules.words import AskingState

LONGEST_TOKEN = 64


class LinkState(StrEnum):
    """How a link stands at the moment it is opened."""

    GOOD = "good"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ANSWERED = "answered"
    OWN = "own"  # whoever is signed in here would score their own work


@dataclass(frozen=True)
class Link:
    """A link as found: its state and, unless it is unknown, its asking."""

    state: LinkState
    asking: Asking | None = None


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(token: str) -> str:
    """The full web address a customer opens."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('answer', args=[token])}"


def find_link(token: str, now: datetime) -> Link:
    """The asking behind a token and whether it can still be answered."""
    links = AnswerLink.objects.select_related("asking__questionnaire")
    link = links.filter(digest=digest_of(token)).first() if len(token) <= LONGEST_TOKEN else None
    if link is None:
        return Link(LinkState.UNKNOWN)
    return Link(_state_of(link, now), link.asking)


def _state_of(link: AnswerLink, now: datetime) -> LinkState:
    if link.asking.state == AskingState.COMPLETE:
        return LinkState.ANSWERED
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.asking.state == AskingState.EXPIRED or link.asking.expires_at <= now:
        return LinkState.EXPIRED
    return LinkState.GOOD
