"""What the company decides about visits: kinds, plan numbers, scripts; a change is a new version with a date."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.foundation.choices import choices_of
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department
from huiyin.questionnaires.public import in_language
from huiyin.visits.rules.attempts import AttemptPolicy
from huiyin.visits.rules.falling_due import OWED_TRIGGERS, TRIGGER_LABELS, DueDays
from huiyin.visits.rules.inviting import InviteNumbers, first_self_way
from huiyin.visits.rules.one_talk import MOST_QUESTIONS
from huiyin.visits.rules.planning import PlanPolicy, policy_from
from huiyin.visits.rules.talk_content import KIND, KIND_REST_DAYS
from huiyin.visits.rules.talking import TalkLength


class VisitPolicy(Recorded, Settled):
    """One version of one kind of visit (VIS-8): what triggers it, when it is due, how and with what it is done.

    Kinds after a purchase use whole days (``days_from`` … ``days_by``); kinds after a case use ``target_hours`` round
    the clock and, where late only counts later, ``breach_working_days``. ``sampled`` kinds are drawn by quota, the
    others are owed one by one. An inactive version makes nothing fall due.
    """

    code = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    trigger = models.CharField(max_length=20, choices=choices_of(TRIGGER_LABELS))
    is_active = models.BooleanField(default=True)
    effective_from = models.DateField()
    days_from = models.PositiveSmallIntegerField(default=7)
    days_best = models.PositiveSmallIntegerField(default=7)
    days_by = models.PositiveSmallIntegerField(default=15)
    target_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    breach_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    sampled = models.BooleanField(default=False)
    channels = ArrayField(models.CharField(max_length=10), default=list)
    questionnaire = models.CharField(max_length=30)
    script = models.CharField(max_length=30, blank=True)
    goal_zh = models.CharField(max_length=120, blank=True)
    goal_en = models.CharField(max_length=120, blank=True)
    skill = models.CharField(max_length=40, blank=True)
    not_handler = models.BooleanField(default=False)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    numbers = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="visit_policy_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def name(self) -> str:
        """The kind's name in the reader's language."""
        return in_language(self.name_zh, self.name_en)

    @property
    def goal(self) -> str:
        """The measurable goal of a visit in the reader's language."""
        return in_language(self.goal_zh, self.goal_en)

    @property
    def owed(self) -> bool:
        """Whether each visit is owed to its customer, not drawn."""
        return not self.sampled or self.trigger in OWED_TRIGGERS

    @property
    def by_hours(self) -> bool:
        """Whether it is due within hours of what triggers it, not in a window of days."""
        return self.trigger in OWED_TRIGGERS

    @property
    def may_be_merged(self) -> bool:
        """Whether its visits may be made together with others to the same customer: in a call, as they come first."""
        by_phone = not self.channels or self.channels[0] == "phone"
        return by_phone and bool(self.numbers.get("merges", True))

    @property
    def most_questions(self) -> int:
        """How many questions a call should have that this kind leads; what others may leave out comes after it."""
        return int(self.numbers.get("most_questions", MOST_QUESTIONS))

    @property
    def due_days(self) -> DueDays:
        """The window after a date."""
        return DueDays(self.days_from, self.days_best, self.days_by)

    @property
    def self_way(self) -> str:
        """The way by which its customers are first asked to answer alone; "": an agent makes the visit."""
        return first_self_way(self.channels)

    @property
    def invites(self) -> InviteNumbers:
        """When links go out and how long an answer is waited for; ``numbers`` may change the shipped values."""
        per_day = self.numbers.get("invite_per_day")
        return InviteNumbers(
            delay=timedelta(hours=float(self.numbers.get("invite_delay_hours", 0))),
            opens=int(self.numbers.get("invite_from_hour", 9)),
            closes=int(self.numbers.get("invite_until_hour", 20)),
            spread_days=int(self.numbers.get("invite_spread_days", 1)),
            per_day=int(per_day) if per_day else None,
            wait=timedelta(hours=float(self.numbers.get("invite_wait_hours", 120))),
        )

    @property
    def attempts(self) -> AttemptPolicy:
        """How often to dial; ``numbers`` may change the shipped values."""
        return AttemptPolicy(
            unanswered_limit=int(self.numbers.get("unanswered_limit", 2)),
            refusals_limit=int(self.numbers.get("refusals_limit", 2)),
            rest_after_refusal=timedelta(days=float(self.numbers.get("rest_after_refusal_days", 3))),
            kind_rest=self._kind_rest,
            retry_after=timedelta(minutes=float(self.numbers.get("retry_after_minutes", 60))),
            record_within=timedelta(hours=float(self.numbers.get("record_within_hours", 24))),
        )

    @property
    def _kind_rest(self) -> timedelta | None:
        """How long this kind alone rests after the last refusal; None: all follow-ups do, as the contact rules say."""
        if self.numbers.get("refusal_ends") != KIND:
            return None
        return timedelta(days=float(self.numbers.get("refusal_rest_days", KIND_REST_DAYS)))

    @property
    def talk(self) -> TalkLength:
        """How long a talk is announced to last, and how long it may (VIS-22)."""
        usual = TalkLength()
        return TalkLength(
            least=int(self.numbers.get("talk_from_minutes", usual.least)),
            most=int(self.numbers.get("talk_to_minutes", usual.most)),
            limit=int(self.numbers.get("talk_limit_minutes", usual.limit)),
        )


class PlanRules(Recorded, Settled):
    """One version of the numbers of weekly plans."""

    version = models.PositiveSmallIntegerField(unique=True)
    effective_from = models.DateField()
    calendar = models.CharField(max_length=30, default="standard")
    plan = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"v{self.version}"

    @property
    def plan_policy(self) -> PlanPolicy:
        """The numbers of the plan; Invalid when they contradict each other."""
        return policy_from(self.plan)


class Script(Recorded, Settled):
    """One version of what an agent says (VIS-21).

    ``blocks`` is ``[{"part", "zh", "en"}]`` with the parts opening, question, probe, objection, improved, closing.
    ``{customer}`` and ``{agent}`` are filled in when it is shown.
    """

    code = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    title_zh = models.CharField(max_length=60)
    title_en = models.CharField(max_length=60, blank=True)
    effective_from = models.DateField()
    blocks = models.JSONField(default=list)

    class Meta(Recorded.Meta):
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="script_version")]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title_zh, self.title_en)
