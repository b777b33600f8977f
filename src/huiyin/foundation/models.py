"""Tables of the plumbing: the journal in words, the journal of rows, its seals, and idempotency keys."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiyin.foundation.row_texts import Saying, Shape, Values


class ActEntry(models.Model):
    """One line of history in words: who did what to which record, when and why."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="act_subject"),
            models.Index(
                fields=["customer_id", "id"],
                name="act_customer",
                condition=models.Q(customer_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"


class RowShape(models.Model):
    """The columns a recorded table had from some moment on; journal lines of rows are read with it."""

    id = models.SmallAutoField(primary_key=True)
    at = models.DateTimeField()
    subject = models.CharField(max_length=63)
    names = ArrayField(models.TextField())
    types = ArrayField(models.TextField())

    def __str__(self) -> str:
        return f"{self.subject} {self.pk}"


class RowChange(models.Model):
    """One changed row of a recorded table, written by the database itself.

    ``data`` is the whole row when it came or went, else the columns that changed (:mod:`huiyin.foundation.row_texts`).
    """

    at = models.DateTimeField()
    row_id = models.BigIntegerField()
    shape = models.ForeignKey(RowShape, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    operation = models.CharField(max_length=6)
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=60, blank=True)
    data = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["row_id", "shape"], name="change_of_row")]

    def __str__(self) -> str:
        return f"{self.operation} {self.shape.subject} {self.row_id}"

    @property
    def values(self) -> Values:
        """The new texts of the columns that changed; of a row that came or went, all of them."""
        shape = Shape(tuple(self.shape.names), tuple(self.shape.types))
        return Saying(shape, self.operation, self.data).values


class Seal(models.Model):
    """A digest over a stretch of the journal, chained to the seal before it."""

    at = models.DateTimeField()
    journal = models.CharField(max_length=63)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.IntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["journal", "first_id"], name="seal_once")]

    def __str__(self) -> str:
        return f"{self.journal} {self.first_id}–{self.last_id}"


class SettingsStamp(models.Model):
    """One row: the state of all settings; a change of any of them gives it a value that was never there before."""

    value = models.BigIntegerField()

    def __str__(self) -> str:
        return str(self.value)


class Once(models.Model):
    """A used idempotency key, a digest of what was sent with it ("": not looked at), and what came of it."""

    key = models.CharField(max_length=100, primary_key=True)
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    body = models.CharField(max_length=64, blank=True, default="", db_default="")
    result = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="once_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"
