"""Tells the rooms above who is away today, so that work finds other hands (ORG-4)."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from huiyin.foundation.actions import Act, action
from huiyin.organisation.events import PersonAway
from huiyin.organisation.models import Leave


@action("organisation.tell_absences")
def tell_absences(act: Act) -> int:
    """Tells of each leave that covers today; returns how many. A stand-in who is away as well stands in for nobody."""
    today = timezone.localtime(act.now, timezone.get_default_timezone()).date()
    away = Leave.objects.filter(first_day__lte=today, last_day__gte=today, staff__is_active=True)
    people = set(away.values_list("staff", flat=True))
    there = Q(stand_in__is_active=True) & ~Q(stand_in__in=people)
    able = set(away.filter(there).values_list("pk", flat=True))
    for leave in away.select_related("staff").order_by("pk"):
        stand_in = leave.stand_in_id if leave.pk in able else None
        act.emit(PersonAway(leave.staff_id, leave.staff.name, stand_in, leave.last_day, leave.until))
    return len(people)
