"""Rights of the web chat room and the roles that hold them."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.DEPARTMENT_MANAGER})
_TALKERS = _LEADS | {Role.AGENT, Role.ENGINEER}

RIGHTS = [
    Right("web_chat.see", _("See talks in the chat"), _TALKERS | {Role.QUALITY, Role.AUDITOR}),
    Right("web_chat.talk", _("Talk with visitors in the chat"), _TALKERS),
    Right("web_chat.change", _("Set up the chat"), frozenset({Role.SERVICE_MANAGER, Role.ADMINISTRATOR})),
]
