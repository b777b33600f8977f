"""Which unanswered links are to be recalled."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min, Q

from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.rules.words import AskingState


def reminders_due(now: datetime) -> list[int]:
    """The askings whose first good link has waited long enough and can still be answered, oldest first (QST-6)."""
    waiting = Asking.objects.filter(state__in=[AskingState.OPEN, AskingState.PARTIAL], reminded_at=None)
    rows = waiting.filter(expires_at__gt=now, questionnaire__remind_after_days__isnull=False)
    linked = rows.annotate(since=Min("links__made_at", filter=Q(links__revoked_at=None))).filter(since__isnull=False)
    found = linked.order_by("since", "pk").values_list("pk", "since", "questionnaire__remind_after_days")
    return [key for key, since, days in found if since + timedelta(days=days or 0) <= now]
