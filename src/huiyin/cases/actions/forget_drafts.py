"""Forgets drafts that nobody came back to, who looked at what, and old changes to many cases (their history stays)."""

from __future__ import annotations

from datetime import timedelta

from huiyin.cases.models import BUSY, BulkState, BulkWork, CaseLook, Draft
from huiyin.cases.queries.settings import conduct_at
from huiyin.foundation.actions import Act, action

CHOICE_KEPT = timedelta(days=1)
LOOKS_KEPT = timedelta(hours=1)


@action("cases.forget_drafts")
def forget_drafts(act: Act) -> int:
    """Deletes what is older than the company's days for drafts; returns how many drafts went."""
    CaseLook.objects.filter(at__lt=act.now - LOOKS_KEPT).delete()
    bulk_from = act.now - timedelta(days=conduct_at(act.now).bulk_days)
    BulkWork.objects.filter(asked_at__lt=bulk_from).exclude(state__in=BUSY).delete()
    BulkWork.objects.filter(asked_at__lt=act.now - CHOICE_KEPT, state=BulkState.CHOOSING).delete()
    old = Draft.objects.filter(saved_at__lt=act.now - timedelta(days=conduct_at(act.now).draft_days))
    return old.delete()[0]
