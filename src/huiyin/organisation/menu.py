"""Navigation entries of the organisation room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(
        page="people", label=_("Organisation"), icon="building-2", needs="organisation.see", order=80, group="setup"
    ),
    MenuEntry(page="tokens", label=_("API tokens"), icon="key-round", needs="tokens.create", order=96, group="setup"),
]
