"""Roles (ORG-2) and how far each sees (ORG-3)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from huiyin.kernel.actor import Scope
from huiyin.kernel.words import gettext_noop as _


class Role(StrEnum):
    """What a person is in the company; one person may be several."""

    DIRECTOR = "director"
    SERVICE_MANAGER = "service_manager"
    ENGINEER = "engineer"
    AGENT = "agent"
    QUALITY = "quality"
    STORE_MANAGER = "store_manager"
    DEPARTMENT_MANAGER = "department_manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_LABELS: dict[Role, str] = {
    Role.DIRECTOR: _("Service director"),
    Role.SERVICE_MANAGER: _("Service manager"),
    Role.ENGINEER: _("Support engineer"),
    Role.AGENT: _("Service agent"),
    Role.QUALITY: _("Quality supervisor"),
    Role.STORE_MANAGER: _("Store manager"),
    Role.DEPARTMENT_MANAGER: _("Department manager"),
    Role.ADMINISTRATOR: _("Administrator"),
    Role.AUDITOR: _("Auditor"),
}

SCOPES: dict[Role, Scope] = {
    Role.DIRECTOR: Scope.ALL,
    Role.SERVICE_MANAGER: Scope.UNIT,
    Role.ENGINEER: Scope.OWN,
    Role.AGENT: Scope.OWN,
    Role.QUALITY: Scope.ALL,
    Role.STORE_MANAGER: Scope.UNIT,
    Role.DEPARTMENT_MANAGER: Scope.UNIT,
    Role.ADMINISTRATOR: Scope.ALL,
    Role.AUDITOR: Scope.ALL,
}

MANAGERS = frozenset({Role.SERVICE_MANAGER, Role.STORE_MANAGER, Role.DEPARTMENT_MANAGER})
EVERYONE = frozenset(Role)


def scope_of(roles: Iterable[str]) -> Scope:
    """The widest scope among a person's roles; a person without a role sees own work only."""
    return max((SCOPES[Role(role)] for role in roles), default=Scope.OWN)
