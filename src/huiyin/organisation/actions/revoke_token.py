"""Ends an API token at once."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.organisation.models import ApiToken


@action("organisation.revoke_token", needs="tokens.create")
def revoke_token(act: Act, token_id: int) -> ApiToken:
    """The token is refused from now on; revoking twice changes nothing."""
    token = act.lock(ApiToken.objects.all(), token_id)
    if token.revoked_at is None:
        token.revoked_at = act.now
        token.save(update_fields=["revoked_at"])
        act.record(token, token_name=token.name)
    return token
