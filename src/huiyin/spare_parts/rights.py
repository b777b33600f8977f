"""Rights of the spare parts room."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.DEPARTMENT_MANAGER})

RIGHTS = [
    Right("spare_parts.see", _("See spare parts and their stock"), EVERYONE),
    Right("spare_parts.reserve", _("Reserve spare parts"), _LEADS | {Role.AGENT, Role.ENGINEER}),
    Right("spare_parts.handle", _("Take out, use and give back spare parts"), _LEADS | {Role.ENGINEER}),
    Right(
        "spare_parts.move",
        _("Move spare parts out of the own place"),
        _LEADS | {Role.STORE_MANAGER, Role.ENGINEER},
    ),
    Right("spare_parts.keep", _("Keep the stock of every place; a store its own"), _LEADS | {Role.STORE_MANAGER}),
    Right("spare_parts.catalogue", _("Change the catalogue of spare parts and their places"), _LEADS),
]
