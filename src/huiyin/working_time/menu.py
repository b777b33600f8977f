"""The room's entry in the navigation."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(
        page="calendar",
        label=_("Working calendar"),
        icon="calendar-days",
        needs="calendar.see",
        order=320,
        key="k",
        group="setup",
    ),
]
