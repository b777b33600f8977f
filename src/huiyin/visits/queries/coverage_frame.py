"""The visits a coverage report is about, each with its fate; the numbers and the records behind them read the same.

In the frame is every drawn kind's visit that could have been made in the time: its time to visit overlaps it, or it was
planned or made in it, and it had not ended before. Everything is told as of the end of the time, so that the report of
a past week stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from huiyin.kernel.actor import Actor
from huiyin.visits.models import Attempt, Invitation, PlanChoice, PlanState, Visit, WeekPlan
from huiyin.visits.models.visit import VisitQuerySet
from huiyin.visits.queries.policies import hours_of, rules_in_force
from huiyin.visits.rules.coverage.fates import Fate
from huiyin.visits.rules.coverage.times import CoveredTime
from huiyin.visits.rules.lifecycle import FAILED, State

CHOSEN = "chosen"


@dataclass(frozen=True)
class Frame:
    """Whose visits of which time, as of ``now``."""

    actor: Actor
    time: CoveredTime
    now: datetime

    def visits(self) -> QuerySet[Any]:
        """The visits of drawn kinds with ``fate``, ``was_planned`` and ``was_replaced``."""
        begins, ends = self.moments()
        made = Q(ended_at__gte=begins, ended_at__lt=ends, state__in=[State.DONE, *sorted(FAILED)])
        found = could_be_made(self.actor, begins, ends, also=self.planned() | made)
        return _with_fate(found.filter(sampled=True), self, ends)

    def moments(self) -> tuple[datetime, datetime]:
        """When the time begins and ends where the plan's calendar holds."""
        return self.time.moments(hours_of(rules_in_force(self.time.first)).zone)

    def planned(self) -> Q:
        """Whether a visit's day lies in the time."""
        return Q(planned_on__gte=self.time.first, planned_on__lt=self.time.after)

    @cached_property
    def plans(self) -> list[WeekPlan]:
        """The published plans of its weeks."""
        return list(WeekPlan.objects.filter(monday__in=self.time.mondays, state=PlanState.PUBLISHED).order_by("monday"))


def could_be_made(actor: Actor, begins: datetime, ends: datetime, also: Q | None = None) -> VisitQuerySet:
    """The actor's visits whose time to visit overlaps a time (or ``also``) and that had not ended before it."""
    in_time = Q(due_from__lt=ends, due_by__gt=begins)
    running = Q(ended_at__isnull=True) | Q(ended_at__gte=begins)
    return Visit.objects.visible_to(actor).filter(running, in_time | also if also else in_time)


def _with_fate(visits: VisitQuerySet, frame: Frame, ends: datetime) -> QuerySet[Any]:
    choices = PlanChoice.objects.filter(visit=OuterRef("pk"), plan__in=[plan.pk for plan in frame.plans])
    last = choices.order_by("-plan__monday").annotate(
        said=Case(When(chosen=True, then=Value(CHOSEN)), default=F("code"), output_field=CharField())
    )
    called = Attempt.objects.filter(visit=OuterRef("pk"), at__lt=ends)
    asked = Invitation.objects.filter(visit=OuterRef("pk"), sent_at__lt=ends)
    ended = Q(ended_at__lt=ends)
    planned = frame.planned() | Q(said=CHOSEN)
    with_choice = visits.annotate(said=Coalesce(Subquery(last.values("said")[:1]), Value("")))
    fates: list[When] = [
        *(When(ended & Q(state=state), then=Value(str(state))) for state in (State.DONE, *sorted(FAILED))),
        When(Exists(called), then=Value(str(Fate.AGAIN))),
        When(Exists(asked), then=Value(str(Fate.LINK_SENT))),
        When(ended & Q(state=State.CANCELLED), then=Value(str(Fate.CANCELLED))),
        When(planned & Q(window_end__gt=frame.now), then=Value(str(Fate.TO_COME))),
        When(planned, then=Value(str(Fate.NOT_CALLED))),
        When(~Q(self_way="") & Q(state=State.DUE), then=Value(str(Fate.LINK_TO_COME))),
        When(said="", then=Value(str(Fate.NOT_IN_PLAN))),
    ]
    return with_choice.annotate(
        fate=Case(*fates, default=F("said"), output_field=CharField()),
        was_planned=Case(When(planned, then=Value(True)), default=Value(False)),
        was_replaced=Case(
            When(state__in=sorted(FAILED), replaced_by__isnull=False, then=Value(True)), default=Value(False)
        ),
    )
