"""Errors of gift lists as people see them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from huiyin.foundation.models import ActEntry
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.promises.public import Promise, promises_on
from huiyin.promotions.models import GiftError
from huiyin.promotions.rules.words import ErrorState

WITH = ("line__list__store", "line__customer", "store", "mended_by", "closed_by", "visit")


def errors_seen(actor: Actor, filters: Mapping[str, str]) -> tuple[QuerySet[GiftError], tuple[str, ...]]:
    """Errors in the actor's area and the order they are listed in: open ones by deadline, closed ones newest first."""
    rows = GiftError.objects.visible_to(actor).select_related("line__list__store")
    if filters.get("tab") == "done":
        return rows.filter(state=ErrorState.CLOSED), ("-found_at", "-id")
    return rows.exclude(state=ErrorState.CLOSED), ("mend_by", "id")


def error_seen_by(actor: Actor, error_id: int) -> GiftError:
    """One error.

    Raises:
        NotFound: there is none in the actor's area.
    """
    found = GiftError.objects.visible_to(actor).select_related(*WITH).filter(pk=error_id).first()
    if found is None:
        raise NotFound
    return found


def owed_about(error: GiftError) -> Promise | None:
    """What is owed, or was owed last, about an error."""
    found = promises_on(error._meta.label_lower, error.pk)
    return found[-1] if found else None


def story_of(error: GiftError) -> list[ActEntry]:
    """Everything that was done about an error, oldest first."""
    return list(ActEntry.objects.filter(subject=error._meta.label_lower, subject_id=error.pk).order_by("pk"))
