"""A site visit, locked, with what it names."""

from __future__ import annotations

from huiyin.field_service.models import SiteVisit
from huiyin.field_service.rules.lifecycle import SITE
from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Forbidden
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def locked(act: Act, visit_id: int, verb: str) -> SiteVisit:
    """The site visit in sight, locked, if ``verb`` is possible in its state.

    Raises:
        NotFound: no such visit in the actor's sight.
        Conflict: the step is not possible now.
    """
    visit = act.lock(SiteVisit.objects.visible_to(act.actor), visit_id)
    SITE.move(verb, visit.state)
    return visit


def own(act: Act, visit_id: int, verb: str) -> SiteVisit:
    """The same, for what only the engineer of the visit does.

    Raises:
        Forbidden: it is somebody else's visit.
    """
    visit = locked(act, visit_id, verb)
    if act.actor.staff_id != visit.engineer_id:
        raise Forbidden(message(_("Only the engineer of this visit does that.")))
    return visit
