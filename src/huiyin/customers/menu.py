"""Navigation entries of the customers room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="customers", label=_("Customers"), icon="users", needs="customers.see", order=40, key="c"),
    MenuEntry(
        page="duplicates", label=_("Duplicates"), icon="combine", needs="customers.merge", order=45, group="setup"
    ),
]
