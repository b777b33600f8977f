"""Navigation entries of the spare parts room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [MenuEntry(page="stock", label=_("Spare parts"), icon="package", needs="spare_parts.see", order=36)]
