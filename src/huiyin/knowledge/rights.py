"""Rights of the knowledge room."""

from __future__ import annotations

from huiyin.foundation.slots import Right
from huiyin.kernel.words import gettext_noop as _
from huiyin.organisation.public import EVERYONE, Role

_LEADS = frozenset({Role.DIRECTOR, Role.SERVICE_MANAGER})

RIGHTS = [
    Right("knowledge.see", _("Read articles"), EVERYONE),
    Right(
        "knowledge.write",
        _("Write articles"),
        _LEADS | {Role.AGENT, Role.ENGINEER, Role.QUALITY, Role.DEPARTMENT_MANAGER},
    ),
    Right(
        "knowledge.review",
        _("Review and publish articles that others wrote"),
        _LEADS | {Role.QUALITY, Role.DEPARTMENT_MANAGER, Role.ENGINEER},
    ),
    Right(
        "knowledge.manage",
        _("Retire articles, change the numbers of reviews, take articles from a file"),
        _LEADS | {Role.QUALITY},
    ),
]
