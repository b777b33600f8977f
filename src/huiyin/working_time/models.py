"""Tables of the room: calendars, their versions and their exceptional days. Versions are never changed, only added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Staff
from huiyin.working_time.rules.calendar import DayKind


class Calendar(Recorded):
    """The hours of the company or of one department; ``code`` is what policies name it by."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="working_calendars"
    )

    class Meta(Recorded.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Change(models.TextChoices):
    """What a version changed."""

    SEEDED = "seeded", _("Calendar made")
    HOURS = "hours", _("Hours of the week")
    DAY = "day", _("Exceptional days")
    ANNOUNCED = "announced", _("Holidays announced")
    FILE = "file", _("Taken from a file")


class CalendarVersion(Recorded, Settled):
    """One state of a calendar. A deadline names the version it was reckoned with, and so can be explained later.

    ``week`` (seven lists of ``["09:00", "12:00"]``, Monday first) stands only in versions that changed the hours,
    which then hold from ``effective_from`` on. ``announced_through`` is the last day whose holidays are certain.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=10, choices=Change.choices)
    zone = models.CharField(max_length=60)
    week = models.JSONField(null=True)
    effective_from = models.DateField()
    announced_through = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        ordering = ["calendar", "-number"]
        constraints = [models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once")]

    def __str__(self) -> str:
        return f"{self.calendar_id} v{self.number}"


class DayRule(Recorded):
    """One exceptional day of a calendar, known from version ``since`` until (without) version ``until``.

    ``hours`` is a list of ``["09:00", "12:00"]``; ``region`` is where the rule holds, empty is everywhere.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="day_rules")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DayKind])
    name = models.CharField(max_length=60, blank=True)
    hours = models.JSONField(default=list, blank=True)
    region = models.CharField(max_length=40, blank=True)
    announced = models.BooleanField(default=True)
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)

    class Meta(Recorded.Meta):
        ordering = ["calendar", "day", "region", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day", "region"], condition=models.Q(until=None), name="day_rule_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")), name="day_rule_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.name}"
