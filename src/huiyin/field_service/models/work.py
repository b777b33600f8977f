"""What happens on site: checks, the log, photos."""

from __future__ import annotations

from django.db import models

from huiyin.field_service.models.visit import SiteVisit
from huiyin.field_service.rules.words import ENTRY_LABELS, GIVEN_LABELS
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff


class VisitCheck(Recorded):
    """The answer to one check, by its code in the visit's version of the rules."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="checks")
    code = models.CharField(max_length=30)
    given = models.CharField(max_length=3)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["visit", "code"], name="visit_check_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.given}"

    @property
    def given_label(self) -> str:
        """The answer as a message id."""
        return GIVEN_LABELS[self.given]


class VisitEntry(Recorded):
    """A line of the log: a key step, a tool, or a new problem with the case it opened."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10)
    text = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    opened = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.text

    @property
    def kind_label(self) -> str:
        """What it is about, as a message id."""
        return ENTRY_LABELS[self.kind]


class VisitPhoto(Recorded):
    """One photo: a JPEG of our own making under ``path``, without what else the camera wrote. Sizes: pixels, bytes."""

    visit = models.ForeignKey(SiteVisit, on_delete=models.CASCADE, related_name="photos")
    path = models.CharField(max_length=100)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [models.UniqueConstraint(fields=["visit", "path"], name="visit_photo_once")]

    def __str__(self) -> str:
        return f"photo {self.pk} of {self.visit_id}"
