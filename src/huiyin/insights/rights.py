"""Rights of the insights room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE

RIGHTS = [Right("insights.see", _("See the board, within one's own area"), EVERYONE)]
