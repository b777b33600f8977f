"""Rights of the channels room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LOOKING_AFTER = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR})

RIGHTS = [
    Right("notices.see", _("Read one's own notices"), EVERYONE),
    Right("channels.see", _("See all messages in and out"), _LOOKING_AFTER | {Role.QUALITY, Role.AUDITOR}),
    Right("channels.work", _("Take up messages that were left aside"), _LOOKING_AFTER),
    Right("channels.change", _("Set up mailboxes, SMS, telephone and notices"), frozenset({Role.ADMINISTRATOR})),
]
