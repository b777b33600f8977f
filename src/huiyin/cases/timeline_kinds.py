"""Cases on the customer's timeline."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.cases.models import Case
from huiyin.cases.rules.kinds import KINDS, LEVELS
from huiyin.cases.rules.states import LIVE, STATE_LABELS
from huiyin.customers.public import Entry, Older, TimelineKind, behind
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _


def case_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """The customer's cases by the moment they were received."""
    if not actor.may("cases.see"):
        return []
    return [_entry(_Received(*row)) for row in _received(actor, customer_id, *page.bound("case"), limit=limit)]


@prepared
def _received(
    actor: Actor, customer: Given, moment: Given, pk: Given, *, limit: int
) -> QuerySet[Case, tuple[Any, ...]]:
    rows = behind(Case.objects.visible_to(actor).filter(customer_id=customer), "received_at", moment, pk)
    shown = ("pk", "received_at", "number", "kind", "title", "level", "state", "owner__name")
    return rows.values_list(*shown)[:limit]


class _Received(NamedTuple):
    pk: int
    at: datetime
    number: str
    kind: str
    title: str
    level: str
    state: str
    owner: str | None


def _entry(case: _Received) -> Entry:
    live = case.state in LIVE
    return Entry(
        at=case.at,
        kind="case",
        id=case.pk,
        icon="inbox",
        title=f"{gettext(KINDS.get(case.kind, case.kind))} {case.number}",
        text=case.title,
        tone="late" if case.level == "urgent" and live else "accent" if live else "kept",
        href=reverse("case", args=[case.pk]),
        badge=gettext(STATE_LABELS[case.state]),
        who=case.owner or "",
        notes=(gettext(LEVELS[case.level]),),
    )


TIMELINE = [TimelineKind(code="case", label=_("Cases"), icon="inbox", entries=case_entries)]
