"""Navigation entries of the visits room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [
    MenuEntry(page="visits", label=_("Visits"), icon="phone-call", needs="visits.see", order=20, key="v"),
    MenuEntry(page="plan", label=_("Plan"), icon="calendar-range", needs="visits.see_plan", order=30, key="p"),
]
