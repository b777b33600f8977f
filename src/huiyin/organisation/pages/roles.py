"""The role matrix: which role holds which right, and how far it sees."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from huiyin.foundation.pages import Request, page, show
from huiyin.foundation.slots import rights
from huiyin.kernel.actor import Scope
from huiyin.organisation.rules.roles import ROLE_LABELS, SCOPES, Role

SCOPE_LABELS = {Scope.OWN: _("Own work"), Scope.UNIT: _("Own departments and stores"), Scope.ALL: _("Everything")}


@dataclass(frozen=True)
class RightRow:
    """A right, and for each role whether it holds it."""

    code: str
    label: str
    held: list[bool]


@dataclass(frozen=True)
class RolesPage:
    """Rights by roles."""

    roles: list[str]
    scopes: list[str]
    rows: list[RightRow]


@page("organisation/roles/", name="roles", needs="organisation.see")
def roles_page(request: Request) -> HttpResponse:
    """Rights of all rooms against all roles, as they are in force."""
    context = RolesPage(
        roles=[gettext(ROLE_LABELS[role]) for role in Role],
        scopes=[gettext(SCOPE_LABELS[SCOPES[role]]) for role in Role],
        rows=[RightRow(right.code, gettext(right.label), [role in right.roles for role in Role]) for right in rights()],
    )
    return show(request, "organisation/roles.html", context)
