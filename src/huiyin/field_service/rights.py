"""Rights of the field service room."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.DEPARTMENT_MANAGER})

RIGHTS = [
    Right("field_service.see", _("See site visits"), EVERYONE),
    Right("field_service.plan", _("Make, move and call off site visits"), _LEADS | {Role.AGENT, Role.ENGINEER}),
    Right("field_service.work", _("Carry out site visits and have reports signed"), _LEADS | {Role.ENGINEER}),
    Right(
        "field_service.reveal",
        _("See address and phone of a site visit; each look is on record"),
        _LEADS | {Role.AGENT, Role.ENGINEER},
    ),
    Right("field_service.change_rules", _("Change the numbers and checks of site visits"), _LEADS),
]
