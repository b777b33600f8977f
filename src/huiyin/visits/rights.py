"""Rights of the visits room and the roles that hold them."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})

RIGHTS = [
    Right("visits.see", _("See visits"), EVERYONE),
    Right("visits.work", _("Make visits"), _LEADS | {Role.AGENT}),
    Right("visits.correct", _("Correct records of visits, with a reason"), _LEADS | {Role.AGENT, Role.QUALITY}),
    Right("recordings.listen", _("Listen to recordings of calls; each time is on record"), _LEADS | {Role.QUALITY}),
    Right("visits.see_plan", _("See the plan and why somebody was chosen"), EVERYONE - {Role.AGENT, Role.ENGINEER}),
    Right("visits.plan", _("Plan weeks, hand visits over and cancel them"), _LEADS),
    Right("visits.see_policies", _("See visit policies and scripts"), EVERYONE),
    Right("visits.change_policies", _("Change visit policies, plan numbers and scripts"), _LEADS),
]
