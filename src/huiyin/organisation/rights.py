"""Rights of the organisation room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.rules.roles import EVERYONE, Role

RIGHTS = [
    Right("organisation.see", _("See stores, departments and people"), EVERYONE),
    Right(
        "organisation.change",
        _("Change stores, departments and people"),
        frozenset({Role.ADMINISTRATOR, Role.DIRECTOR}),
    ),
    Right(
        "organisation.note_leave",
        _("Note when people are away"),
        frozenset({Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER}),
    ),
    Right("tokens.create", _("Create API tokens"), frozenset({Role.ADMINISTRATOR})),
]
