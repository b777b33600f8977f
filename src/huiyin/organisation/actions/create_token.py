"""Creates an API token; its secret is shown once and never stored."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import ApiToken, Staff
from huiyin.organisation.queries.people import actor_of
from huiyin.organisation.queries.tokens import digest_of


@action("organisation.create_token", needs="tokens.create")
def create_token(
    act: Act, *, staff_id: int, name: str, scopes: Sequence[str] = (), expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Makes a token for a person; without ``scopes`` it gets all the person's rights.

    Returns the token and its secret.

    Raises:
        Invalid: a scope goes beyond the person's rights.
    """
    staff = act.lock(Staff.objects.filter(is_active=True), staff_id)
    held = actor_of(staff).rights
    beyond = sorted(set(scopes) - held)
    if beyond:
        raise Invalid(message(_("The person does not hold these rights: %(rights)s"), rights=", ".join(beyond)))
    secret = f"hy_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        staff=staff,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(scopes or held),
        created_at=act.now,
        expires_at=expires_at,
    )
    act.record(token, token_name=name, scopes=token.scopes)
    return token, secret
