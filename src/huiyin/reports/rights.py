"""Rights of the reports room."""

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})

RIGHTS = [
    Right("reports.see", _("See reports: published ones, and those of one's own department"), EVERYONE),
    Right("reports.submit", _("Check and submit reports"), _LEADS | {Role.QUALITY}),
    Right("reports.approve", _("Approve, return and publish reports"), _LEADS | {Role.DEPARTMENT_MANAGER}),
]
