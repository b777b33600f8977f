"""Stores, departments, people and tokens, as far as somebody sees them."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet

from huiyin.kernel.actor import Actor, Scope
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import ApiToken, Department, Staff, Store

M = TypeVar("M", bound=Model)


def stores_seen_by(actor: Actor) -> QuerySet[Store]:
    """Every store to those who may see the organisation: addresses of work are no secret inside the company."""
    stores = Store.objects.select_related("manager").annotate(people=Count("staff", filter=Q(staff__is_active=True)))
    return stores if actor.may("organisation.see") else stores.none()


def departments_seen_by(actor: Actor) -> QuerySet[Department]:
    """Every department to those who may see the organisation."""
    people = Count("staff", filter=Q(staff__is_active=True))
    departments = Department.objects.select_related("head").annotate(people=people)
    return departments if actor.may("organisation.see") else departments.none()


def people_seen_by(actor: Actor) -> QuerySet[Staff]:
    """Oneself; managers their departments and stores; everybody to those whose scope is all (ORG-3)."""
    people = Staff.objects.select_related("department", "store")
    if not actor.may("organisation.see"):
        return people.none()
    if actor.scope is Scope.ALL:
        return people
    seen = Q(pk=actor.id)
    if actor.scope is Scope.UNIT:
        seen |= Q(department__in=actor.department_ids) | Q(store__in=actor.store_ids)
    return people.filter(seen)


def people_matching(people: QuerySet[Staff], text: str, *, former: bool = False) -> QuerySet[Staff]:
    """Those whose name or staff number holds ``text``; ``former`` shows who left instead of who is here."""
    people = people.filter(is_active=not former)
    return people.filter(Q(name__icontains=text) | Q(username__icontains=text)) if text else people


def tokens_seen_by(actor: Actor) -> QuerySet[ApiToken]:
    """All tokens to those who make them; never their secrets."""
    tokens = ApiToken.objects.select_related("staff").order_by("-id")
    return tokens if actor.may("tokens.create") else tokens.none()


def one_of(rows: QuerySet[M], pk: int) -> M:
    """The row with this key among those seen.

    Raises:
        NotFound: it is not among them.
    """
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def known(rows: QuerySet[M], pk: int | None, field: str) -> int | None:
    """The key itself when such a row exists, or None when none is named.

    Raises:
        Invalid: ``field`` names a row that does not exist.
    """
    if pk is not None and not rows.filter(pk=pk).exists():
        missing = message(_("There is no such entry."))
        raise Invalid(missing, {field: missing})
    return pk
