"""Rights of the promises room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.DEPARTMENT_MANAGER, Role.STORE_MANAGER})

RIGHTS = [
    Right("promises.see", _("See promises and their clocks"), EVERYONE),
    Right("promises.wall", _("See the wall of all clocks"), _LEADS | {Role.QUALITY, Role.AUDITOR}),
    Right("promises.move", _("Move a deadline"), _LEADS),
]
