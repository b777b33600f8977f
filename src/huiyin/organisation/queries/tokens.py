"""Which actor a bearer token stands for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from huiyin.kernel.actor import Actor
from huiyin.organisation.models import ApiToken
from huiyin.organisation.queries.people import actor_of

USE_NOTED_EVERY = timedelta(minutes=5)


def digest_of(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def actor_of_token(secret: str, now: datetime) -> Actor | None:
    """The token's person with the token's scopes as rights; None when the token is no (longer) good."""
    alive = Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=now)) & Q(staff__is_active=True)
    token = ApiToken.objects.select_related("staff").filter(alive, digest=digest_of(secret)).first()
    if token is None:
        return None
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    actor = actor_of(token.staff)
    return replace(actor, rights=actor.rights & frozenset(token.scopes))
