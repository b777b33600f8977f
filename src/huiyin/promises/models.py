"""The ledger: who owes what to whom, by when, with what evidence, and what happened when it was late."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, Scope
from huiyin.organisation.public import Department, Staff, Store
from huiyin.promises.rules.clock_state import ClockState, clock_state
from huiyin.working_time.public import Span, Unit


class PromiseState(models.TextChoices):
    """Where a promise stands; whether it was late is kept apart in ``broken_at``."""

    OPEN = "open", _("Open")
    PAUSED = "paused", _("Paused")
    KEPT = "kept", _("Kept")
    CANCELLED = "cancelled", _("Cancelled")


UNSETTLED = (PromiseState.OPEN, PromiseState.PAUSED)


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Promises, by who may see them."""

    def visible_to(self, actor: Actor) -> PromiseQuerySet:
        """Own ones, those of own departments and stores, or all, as the actor's scope says (ORG-3)."""
        if actor.scope is Scope.ALL:
            return self
        mine = Q(owner_id=actor.id)
        if actor.scope is Scope.UNIT:
            mine |= Q(department_id__in=actor.department_ids) | Q(store_id__in=actor.store_ids)
        return self.filter(mine)

    def unsettled(self) -> PromiseQuerySet:
        """Those still owed."""
        return self.filter(state__in=UNSETTLED)


class Promise(Recorded):
    """One promise. Moments are UTC; ``ladder_at`` holds the moments of warn, breach and escalate."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    owner = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="promises")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    customer_id = models.BigIntegerField(null=True)

    start_at = models.DateTimeField()
    span_amount = models.DecimalField(max_digits=8, decimal_places=2)
    span_unit = models.CharField(max_length=20)
    calendar = models.CharField(max_length=30)
    calendar_version = models.IntegerField()
    policy = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, help_text="A date agreed instead of the span; pauses still move it.")
    moved_reason = models.CharField(max_length=200, blank=True)

    state = models.CharField(max_length=10, choices=PromiseState.choices, default=PromiseState.OPEN)
    ladder_at = ArrayField(models.DateTimeField())
    step = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    broken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    margin = models.DurationField(
        null=True, help_text="What was left of its time when it was kept; negative when late."
    )
    elapsed = models.DurationField(null=True, help_text="What its clock had run when it was kept.")
    stopped = models.DurationField(null=True, help_text="How long its clock stood still; none: it never did.")
    evidence = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Promise]] = PromiseQuerySet.as_manager()

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "subject_id"], condition=Q(state__in=["open", "paused"]), name="promise_once"
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], name="promise_sweep", condition=Q(state="open", next_at__isnull=False)),
            models.Index(
                fields=["owner", "due_at", "id"], name="promise_owner", condition=Q(state__in=["open", "paused"])
            ),
            models.Index(
                fields=["due_at", "id"],
                name="promise_wall",
                condition=Q(state__in=["open", "paused"]),
                include=["owner", "department", "store", "state", "ladder_at"],  # the wall's counts read nothing else
            ),
            models.Index(
                fields=["department", "store", "due_at"],
                name="promise_unowned",
                condition=Q(state__in=["open", "paused"], owner=None),
            ),
            models.Index(fields=["subject", "subject_id"], name="promise_subject"),
            models.Index(fields=["kind", "settled_at"], name="promise_kept", condition=Q(state="kept")),
            models.Index(fields=["due_at"], name="promise_was_due", condition=Q(state__in=["open", "kept"])),
            models.Index(
                fields=["customer_id"],
                name="promise_customer",
                condition=Q(state__in=["open", "paused"], customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @property
    def span(self) -> Span:
        """How long was promised, in its own unit."""
        whole = int(self.span_amount)
        return Span(whole if whole == self.span_amount else self.span_amount, Unit(self.span_unit))

    def runs_in_time(self, now: datetime) -> bool:
        """Whether its clock runs and it never was late, whatever the server's clock says by now."""
        return self.state == PromiseState.OPEN and self.broken_at is None and self.due_at > now

    def clock(self, now: datetime) -> ClockState:
        """What its clock shows at ``now``."""
        return clock_state(state=self.state, due=self.due_at, warn=self.ladder_at[0], broken=self.broken_at, now=now)


class PromisePause(models.Model):
    """A stretch during which the clock stood, and why; an open one has no end."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise"], condition=Q(until=None), name="pause_one_open"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")), name="pause_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.since}–{self.until}"


class PromiseStep(models.Model):
    """A step of the ladder that was taken: due at one moment, taken by the sweep at another, once."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "step", "due_at"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.promise_id} {self.step}"


class LadderPolicy(Recorded, Settled):
    """The ladder's numbers per kind (empty: all kinds without their own), newest version first."""

    kind = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField()
    warn_share = models.FloatField(default=0.75)
    climb_amount = models.DecimalField(max_digits=8, decimal_places=2, default=4)
    climb_unit = models.CharField(max_length=20, default=Unit.WORKING_HOURS)

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="ladder_version")]

    def __str__(self) -> str:
        return f"{self.kind or '*'} v{self.version}"
