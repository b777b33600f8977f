"""Rights of the customers room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

SERVICE = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.AGENT, Role.ENGINEER})

RIGHTS = [
    Right("customers.see", _("See customers, with personal data masked"), EVERYONE),
    Right("customers.find_all", _("Find every customer, of whatever store"), SERVICE),
    Right("customers.change", _("Make and change customer files"), SERVICE | {Role.STORE_MANAGER, Role.ADMINISTRATOR}),
    Right("customers.record_purchase", _("Record purchases"), SERVICE | {Role.STORE_MANAGER, Role.ADMINISTRATOR}),
    Right(
        "customers.import",
        _("Bring customers, purchases and scores in as files"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR}),
    ),
    Right(
        "customers.reveal",
        _("See a phone number or address in full, with a reason"),
        SERVICE | {Role.QUALITY, Role.STORE_MANAGER},
    ),
    Right(
        "customers.export",
        _("Take personal data out in files in full, with a reason"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER}),
    ),
    Right("customers.merge", _("Merge duplicate customers"), frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})),
    Right(
        "products.change",
        _("Make and change products"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR}),
    ),
]
