"""Rights of the contact ledger."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Role

_LEADING = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})
_TALKING = _LEADING | {Role.AGENT, Role.ENGINEER, Role.STORE_MANAGER, Role.DEPARTMENT_MANAGER}

RIGHTS = [
    Right("contacts.see", _("See when customers were contacted"), _TALKING | {Role.QUALITY, Role.AUDITOR}),
    Right("contacts.note", _("Note opt-outs and consents of customers"), _TALKING),
    Right("contacts.override", _("Contact a customer in spite of the contact rules"), _LEADING),
    Right("contacts.change", _("Change the contact rules"), _LEADING),
]
