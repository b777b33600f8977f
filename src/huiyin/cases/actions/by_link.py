"""Finds the case behind a customer's link."""

from __future__ import annotations

from huiyin.cases.models import Case, CaseLink
from huiyin.cases.queries.merged import case_behind
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def case_by_link(act: Act, token: str) -> Case:
    """The case of a link, locked; where it was merged into, if that is the same customer's.

    Raises:
        NotFound: nobody was given this link.
        Conflict: the link has expired or was withdrawn.
    """
    link = CaseLink.objects.filter(token=token).first()
    if link is None:
        raise NotFound(message(_("This link does not exist. Please check that it was copied whole.")))
    if link.revoked_at or link.expires_at <= act.now:
        raise Conflict(message(_("This link has expired. Please ask us for a new one.")))
    return act.lock(Case.objects.all(), case_behind(link).pk)
