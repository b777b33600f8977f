"""The case itself, and who may see it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from huiyin.cases.rules import case_fields
from huiyin.cases.rules.states import ENDED, LIVE, PHASES, STATE_LABELS, State
from huiyin.foundation.lookups import in_rows
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.organisation.public import Department, Staff, Store

NO_CLOCK = case_fields.NO_CLOCK
_LIVE = ~Q(state__in=sorted(ENDED))
_ANGRY = _LIVE & (Q(emotion="angry") | Q(repeated=True))
_NOBODYS = _LIVE & Q(owner=None)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, by who may see them and by what is to be done."""

    def visible_to(self, actor: Actor) -> CaseQuerySet:
        """What the actor may see (ORG-3): the own area, and cases that somebody who saw them lets the actor follow."""
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is ActorKind.CUSTOMER:
            return self.none()
        followed = CaseWatcher.objects.filter(staff_id=actor.id or 0).values("case_id")
        return self.filter(_area(actor) | in_rows("pk", followed))

    def in_area_of(self, actor: Actor) -> CaseQuerySet:
        """What the actor may work on, if the right is there.

        Own ones (owner, handler, recorder, who revisits, who has a task) and those that wait for somebody in the own
        department; with the scope of a unit all of its departments and stores, and what its departments gave to a
        person elsewhere; with the widest scope all. Customers see cases by their link only.
        """
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is ActorKind.CUSTOMER:
            return self.none()
        return self.filter(_area(actor))

    def live(self) -> CaseQuerySet:
        """Those not closed, cancelled or merged."""
        return self.filter(_LIVE)


def _with_task_of(actor: Actor) -> models.QuerySet[Any, Any]:
    """The cases in which somebody has something to do."""
    tasks = Case._meta.get_field("tasks").related_model._default_manager  # noqa: SLF001 - the table below in this room
    return tasks.filter(person_id=actor.id, done_at=None, dropped=False).values("case_id")


def _area(actor: Actor) -> Q:
    mine = Q(owner_id=actor.id) | Q(handler_id=actor.id) | Q(created_by_id=actor.id) | Q(revisitor_id=actor.id)
    mine |= in_rows("pk", _with_task_of(actor))
    if actor.scope is not Scope.UNIT:
        return mine | Q(owner_id=None, department_id__in=actor.department_ids) & _LIVE
    mine |= Q(department_id__in=actor.department_ids) | Q(store_id__in=actor.store_ids)
    if actor.department_ids:
        mine |= Q(involved__overlap=sorted(actor.department_ids))
    return mine


class Case(Recorded):
    """One feedback, complaint or service request. Moments are UTC; ``level_rank`` and ``due_at`` order the queue."""

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=20)
    topic = models.CharField(max_length=20)
    problem_type = models.ForeignKey("cases.ProblemType", null=True, on_delete=models.PROTECT, related_name="cases")
    channel = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    description = models.TextField()
    happened_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    product = models.ForeignKey("customers.Product", null=True, on_delete=models.PROTECT, related_name="+")
    product_name = models.CharField(max_length=120, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    frequency = models.CharField(max_length=200, blank=True)
    wanted_by = models.DateField(null=True)
    wish = models.TextField(blank=True)
    emotion = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=20, blank=True)
    reach = models.CharField(max_length=20, blank=True)
    repeated = models.BooleanField(default=False)
    earlier_complaints = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Complaints of the same customer before this case, over all channels."
    )

    suggested_level = models.CharField(max_length=10)
    suggested_because = models.JSONField(default=list)
    level = models.CharField(max_length=10)
    level_rank = models.PositiveSmallIntegerField()
    level_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    level_at = models.DateTimeField(null=True)
    level_reason = models.CharField(max_length=200, blank=True)
    needs_senior = models.BooleanField(default=False)

    state = models.CharField(max_length=12, default=State.OPEN)
    state_since = models.DateTimeField()
    waiting_for = models.CharField(max_length=12, blank=True)
    returns_to = models.CharField(max_length=12, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    revisit = models.CharField(max_length=10, blank=True)
    reopened_times = models.PositiveSmallIntegerField(default=0)
    policy = models.CharField(max_length=30)
    policy_version = models.PositiveIntegerField()
    policy_list = models.PositiveIntegerField(null=True, help_text="The version of the list that chose the policy.")
    agreement = models.CharField(max_length=40, blank=True, db_default="", help_text="The agreement that names it.")
    due_at = models.DateTimeField(default=NO_CLOCK)
    warn_at = models.DateTimeField(null=True, help_text="From when on the deadline counts as near.")
    planned_at = models.DateTimeField(null=True, help_text="The agreed end of the work; moves with its deadline.")
    finished_at = models.DateTimeField(null=True, help_text="When the work was done; empty again when it is reopened.")
    told_at = models.DateTimeField(null=True)
    unanswered_since = models.DateTimeField(null=True, help_text="The customer's first words without an answer.")
    settled_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_as = models.CharField(
        max_length=12, blank=True, default="", db_default="", help_text="How it ended, see rules/ends."
    )

    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    involved = ArrayField(models.BigIntegerField(), null=True, help_text="Departments that gave it away.")
    store = models.ForeignKey(Store, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    handler = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    revisitor = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey("customers.Customer", null=True, on_delete=models.PROTECT, related_name="cases")
    reporter_name = models.CharField(max_length=80, blank=True)
    reporter_phone = models.CharField(max_length=30, blank=True)
    reporter_email = models.EmailField(blank=True)
    reporter_language = models.CharField(
        max_length=10, blank=True, default="", db_default="", help_text="What the reporter read; empty: not known."
    )
    source = models.CharField(max_length=60, blank=True)
    source_id = models.BigIntegerField(null=True)
    watched = models.BooleanField(default=False, db_default=False, help_text="Whether anybody ever followed it.")
    repeat_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeats")
    own_stage = models.ForeignKey(
        "cases.OwnStage", null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_here", db_index=False
    )
    imported_as = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001 - unique when there is one

    objects = CaseQuerySet.as_manager()

    class Meta(Recorded.Meta):
        indexes = [
            models.Index(fields=["level_rank", "due_at", "id"], name="case_queue", condition=_LIVE),
            models.Index(fields=["owner", "level_rank", "due_at", "id"], name="case_owner", condition=_LIVE),
            models.Index(fields=["handler"], name="case_handler", condition=_LIVE),
            models.Index(fields=["created_by"], name="case_recorder", condition=_LIVE),
            models.Index(fields=["revisitor"], name="case_revisitor", condition=_LIVE),
            models.Index(fields=["department", "level_rank", "due_at", "id"], name="case_department", condition=_LIVE),
            models.Index(
                fields=["state", "level_rank", "due_at", "id"],
                # Whose it is:
                include=["owner", "handler", "created_by", "revisitor", "department", "store", "involved"],
                name="case_board",
                condition=_LIVE,
            ),
            models.Index(fields=["due_at", "id"], name="case_due", condition=_LIVE),
            models.Index(
                fields=["unanswered_since", "id"], name="case_unanswered", condition=Q(unanswered_since__isnull=False)
            ),
            models.Index(fields=["level_rank", "due_at", "id"], name="case_angry_or_repeated", condition=_ANGRY),
            # In the order of the list, whatever departments are asked for; which it is stands beside:
            models.Index(
                fields=["level_rank", "due_at", "id", "department"], name="case_unassigned", condition=_NOBODYS
            ),
            models.Index(fields=["-received_at", "-id"], name="case_received"),
            models.Index(fields=["customer", "-received_at"], name="case_customer"),
            models.Index(fields=["reporter_phone"], name="case_phone", condition=~Q(reporter_phone="")),
            models.Index(Lower("reporter_email"), name="case_email", condition=~Q(reporter_email="")),
            models.Index(fields=["source", "source_id"], name="case_source", condition=~Q(source="")),
            GinIndex(fields=["involved"], name="case_involved", condition=Q(involved__isnull=False)),
            models.Index(
                fields=["own_stage", "level_rank", "due_at", "id"],
                name="case_in_own_stage",
                condition=Q(own_stage__isnull=False),
            ),
            models.Index(fields=["merged_into"], name="case_merged", condition=Q(merged_into__isnull=False)),
            models.Index(fields=["serial"], name="case_serial", condition=~Q(serial="")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def live(self) -> bool:
        """Whether it is neither closed, cancelled nor merged."""
        return self.state in LIVE

    @property
    def state_label(self) -> str:
        """The state's name as a message id."""
        return STATE_LABELS[self.state]

    @property
    def phase(self) -> str:
        """Which of the four phases the state belongs to."""
        return PHASES[self.state]

    @property
    def has_clock(self) -> bool:
        """Whether some promise about it is running."""
        return self.due_at < NO_CLOCK


class CaseWatcher(models.Model):
    """Somebody who follows a case: is told of its moves and of the customer's words, and may read it.

    ``why`` is ``own`` (the person's own wish), ``added`` (somebody else's), ``mention`` (a note named the person) or
    ``away`` (the person had the case and was away).
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watchers")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=10)
    since = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "case"], name="watcher_once")]

    def __str__(self) -> str:
        return f"{self.staff_id} → {self.case_id}"


class CaseDay(models.Model):
    """The first value of the number sequence that a day used; numbers of the day count from it."""

    day = models.DateField(primary_key=True)
    base = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.day)
