"""Cases on the customer's timeline."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from huiyin.cases.models import Case
from huiyin.cases.rules.kinds import KINDS, LEVELS
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.customers.public import Entry, Older, TimelineKind
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _


def case_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """The customer's cases by the moment they were received."""
    if not actor.may("cases.see"):
        return []
    rows = Case.objects.visible_to(actor).filter(customer_id=customer_id).select_related("owner")
    return [_entry(case) for case in page.of(rows, kind="case", at="received_at")[:limit]]


def _entry(case: Case) -> Entry:
    kind = gettext(KINDS.get(case.kind, case.kind))
    return Entry(
        at=case.received_at,
        kind="case",
        id=case.pk,
        icon="inbox",
        title=f"{kind} {case.number}",
        text=case.title,
        tone="late" if case.level == "urgent" and case.live else "accent" if case.live else "kept",
        href=reverse("case", args=[case.pk]),
        badge=gettext(STATE_LABELS[case.state]),
        who=case.owner.name if case.owner else "",
        notes=(gettext(LEVELS[case.level]),),
    )


TIMELINE = [TimelineKind(code="case", label=_("Cases"), icon="inbox", entries=case_entries)]
