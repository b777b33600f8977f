"""Stores, departments and people, as far as somebody sees them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.kernel.actor import Actor, Scope
from huiyin.organisation.models import Department, Staff, Store


def stores_seen_by(actor: Actor) -> QuerySet[Store]:
    """Every store to those who may see the organisation: addresses of work are no secret inside the company."""
    return Store.objects.all() if actor.may("organisation.see") else Store.objects.none()


def departments_seen_by(actor: Actor) -> QuerySet[Department]:
    """Every department to those who may see the organisation."""
    return Department.objects.all() if actor.may("organisation.see") else Department.objects.none()


def people_seen_by(actor: Actor) -> QuerySet[Staff]:
    """Oneself; managers their departments and stores; everybody to those whose scope is all (ORG-3)."""
    if not actor.may("organisation.see"):
        return Staff.objects.none()
    if actor.scope is Scope.ALL:
        return Staff.objects.all()
    seen = Q(pk=actor.id)
    if actor.scope is Scope.UNIT:
        seen |= Q(department__in=actor.department_ids) | Q(store__in=actor.store_ids)
    return Staff.objects.filter(seen)
