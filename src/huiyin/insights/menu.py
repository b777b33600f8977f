"""Navigation entries of the insights room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [MenuEntry(page="insight", label=_("Insight"), icon="chart-line", needs="insights.see", order=70, key="i")]
