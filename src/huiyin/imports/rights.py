"""Rights of the imports room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Role

RIGHTS = [
    Right(
        "imports.run",
        _("Import files"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR, Role.STORE_MANAGER}),
    ),
]
