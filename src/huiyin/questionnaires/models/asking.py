"""Questionnaires with versions, askings with frozen attribution, answers with versions (QST, VIS-24, VIS-29)."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.choices import choices_of
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor, ActorKind, Scope
from huiyin.questionnaires.rules.branching import condition_of
from huiyin.questionnaires.rules.reading import Ask, Given
from huiyin.questionnaires.rules.words import (
    DIMENSION_LABELS,
    EMOTION_LABELS,
    KIND_LABELS,
    STATE_LABELS,
    WAY_LABELS,
    AskingState,
)


class QuestionnaireState(models.TextChoices):
    """Only published versions are asked."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    RETIRED = "retired", _("Retired")


def in_language(chinese: str, english: str) -> str:
    """The text in the reader's language; Chinese where there is no English."""
    return english if english and (get_language() or "").startswith("en") else chinese


class Questionnaire(Recorded, Settled):
    """One version of a questionnaire; published, it never changes (the database sees to it).

    ``fast_seconds``: a self-service answer that came sooner is flagged. ``repeat_days``: answers from one phone within
    so many days are. ``valid_days``: how long a link lives. ``remind_after_days``: when an unanswered link is recalled,
    once; None: never.
    """

    code = models.CharField(max_length=30)
    version = models.PositiveSmallIntegerField(default=1)
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100, blank=True)
    intro_zh = models.CharField(max_length=300, blank=True)
    intro_en = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=QuestionnaireState.choices, default=QuestionnaireState.DRAFT)
    fast_seconds = models.PositiveSmallIntegerField(default=8)
    valid_days = models.PositiveSmallIntegerField(default=14)
    repeat_days = models.PositiveSmallIntegerField(default=7)
    remind_after_days = models.PositiveSmallIntegerField(null=True, blank=True, default=3)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="questionnaire_version"),
            models.UniqueConstraint(fields=["code"], condition=Q(state="draft"), name="questionnaire_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title_zh, self.title_en)

    @property
    def intro(self) -> str:
        """The opening words in the reader's language."""
        return in_language(self.intro_zh, self.intro_en)


class Question(Recorded, Settled):
    """One question of a version; ``options`` is ``[{"code", "zh", "en"}]`` for choices, ``only_if`` its condition."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=8, choices=choices_of(KIND_LABELS))
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    dimension = models.CharField(max_length=20, blank=True, choices=choices_of(DIMENSION_LABELS))
    purpose = models.CharField(max_length=10, blank=True)
    measure = models.CharField(max_length=20, blank=True)
    required = models.BooleanField(default=False)
    probe_at = models.PositiveSmallIntegerField(null=True, blank=True)
    probe_zh = models.CharField(max_length=300, blank=True)
    probe_en = models.CharField(max_length=300, blank=True)
    options = models.JSONField(default=list, blank=True)
    only_if = models.JSONField(null=True, blank=True)
    most_photos = models.PositiveSmallIntegerField(null=True, blank=True)
    most_megabytes = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta(Recorded.Meta):
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="question_code")]

    def __str__(self) -> str:
        return self.code

    @property
    def text(self) -> str:
        """The question in the reader's language."""
        return in_language(self.text_zh, self.text_en)

    @property
    def probe(self) -> str:
        """The follow-up question in the reader's language."""
        return in_language(self.probe_zh, self.probe_en)

    def as_ask(self) -> Ask:
        """The question as the rules see it."""
        options = tuple(str(option["code"]) for option in self.options)
        need = condition_of(self.only_if)
        return Ask(self.code, self.kind, self.required, self.dimension, self.purpose, self.probe_at, options, need)


class AskingQuerySet(models.QuerySet["Asking"]):
    """Askings, with visibility."""

    def visible_to(self, actor: Actor) -> AskingQuerySet:
        """Own work, own departments and stores, or all (ORG-3), by the attribution that was frozen."""
        if actor.scope is Scope.ALL:
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        own = Q(agent_id=actor.id) | Q(asked_by=actor.id)
        if actor.scope is Scope.UNIT:
            own |= Q(department_id__in=actor.department_ids) | Q(store_id__in=actor.store_ids)
        return self.filter(own)


class Asking(Recorded):
    """A questionnaire put to one customer about one subject; version and attribution are frozen when it is asked.

    Ids of people and places are plain numbers: the figures outlive the rows they point to (QST-5, PRV-2). ``scores`` by
    dimension and their ``mean`` are facts written with every answer, so that figures never add up single answers.
    ``checked_at`` says when doubtful answers were looked for, ``reminded_at`` when the one reminder was settled, and
    ``unsent`` why none went out (QST-5). ``device`` knows the browser that answered first by link: nobody else is shown
    what it said.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="askings")
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    agent_id = models.BigIntegerField(null=True)
    department_id = models.BigIntegerField(null=True)
    store_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    attribution = models.JSONField(default=dict)
    asked_by = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=choices_of(STATE_LABELS), default=AskingState.OPEN.value)
    way = models.CharField(max_length=5, blank=True, choices=choices_of(WAY_LABELS))
    emotion = models.CharField(max_length=12, blank=True, choices=choices_of(EMOTION_LABELS))
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(null=True)
    scores = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), blank=True)
    mean = models.FloatField(null=True, blank=True)
    flags = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    unsent = models.CharField(max_length=20, blank=True, db_default="")
    device = models.CharField(max_length=64, blank=True, db_default="", default="")

    objects = AskingQuerySet.as_manager()
    token: str | None = None  # only on the asking that has just been asked; never stored

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "questionnaire"],
                condition=Q(state__in=["open", "partial"]),
                name="asking_once",
            )
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="asking_subject"),
            models.Index(fields=["completed_at"], name="asking_completed", condition=Q(state="complete")),
            models.Index(fields=["asked_at"], name="asking_asked"),
            models.Index(fields=["expires_at"], name="asking_due", condition=Q(state__in=["open", "partial"])),
            models.Index(fields=["customer_id"], name="asking_customer"),
            models.Index(fields=["device"], name="asking_device", condition=~Q(device="")),
            models.Index(
                fields=["completed_at"], name="asking_unchecked", condition=Q(state="complete", checked_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} {self.state}"


class AnswerLink(models.Model):
    """A link to the self-service page: only the SHA-256 of its token is kept.

    ``sent_by`` is the way it went out by ("": somebody passed it on by hand), ``purpose`` what the contact ledger knows
    that by, ``message_id`` the message that carried it.
    """

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=10, blank=True, db_default="", default="")
    purpose = models.CharField(max_length=10, blank=True, db_default="", default="")
    message_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"link of asking {self.asking_id}"


class Answer(Recorded):
    """One version of one answer; the newest is ``current``, older ones stay (VIS-26)."""

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    version = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    number = models.SmallIntegerField(null=True)
    text = models.TextField(blank=True)
    choices = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    author_kind = models.CharField(max_length=10)
    author_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["asking", "question", "version"], name="answer_version"),
            models.UniqueConstraint(fields=["asking", "question"], condition=Q(current=True), name="answer_current"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.version}"

    def as_given(self) -> Given:
        """The answer as the rules see it."""
        return Given(self.number, self.text, tuple(self.choices), self.why)

    @property
    def photos(self) -> list[int]:
        """The keys of the photos of a photo question."""
        return [int(each) for each in self.choices if each.isdigit()]

    @property
    def shown(self) -> Any:
        """The value as a person reads it: the number, the chosen texts or the text."""
        if self.number is not None:
            return self.number
        return ", ".join(self.choices) or self.text
