"""Rights of the working time room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

RIGHTS = [
    Right("calendar.see", _("See working calendars"), EVERYONE),
    Right(
        "calendar.change",
        _("Change working calendars"),
        frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER}),
    ),
]
