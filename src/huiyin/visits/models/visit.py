"""A visit, from falling due to its end, and who may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.foundation.choices import choices_of
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Staff, Store
from huiyin.visits.models.policy import VisitPolicy
from huiyin.visits.rules.lifecycle import ASKED_ALONE, FAILED, OPEN, STATE_LABELS, STATE_TONES, State

_OPEN = Q(state__in=sorted(OPEN))
_POOL = _OPEN & Q(agent=None, sampled=False)


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits, by who may see them and by what is to be done."""

    def visible_to(self, actor: Actor) -> VisitQuerySet:
        """What the actor may see (ORG-3).

        Own ones; open ones of the own department, so that colleagues stand in for each other; with the scope of a unit
        all of its departments and stores; with the widest scope all.
        """
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        mine = Q(agent_id=actor.id) | Q(started_by_id=actor.id)
        if actor.scope is Scope.UNIT:
            mine |= Q(department_id__in=actor.department_ids) | Q(store_id__in=actor.store_ids)
        else:
            mine |= Q(department_id__in=actor.department_ids) & _OPEN
        return self.filter(mine)

    def open(self) -> VisitQuerySet:
        """Those not yet ended."""
        return self.filter(_OPEN)

    def in_pool(self) -> VisitQuerySet:
        """Owed ones that nobody has taken yet, except those that are made with another."""
        return self.filter(_POOL, self_way="", made_with=None)


class Visit(Recorded):
    """One visit to one customer. Moments are UTC.

    ``due_by`` is the target, ``breach_at`` the moment from which it is late (the same where the policy names none).
    ``kind`` is the policy's code, so that one purchase or case has one visit of a kind whatever the version. ``band``
    is the customer's own amount band, ``place_band`` the band whose place in the plan it fills. ``not_agent`` handled
    the case and must not do the visit. ``about_label`` and ``about_id`` name the row of a room above that wants the
    visit (a line of a list, a form), ``wish`` what it wants to be asked. ``again_at`` is when to try again: a time the
    customer named (``again_asked``) or our own. ``attribution`` (people, store, product) is frozen when it falls due,
    and so is ``script_version``, the version of the script that fell to it by lot (None: the one in force is read).
    ``self_way`` is the way by which the customer is asked to answer alone ("": somebody makes the visit).
    ``made_with`` leads the one call that this visit is made in; such a visit has no place in a plan of its own.
    ``leads``: others are or were made with it. ``apart``: somebody decided that it is made alone.
    """

    kind = models.CharField(max_length=30)
    policy = models.ForeignKey(VisitPolicy, on_delete=models.PROTECT, related_name="visits")
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="visits")
    purchase = models.ForeignKey(
        "customers.Purchase", null=True, blank=True, on_delete=models.PROTECT, related_name="visits"
    )
    case = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    about_label = models.CharField(max_length=60, blank=True, db_default="")
    about_id = models.BigIntegerField(null=True, blank=True)
    wish = models.CharField(max_length=400, blank=True, db_default="")
    amount = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    due_from = models.DateTimeField()
    due_by = models.DateTimeField()
    breach_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=choices_of(STATE_LABELS), default=State.DUE)
    sampled = models.BooleanField(default=False)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=12, blank=True)
    place_band = models.CharField(max_length=12, blank=True)
    plan = models.ForeignKey("visits.WeekPlan", null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    planned_on = models.DateField(null=True, blank=True)
    window_start = models.DateTimeField(null=True, blank=True)
    window_end = models.DateTimeField(null=True, blank=True)
    agent = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    not_agent = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    again_at = models.DateTimeField(null=True, blank=True)
    again_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10, blank=True)
    self_way = models.CharField(max_length=10, blank=True, db_default="", default="")
    found_case = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    script_version = models.PositiveSmallIntegerField(null=True, blank=True)
    attribution = models.JSONField(default=dict, blank=True)
    made_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="others", db_index=False
    )
    leads = models.BooleanField(default=False, db_default=False)
    apart = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Visit]] = VisitQuerySet.as_manager()
    in_talk: list[Any] | None = (
        None  # while a call for several visits is written down: what its answers say; not stored
    )

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "purchase"], condition=Q(purchase__isnull=False), name="visit_of_purchase_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "case"], condition=Q(case__isnull=False) & _OPEN, name="visit_of_case_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "about_label", "about_id"],
                condition=Q(about_id__isnull=False) & _OPEN,
                name="visit_about_once",
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "window_start", "id"], name="visit_agent", condition=_OPEN),
            models.Index(fields=["due_from", "due_by"], name="visit_due", condition=Q(state="due")),
            models.Index(fields=["due_by", "id"], name="visit_open", condition=_OPEN),
            models.Index(fields=["due_by", "id"], name="visit_pool", condition=_POOL),
            models.Index(fields=["planned_on", "agent"], name="visit_day"),
            models.Index(fields=["due_from", "id"], name="visit_by_itself", condition=Q(state="due") & ~Q(self_way="")),
            models.Index(fields=["customer", "-created_at"], name="visit_customer"),
            models.Index(fields=["-ended_at", "-id"], name="visit_ended", condition=Q(ended_at__isnull=False)),
            models.Index(fields=["store", "ended_at"], name="visit_store_ended", condition=Q(state="done")),
            models.Index(fields=["made_with"], name="visit_made_with", condition=Q(made_with__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def about(self) -> tuple[str, int] | None:
        """Which row of a room above wants it, as label and key."""
        return (self.about_label, self.about_id) if self.about_id is not None else None

    @property
    def state_label(self) -> str:
        """The state's name as a message id."""
        return ASKED_ALONE if self.self_way and self.state == State.DUE else STATE_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The state's colour."""
        return STATE_TONES.get(self.state, "neutral")

    @property
    def mark(self) -> str:
        """The icon of a call that did not bring the visit; "": the colour's own."""
        return "phone-missed" if self.state in FAILED else ""

    @property
    def promised_by(self) -> datetime:
        """When its call is promised: a drawn visit by the end of its planned window, an owed one by its target."""
        return self.window_end if self.sampled and self.window_end else self.due_by

    @property
    def is_open(self) -> bool:
        """Whether it is not yet ended."""
        return self.state in OPEN

    @property
    def standing(self) -> str | None:
        """What a clock shows where time alone does not tell."""
        return None if self.is_open else "kept" if self.state == State.DONE else "cancelled"
