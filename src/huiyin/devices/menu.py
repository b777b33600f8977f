"""Navigation entries of the devices room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="device-labels", label=_("Codes on devices"), icon="qr-code", needs="devices.label", order=37),
    MenuEntry(
        page="device-sources",
        label=_("Reports of devices"),
        icon="activity",
        needs="devices.change",
        order=99,
        group="setup",
    ),
]
