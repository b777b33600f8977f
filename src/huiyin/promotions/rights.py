"""Rights of the promotions room."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})

RIGHTS = [
    Right(
        "promotions.see",
        _("See gift lists: a store its own, customer service all"),
        EVERYONE - {Role.ENGINEER, Role.DEPARTMENT_MANAGER},
    ),
    Right("promotions.hand_in", _("Hand in gift lists"), _LEADS | {Role.STORE_MANAGER}),
    Right("promotions.mend", _("Mend errors of gift lists"), _LEADS | {Role.STORE_MANAGER}),
    Right(
        "promotions.check",
        _("Check gift lists: verify mended errors, close or return them"),
        _LEADS | {Role.AGENT, Role.QUALITY},
    ),
    Right("promotions.sign", _("Sign off checked gift lists"), _LEADS),
    Right("promotions.change_rules", _("Change the numbers of gift checks"), _LEADS),
]
