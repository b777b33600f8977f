"""Makes and revokes links to the self-service page."""

from __future__ import annotations

import secrets
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.models import AnswerLink, Asking
from huiyin.questionnaires.queries.links import digest_of
from huiyin.questionnaires.rules.words import AskingState

SHORT, LONG = 16, 32
"""Random bytes of a token: 128 bits where an SMS has to carry them, else 256."""


def new_link(act: Act, asking: Asking, *, size: int = LONG, **sent: Any) -> str:
    """Adds a link and returns its token, of which only the hash is kept. ``sent``: how it goes out, see the model."""
    token = secrets.token_urlsafe(size)
    AnswerLink.objects.create(asking=asking, digest=digest_of(token), made_at=act.now, **sent)
    return token


@action("questionnaires.make_link", needs="questionnaires.answer")
def make_link(act: Act, asking_id: int) -> str:
    """A fresh token for an open asking, for example to send it again; earlier links stay good.

    Raises:
        Conflict: the asking is answered or expired.
    """
    asking = act.lock(Asking.objects.all(), asking_id)
    if asking.state not in (AskingState.OPEN, AskingState.PARTIAL) or asking.expires_at <= act.now:
        raise Conflict(message(_("This questionnaire is answered or has expired; ask again to get a new link.")))
    act.record(asking, customer_id=asking.customer_id)
    return new_link(act, asking)


@action("questionnaires.revoke_links", needs="questionnaires.answer")
def revoke_links(act: Act, asking_id: int, *, reason: str = "") -> int:
    """Makes every link of an asking useless, for example after it went to a wrong number; returns how many."""
    asking = act.lock(Asking.objects.all(), asking_id)
    count = AnswerLink.objects.filter(asking=asking, revoked_at=None).update(revoked_at=act.now)
    if count:
        act.record(asking, customer_id=asking.customer_id, reason=reason, links=count)
    return count
