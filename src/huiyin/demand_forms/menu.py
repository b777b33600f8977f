"""Navigation entries of the demand forms room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(
        page="demand-forms", label=_("Demand forms"), icon="clipboard-list", needs="demand.see", order=35, key="d"
    )
]
