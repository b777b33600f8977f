"""What an hour stands for while it is typed, and what the contact rules say to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils import timezone

from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.kernel.refusal import Invalid
from huiyin.visits.queries.contacts import may_call_at
from huiyin.visits.queries.visits import visit_worked_by
from huiyin.visits.rules.named_time import named_time


@dataclass(frozen=True)
class HourPart:
    """The hour that was understood (None: none yet), why not then, and whether no wish of the customer opens it."""

    hour: datetime | None
    why: str
    firm: bool
    from_when: datetime | None


@page("visits/<int:visit_id>/hour/", name="visit-hour", needs="visits.work")
def hour_part(request: Request, visit_id: int) -> HttpResponse:
    """Reads what was typed so far; an error is said as plainly as a yes."""
    text = request.GET.get("again_at") or request.GET.get("chance_at") or ""
    return show(request, "visits/_hour.html", _read(request, visit_id, text[:60]))


def _read(request: Request, visit_id: int, text: str) -> HourPart:
    visit = visit_worked_by(request.actor, visit_id)
    if not text.strip():
        return HourPart(None, "", firm=False, from_when=None)
    try:
        hour = named_time(text, timezone.localtime(clock.now()))
    except Invalid as refusal:
        return HourPart(None, say(refusal.why), firm=True, from_when=None)
    firm = may_call_at(visit, hour, asked=True)
    plain = may_call_at(visit, hour, asked=False)
    answer = plain if firm.allowed else firm
    why = "" if answer.allowed else say(answer.why)
    return HourPart(hour, why, firm=not firm.allowed, from_when=answer.from_when)
