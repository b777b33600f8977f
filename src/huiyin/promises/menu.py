"""Navigation entries of the promises room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="today", label=_("Today"), icon="sun", needs="promises.see", order=10, key="t"),
    MenuEntry(page="wall", label=_("Wall"), icon="layout-dashboard", needs="promises.wall", order=60, key="w"),
]
