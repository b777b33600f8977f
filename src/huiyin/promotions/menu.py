"""Navigation entries of the promotions room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [MenuEntry(page="gift-lists", label=_("Gift lists"), icon="gift", needs="promotions.see", order=35)]
