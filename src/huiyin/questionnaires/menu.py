"""The room's entry in the navigation."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(
        page="questionnaires",
        label=_("Questionnaires"),
        icon="clipboard-list",
        needs="questionnaires.change",
        order=330,
        group="setup",
    ),
]
