"""Navigation entries of the field service room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [MenuEntry(page="site-visits", label=_("Site visits"), icon="truck", needs="field_service.see", order=34)]
