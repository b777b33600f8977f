"""What somebody is typing about a case, and who is looking at it right now: nothing of the record itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from huiyin.cases.models.case import Case
from huiyin.organisation.public import Staff

SENDING = timedelta(minutes=1)
"""How far back sent words may be those of a draft: a page's last keeping comes in behind their sending."""


class Draft(models.Model):
    """Words of one person that were not sent yet, by the part of the case they were typed into.

    ``part`` is ``talk`` (the conversation's own field) or the verb of a step; ``values`` the fields by name. Each
    saving raises ``version``: what was typed from an older one is another draft, so that two devices keep both.
    """

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["staff", "case", "part", "-saved_at"], name="draft_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff_id} {self.case_id} {self.part} v{self.version}"


class CaseLook(models.Model):
    """Somebody has the case open: last heard of ``at``, last typing ``wrote_at``.

    The table is not logged: a crash of the database empties it, and nobody misses it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    at = models.DateTimeField()
    wrote_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.case_id}"
