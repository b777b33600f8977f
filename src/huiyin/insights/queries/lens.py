"""A lens: one viewer, one period, one store if any; what lies under it is counted by the database, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, IntegerField, Max, Min, Q, QuerySet, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from huiyin.cases.public import Case
from huiyin.insights.rules.periods import Period
from huiyin.kernel.actor import SYSTEM, Actor, Scope
from huiyin.promises.public import Promise, visible_promises
from huiyin.questionnaires.public import OPINION, Asking, scores
from huiyin.visits.public import Attempt, Visit

OVERALL = "overall"
RECOMMEND = "recommend"
COMPLAINT = "complaint"
SUMS = ("n", "total", "squares", "least", "most")


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
    def facts(self) -> Mapping[str, Any]:
        """Sums over the answered questionnaires, per dimension and of the customers' own means; one query."""
        wanted: dict[str, Any] = {}
        for dimension in (*OPINION, RECOMMEND):
            wanted |= _sums(dimension, Cast(KT(f"scores__{dimension}"), IntegerField()))
        overall, recommend = (Cast(KT(f"scores__{one}"), IntegerField()) for one in (OVERALL, RECOMMEND))
        return self.askings().aggregate(
            **wanted,
            **_sums("mean", F("mean")),
            satisfied=Count("pk", filter=Q(mean__gte=scores.SATISFIED)),
            top=_count(overall, GreaterThanOrEqual, scores.TOP_BOX),
            promoters=_count(recommend, GreaterThanOrEqual, scores.PROMOTER),
            detractors=_count(recommend, LessThanOrEqual, scores.DETRACTOR),
        )

    def sums_of(self, dimension: str) -> scores.Sums:
        """The sums of one dimension, or of the customers' own means (``mean``)."""
        n, *rest = (self.facts[f"{dimension}_{name}"] for name in SUMS)
        return scores.Sums(n, *map(float, rest)) if n else scores.Sums()


def _sums(name: str, value: Any) -> dict[str, Any]:
    """The five sums a mean needs, under ``<name>_<sum>``."""
    found = (Count(value), Sum(value), Sum(value * value), Min(value), Max(value))
    return dict(zip((f"{name}_{one}" for one in SUMS), found, strict=True))


def _count(value: Any, comparison: type[Any], line: int) -> Count:
    """How many values stand on this side of a line."""
    return Count("pk", filter=comparison(value, line))
