"""What is said and kept around a case: notes, tasks, files, the customer's link."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models.case import Case
from huiyin.cases.rules.tasks import TaskKind
from huiyin.organisation.public import Staff


class NoteKind(models.TextChoices):
    """Who speaks to whom."""

    NOTE = "note", _("Internal note")
    SAID = "said", _("From the customer")
    TOLD = "told", _("To the customer")
    CONTACT = "contact", _("Contact attempt")


class CaseNote(models.Model):
    """One entry of the conversation; ``reached`` says whether a contact attempt found the customer."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    author = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, blank=True)
    reached = models.BooleanField(null=True)
    message = models.CharField(max_length=60, blank=True)
    message_id = models.BigIntegerField(null=True)
    said_in = models.ForeignKey(
        Case,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
        help_text="The case it came from with a merge.",
    )

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="note_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["message", "message_id"], condition=models.Q(message_id__isnull=False), name="note_message_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class CaseTask(models.Model):
    """Something one person has to do for a case; ``step`` is the step of the plan it carries out, if it does."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    step = models.OneToOneField("cases.CasePlanStep", null=True, on_delete=models.PROTECT, related_name="task")
    kind = models.CharField(max_length=12, default=TaskKind.WORK.value, db_default=TaskKind.WORK.value)
    title = models.CharField(max_length=200)
    person = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    dropped = models.BooleanField(default=False)
    evidence = models.CharField(max_length=300, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=["person"], name="task_open", condition=models.Q(done_at=None, dropped=False))]

    def __str__(self) -> str:
        return self.title


class CaseLink(models.Model):
    """The customer's way in without sign-in: a token nobody can guess, good until it expires."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    token = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.case_id)


class Attachment(models.Model):
    """A file kept with a case; ``digest`` is the SHA-256 of its content."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    file = models.FileField(upload_to="cases/%Y/%m")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "digest"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name
