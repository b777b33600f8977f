"""Files that came in, what was read from them and how far the work got (CUS-4, DIG-7)."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from huiyin.organisation.public import Staff


class RunState(models.TextChoices):
    """Where an import stands. Every state but the last four can be picked up after a crash."""

    UPLOADED = "uploaded", _("Waiting for the columns")
    READING = "reading", _("Reading the file")
    CHECKING = "checking", _("Trial run")
    CHECKED = "checked", _("Trial run finished")
    WRITING = "writing", _("Importing")
    DONE = "done", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Stopped")


class ImportRun(models.Model):
    """One file on its way in.

    ``columns`` are the headings found; ``mapping`` is {field code: column index}; ``options`` are the kind's choices.
    ``rows_read`` counts rows taken from the file; ``applied_to`` is the first row of the last group written: both are
    committed together with the rows, so that a restart goes on exactly there. Counts are records (an invoice is one),
    ``wrong`` counts rows.
    """

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=300)
    size = models.BigIntegerField()
    encoding = models.CharField(max_length=40, blank=True)
    delimiter = models.CharField(max_length=2, blank=True)
    sheet = models.CharField(max_length=80, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=RunState.choices, default=RunState.UPLOADED)
    trial = models.BooleanField(default=True)
    stop_wanted = models.BooleanField(default=False)
    failure = models.JSONField(default=dict)
    position = models.BigIntegerField(default=0)
    read_whole = models.BooleanField(default=False)
    rows_read = models.BigIntegerField(default=0)
    rows_done = models.BigIntegerField(default=0)
    applied_to = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    wrong = models.BigIntegerField(default=0)
    beside = models.JSONField(default=dict)
    started_by = models.ForeignKey(Staff, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="import_newest")]

    def __str__(self) -> str:
        return self.name


class ImportPiece(models.Model):
    """Some rows as they stand in the file, kept until their import is finished (:mod:`huiyin.imports.rules.pieces`).

    A piece is ``fresh`` when its records begin in it: ``first_row`` is its first row. Else it holds later rows of the
    one record that begins with ``first_row``, so that a record is always handled whole.
    """

    pk = models.CompositePrimaryKey("run_id", "first_row", "last_row")
    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="pieces", db_index=False, db_constraint=False
    )
    first_row = models.BigIntegerField()
    last_row = models.BigIntegerField()
    fresh = models.BooleanField()
    size = models.PositiveIntegerField()
    row_nos = ArrayField(models.BigIntegerField())
    firsts = ArrayField(models.BigIntegerField())
    width = models.PositiveIntegerField()
    cells = models.TextField()

    def __str__(self) -> str:
        return f"{self.run_id}/{self.first_row}"

    @classmethod
    def empty(cls, run_ids: Iterable[int]) -> None:
        """Deletes the pieces of runs in one statement: Django would name every row of the composite key."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {cls._meta.db_table} WHERE run_id = ANY(%s)", [list(run_ids)])  # noqa: S608 - our own name


class RowError(models.Model):
    """A row that was not taken, with its cells and the reason as a message to translate."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="errors", db_index=False)
    row_no = models.BigIntegerField()
    field = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    params = models.JSONField(default=dict)
    cells = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["run", "row_no", "id"], name="row_error_in_order")]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.row_no}"


class SavedMapping(models.Model):
    """A mapping that somebody saved under a name: {field code: heading}, and the options with it."""

    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    headings = models.JSONField(default=dict)
    options = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="mapping_name_once")]

    def __str__(self) -> str:
        return self.name


class ImportLimits(models.Model):
    """How much may come in at once; the newest row counts, without one the defaults below do.

    ``max_unpacked_bytes`` bounds what a compressed file may unfold to; ``batch_rows`` is how many rows one transaction
    takes.
    """

    max_file_bytes = models.BigIntegerField(default=500 * 1024 * 1024)
    max_unpacked_bytes = models.BigIntegerField(default=2 * 1024 * 1024 * 1024)
    max_rows = models.BigIntegerField(default=5_000_000)
    max_columns = models.PositiveIntegerField(default=300)
    batch_rows = models.PositiveIntegerField(default=10_000)
    changed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.max_file_bytes} bytes"
