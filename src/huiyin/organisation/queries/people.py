"""Who somebody is, what they may do and whom they report to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from huiyin.foundation.slots import rights
from huiyin.kernel.actor import Actor, ActorKind
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import Staff
from huiyin.organisation.rules.roles import Role, scope_of

_LED = """
    SELECT ARRAY(SELECT id FROM organisation_department WHERE head_id = %s),
           ARRAY(SELECT id FROM organisation_store WHERE manager_id = %s)
"""


@cache
def rights_of_role(role: str) -> frozenset[str]:
    """The rights a role holds, from every room's declarations."""
    return frozenset(right.code for right in rights() if role in right.roles)


class Led(NamedTuple):
    """The departments a person heads and the stores a person manages, by their keys."""

    departments: Sequence[int]
    stores: Sequence[int]


def led_by(staff: Staff) -> Led:
    """What a person leads."""
    with connection.cursor() as cursor:
        cursor.execute(_LED, [staff.pk, staff.pk])
        return Led(*cursor.fetchone())


def actor_of(staff: Staff, led: Led | None = None) -> Actor:
    """The actor a person is: rights and scope of all roles, own and led departments and stores (``led``, else read)."""
    departments, stores = map(set, led or led_by(staff))
    if staff.department_id:
        departments.add(staff.department_id)
    if staff.store_id:
        stores.add(staff.store_id)
    return Actor(
        kind=ActorKind.STAFF,
        id=staff.pk,
        name=staff.name,
        rights=frozenset().union(*(rights_of_role(role) for role in staff.roles)),
        scope=scope_of(staff.roles),
        department_ids=frozenset(departments),
        store_ids=frozenset(stores),
        language=staff.language,
        roles=frozenset(staff.roles),
    )


def working_staff(day: date) -> QuerySet[Staff]:
    """Active people who are not on leave on ``day`` (a date in the company's zone)."""
    away = Q(leave__first_day__lte=day, leave__last_day__gte=day)
    return Staff.objects.filter(is_active=True).exclude(pk__in=Staff.objects.filter(away).values("pk"))


def with_role(role: Role) -> QuerySet[Staff]:
    """Active people who hold a role."""
    return Staff.objects.filter(is_active=True, roles__contains=[role])


def manager_of(staff: Staff) -> Staff | None:
    """The next one up: the head of the store or department, else the director."""
    head = (staff.store and staff.store.manager) or (staff.department and staff.department.head)
    if head and head.pk != staff.pk:
        return head
    return with_role(Role.DIRECTOR).exclude(pk=staff.pk).order_by("pk").first()


def escalation_ladder(staff: Staff) -> list[Staff]:
    """Owner, manager, director: whom a late promise climbs to, each person once."""
    ladder = [staff]
    for person in (manager_of(staff), with_role(Role.DIRECTOR).order_by("pk").first()):
        if person and person not in ladder:
            ladder.append(person)
    return ladder


def staff_number(username: str) -> Staff:
    """The active person with this staff number.

    Raises:
        NotFound: nobody has it.
    """
    staff = Staff.objects.filter(username=username, is_active=True).first()
    if staff is None:
        raise NotFound(message(_("Nobody has the staff number %(number)s."), number=username))
    return staff


def last_administrator(staff_id: int) -> bool:
    """Whether this person is the only active administrator."""
    others = with_role(Role.ADMINISTRATOR)
    return others.filter(pk=staff_id).exists() and not others.exclude(pk=staff_id).exists()
