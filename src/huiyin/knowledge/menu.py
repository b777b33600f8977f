"""Navigation entries of the knowledge room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [MenuEntry(page="articles", label=_("Knowledge"), icon="book-open", needs="knowledge.see", order=33, key="k")]
