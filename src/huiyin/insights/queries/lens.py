"""A lens: one viewer, one period, one store if any, and the records that lie under it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, Q, QuerySet

from huiyin.cases.public import Case
from huiyin.insights.rules.periods import Period, moments_of
from huiyin.insights.rules.stretches import Stretch
from huiyin.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from huiyin.promises.public import Promise, visible_promises
from huiyin.questionnaires.public import Asking, counted, left_out
from huiyin.visits.public import Attempt, Visit

M = TypeVar("M", bound=Model)
NO_STORE = 0  # as a choice: what belongs to no store
COMPLAINT = "complaint"
DONE = "done"
TRIED = (DONE, "partial", "not_reached", "refused")
FIRST_RESPONSE = "case.first_response"
ENDED = ("closed", "cancelled", "merged")


@dataclass(frozen=True)
class Lens:
    """By whom, in which period, in which store (None: all the viewer may see, 0: what has none), and until ``now``.

    Who leads departments or stores sees their figures, the same as everybody else who leads them; who sees own work
    only, the figures of that. ``days`` narrow the period to some of its days.
    """

    actor: Actor
    period: Period
    now: datetime
    store_id: int | None = None
    days: tuple[Stretch, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The company's zone."""
        return ZoneInfo(settings.TIME_ZONE)

    @property
    def today(self) -> date:
        """The day of ``now`` in the company's zone."""
        return self.now.astimezone(self.zone).date()

    @property
    def leads(self) -> bool:
        """Whether the viewer looks at departments and stores as a whole."""
        return self.actor.kind is ActorKind.STAFF and self.actor.scope is Scope.UNIT

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The days that are looked at."""
        return self.days or ((self.period.first, self.period.after),)

    def before(self) -> Lens:
        """The same lens on the period before."""
        return replace(self, period=self.period.before())

    def on(self, period: Period) -> Lens:
        """The same lens on another period."""
        return replace(self, period=period)

    def inside(self, field: str) -> Q:
        """The condition that a moment lies in the period."""
        zone = self.zone
        return _any(field, *(moments_of(first, after, zone) for first, after in self.stretches))

    def on_days(self, field: str) -> Q:
        """The condition that a day lies in the period."""
        return _any(field, *self.stretches)

    def here(self, field: str = "store_id") -> Q:
        """The condition that a row belongs to the store, if one was chosen, or to none (``NO_STORE``)."""
        if self.store_id == NO_STORE:
            return Q(**{f"{field}__isnull": True})
        return Q() if self.store_id is None else Q(**{field: self.store_id})

    def led(self, department: str = "department_id", store: str = "store_id") -> Q:
        """The condition that a row belongs to a department or store the viewer leads."""
        units = {department: sorted(self.actor.department_ids), store: sorted(self.actor.store_ids)}
        known = [Q(**{f"{field}__in": ids}) for field, ids in units.items() if ids]
        return reduce(or_, known) if known else Q(pk__in=[])

    def area(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Those rows that are the viewer's to look at, in the store."""
        visible: Any = rows
        mine: QuerySet[M] = rows.filter(self.led()) if self.leads else visible.visible_to(self.actor)
        return mine.filter(self.here())

    def askings(self) -> QuerySet[Asking]:
        """Questionnaires answered completely in the period."""
        return self.area(Asking.objects.all()).filter(self.inside("completed_at"), state="complete")

    def counted_askings(self) -> QuerySet[Asking]:
        """Those of them that are not too doubtful to count (QST-5)."""
        return counted(self.askings(), self.today)

    def left_out(self) -> QuerySet[Asking]:
        """Those that are."""
        return left_out(self.askings(), self.today)

    def asked(self) -> QuerySet[Asking]:
        """Questionnaires asked in the period, answered or not."""
        return self.area(Asking.objects.all()).filter(self.inside("asked_at"))

    def complaints(self) -> QuerySet[Case]:
        """Complaints of any time."""
        return self.area(Case.objects.filter(kind=COMPLAINT))

    def stages_due(self) -> QuerySet[Promise]:
        """Promises about cases that had to be kept in the period; cancelled and paused ones owe nothing."""
        due = visible_promises(SYSTEM).filter(self.inside("due_at"), due_at__lte=self.now, subject="cases.case")
        return due.filter(state__in=["open", "kept"])

    def complaint_promises(self) -> QuerySet[Promise]:
        """Those of them that were about complaints."""
        return self.stages_due().filter(subject_id__in=self.complaints().values("pk"))

    def first_responses(self) -> QuerySet[Promise]:
        """First responses given in the period."""
        given = visible_promises(SYSTEM).filter(self.inside("settled_at"), kind=FIRST_RESPONSE, state="kept")
        return self.area(given)

    def cases(self) -> QuerySet[Case]:
        """Cases received in the period."""
        return self.area(Case.objects.all()).filter(self.inside("received_at"))

    def judged_cases(self) -> QuerySet[Case]:
        """Of the cases received those that can be judged: settled, ended without, or with a deadline that has passed.

        A case all of whose clocks still run in time, or stand still, is not counted yet, neither for nor against.
        """
        judged = Q(settled_at__isnull=False) | Q(state__in=ENDED) | Q(due_at__lte=self.now)
        return self.cases().filter(judged)

    def visits(self) -> QuerySet[Visit]:
        """Visits in the viewer's area; of colleagues' open ones, which one may see, none."""
        rows = self.area(Visit.objects.all())
        return rows.filter(agent_id=self.actor.id) if self.actor.scope is Scope.OWN else rows

    def ended_visits(self) -> QuerySet[Visit]:
        """Visits that ended in the period after somebody tried."""
        return self.visits().filter(self.inside("ended_at"), state__in=TRIED)

    def planned_visits(self) -> QuerySet[Visit]:
        """Visits planned on a day of the period."""
        return self.visits().filter(self.on_days("planned_on")).exclude(state="cancelled")

    def attempts(self) -> QuerySet[Attempt]:
        """Dials of the period."""
        dials = Attempt.objects.filter(self.inside("at"), self.here("visit__store_id"), channel="phone")
        if self.actor.scope is Scope.ALL:
            return dials
        if self.leads:
            return dials.filter(self.led("visit__department_id", "visit__store_id"))
        return dials.filter(visit__in=self.visits())


def _any(field: str, *ranges: tuple[date, date]) -> Q:
    """The condition that a value lies in one of the ranges, the end of each excluded."""
    return reduce(or_, (Q(**{f"{field}__gte": since, f"{field}__lt": until}) for since, until in ranges))
