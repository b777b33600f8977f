"""Navigation entries of the reports room."""

from huiyin.foundation.slots import MenuEntry
from huiyin.kernel.words import gettext_noop as _

MENU = [MenuEntry(page="reports", label=_("Reports"), icon="file-chart-column", needs="reports.see", order=80, key="r")]
