"""A lens: one viewer, one period, one store if any; what lies under it is counted by the database, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Avg, Count, F, Max, Min, Q, QuerySet, Sum

from huiyin.cases.public import Case
from huiyin.insights.rules.periods import Period
from huiyin.kernel.actor import SYSTEM, Actor, Scope
from huiyin.promises.public import Promise, visible_promises
from huiyin.questionnaires.public import FIVE_DIMENSIONS, Answer, Asking, scores
from huiyin.visits.public import Attempt, Visit

OVERALL = "overall"
RECOMMEND = "recommend"
OPINION = (*FIVE_DIMENSIONS, OVERALL)  # what a customer's own mean is made of: five dimensions, or one overall score
COMPLAINT = "complaint"
SUMS = ("n", "total", "squares", "least", "most")


@dataclass(frozen=True)
class People:
    """Customers' own means: their sums, and how many of them reach the line of satisfaction."""

    sums: scores.Sums
    satisfied: int


@dataclass(frozen=True)
class Lens:
    """By whom, in which period, in which store (None: all that the viewer may see), and until ``now``."""

    actor: Actor
    period: Period
    now: datetime
    store_id: int | None = None

    @property
    def window(self) -> tuple[datetime, datetime]:
        """The period as moments in the company's zone."""
        return self.period.moments(ZoneInfo(settings.TIME_ZONE))

    def before(self) -> Lens:
        """The same lens on the period before."""
        return replace(self, period=self.period.before())

    def on(self, period: Period) -> Lens:
        """The same lens on another period."""
        return replace(self, period=period)

    def inside(self, field: str) -> Q:
        """The condition that a moment lies in the period."""
        since, until = self.window
        return Q(**{f"{field}__gte": since, f"{field}__lt": until})

    def here(self, field: str = "store_id") -> Q:
        """The condition that a row belongs to the store, if one was chosen."""
        return Q() if self.store_id is None else Q(**{field: self.store_id})

    def askings(self) -> QuerySet[Asking]:
        """Questionnaires answered completely in the period."""
        rows = Asking.objects.visible_to(self.actor)
        return rows.filter(self.inside("completed_at"), self.here(), state="complete")

    def asked(self) -> QuerySet[Asking]:
        """Questionnaires asked in the period, answered or not."""
        return Asking.objects.visible_to(self.actor).filter(self.inside("asked_at"), self.here())

    def answers(self, *dimensions: str) -> QuerySet[Answer]:
        """Present scores on these dimensions in completely answered questionnaires."""
        rows = Answer.objects.filter(current=True, number__isnull=False, question__dimension__in=dimensions)
        return rows.filter(asking__in=self.askings())

    def complaint_promises(self) -> QuerySet[Promise]:
        """Promises about complaints that had to be kept in the period; cancelled and paused ones owe nothing."""
        complaints = Case.objects.visible_to(self.actor).filter(self.here(), kind=COMPLAINT)
        due = visible_promises(SYSTEM).filter(self.inside("due_at"), due_at__lte=self.now, subject="cases.case")
        return due.filter(subject_id__in=complaints.values("pk"), state__in=["open", "kept"])

    def cases(self) -> QuerySet[Case]:
        """Cases received in the period."""
        return Case.objects.visible_to(self.actor).filter(self.inside("received_at"), self.here())

    def visits(self) -> QuerySet[Visit]:
        """Visits in the viewer's scope and in the store; colleagues' open ones are not one's own."""
        rows = Visit.objects.visible_to(self.actor).filter(self.here())
        return rows.filter(agent_id=self.actor.id) if self.actor.scope is Scope.OWN else rows

    def attempts(self) -> QuerySet[Attempt]:
        """Dials of the period."""
        dials = Attempt.objects.filter(self.inside("at"), self.here("visit__store_id"), channel="phone")
        return dials if self.actor.scope is Scope.ALL else dials.filter(visit__in=self.visits())

    @cached_property
    def by_dimension(self) -> Mapping[str, Mapping[str, Any]]:
        """Sums, and counts of top boxes, promoters and detractors, per dimension; one query."""
        counted = (
            self.answers(*OPINION, RECOMMEND)
            .values(dimension=F("question__dimension"))
            .annotate(
                n=Count("pk"),
                total=Sum("number"),
                squares=Sum(F("number") * F("number")),
                least=Min("number"),
                most=Max("number"),
                top=Count("pk", filter=Q(number__gte=scores.TOP_BOX)),
                promoters=Count("pk", filter=Q(number__gte=scores.PROMOTER)),
                detractors=Count("pk", filter=Q(number__lte=scores.DETRACTOR)),
            )
        )
        return {row["dimension"]: row for row in counted}

    def sums_of(self, dimension: str) -> scores.Sums:
        """The sums of one dimension."""
        row = self.by_dimension.get(dimension)
        return scores.Sums(*(row[name] for name in SUMS)) if row else scores.Sums()

    @cached_property
    def people(self) -> People:
        """The customers' own means; one query."""
        means = self.answers(*OPINION).values("asking").annotate(mean=Avg("number"))
        row = means.aggregate(
            n=Count("asking"),
            total=Sum("mean"),
            squares=Sum(F("mean") * F("mean")),
            least=Min("mean"),
            most=Max("mean"),
            satisfied=Count("asking", filter=Q(mean__gte=scores.SATISFIED)),
        )
        sums = scores.Sums(row["n"], *(float(row[name]) for name in SUMS[1:])) if row["n"] else scores.Sums()
        return People(sums, row["satisfied"] or 0)
