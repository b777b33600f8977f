"""Rights of the devices room and the roles that hold them."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})

RIGHTS = [
    Right("devices.see", _("See codes on devices and what devices report"), _LEADS | {Role.AGENT, Role.ENGINEER}),
    Right("devices.label", _("Make and retire codes on devices"), _LEADS | {Role.AGENT, Role.STORE_MANAGER}),
    Right("devices.change", _("Set up what devices report"), _LEADS | {Role.ADMINISTRATOR}),
]
