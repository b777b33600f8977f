"""Forgets drafts that nobody came back to, and who looked at what."""

from __future__ import annotations

from datetime import timedelta

from huiyin.cases.models import CaseLook, Draft
from huiyin.cases.queries.settings import conduct_at
from huiyin.foundation.actions import Act, action

LOOKS_KEPT = timedelta(hours=1)


@action("cases.forget_drafts")
def forget_drafts(act: Act) -> int:
    """Deletes what is older than the company's days for drafts; returns how many drafts went."""
    CaseLook.objects.filter(at__lt=act.now - LOOKS_KEPT).delete()
    old = Draft.objects.filter(saved_at__lt=act.now - timedelta(days=conduct_at(act.now).draft_days))
    return old.delete()[0]
