"""Navigation entries of the imports room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="imports", label=_("Imports"), icon="file-up", needs="imports.run", order=80, key="i", group="setup")
]
