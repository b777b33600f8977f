"""Rights of the demand forms room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})

RIGHTS = [
    Right("demand.see", _("See the demand forms of one's units"), EVERYONE - {Role.AGENT, Role.ENGINEER}),
    Right(
        "demand.sign_up",
        _("Sign up demand forms for one's units"),
        _LEADS | {Role.STORE_MANAGER, Role.DEPARTMENT_MANAGER},
    ),
    Right("demand.decide", _("Confirm, merge and decline demand forms"), _LEADS),
    Right("demand.change_numbers", _("Change how many demand forms are owed, and by when"), _LEADS),
]
