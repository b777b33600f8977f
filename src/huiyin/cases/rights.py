"""Rights of the cases room and the roles that hold them."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.DEPARTMENT_MANAGER})
_WORKERS = _LEADS | {Role.AGENT, Role.ENGINEER}

RIGHTS = [
    Right("cases.see", _("See cases"), EVERYONE),
    Right("cases.open", _("Open cases"), _WORKERS | {Role.STORE_MANAGER, Role.QUALITY}),
    Right("cases.work", _("Work on cases"), _WORKERS),
    Right("cases.note", _("Add notes and files to cases"), _WORKERS | {Role.STORE_MANAGER, Role.QUALITY}),
    Right("cases.triage", _("Decide the level and the department of cases"), _LEADS | {Role.AGENT}),
    Right("cases.assign", _("Assign cases to people"), _LEADS),
    Right("cases.revisit", _("Record revisits of cases"), _LEADS | {Role.AGENT, Role.QUALITY}),
    Right("cases.close", _("Close and reopen cases"), _LEADS | {Role.AGENT, Role.QUALITY}),
    Right("cases.cancel", _("Cancel cases"), _LEADS),
    Right(
        "cases.change_clocks",
        _("Change the policies of clocks and service agreements"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER}),
    ),
    Right(
        "cases.change_routing",
        _("Change the rules by which cases are routed"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER}),
    ),
    Right("cases.views_team", _("Make views of cases for a department"), _LEADS),
    Right(
        "cases.views_all",
        _("Make views of cases for everybody"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR}),
    ),
    Right("cases.track", _("See the problem tracking table and take it out"), _WORKERS | {Role.QUALITY, Role.AUDITOR}),
    Right(
        "cases.rules",
        _("Change triage weights, escalation and the numbers of likeness"),
        frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER}),
    ),
    Right("cases.templates", _("Write answer templates, and macros for others"), _LEADS),
    Right("cases.arrange", _("Arrange stages and problem types"), frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})),
    Right("cases.import", _("Import cases"), frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR})),
]
