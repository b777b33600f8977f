"""What days add up to, kept so that no figure is added up from records twice."""

from __future__ import annotations

from django.db import models


class DayTally(models.Model):
    """The sums of one measure on one day in one department and store (empty: of none)."""

    day = models.DateField()
    source = models.CharField(max_length=12)
    measure = models.CharField(max_length=60)
    department_id = models.BigIntegerField(null=True)
    store_id = models.BigIntegerField(null=True)
    n = models.IntegerField()
    hits = models.IntegerField()
    misses = models.IntegerField()
    total = models.FloatField()
    squares = models.FloatField()
    least = models.FloatField(null=True)
    most = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["day", "source"], name="tally_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.measure}"


class AddedDay(models.Model):
    """A day of a source that has been added up; it counts while nothing touched it since and ``good_until`` is ahead.

    ``good_until`` is the moment from which passing time alone changes the day's figures (None: never). ``recipe`` names
    the definition the day was added up by.
    """

    source = models.CharField(max_length=12)
    day = models.DateField()
    recipe = models.CharField(max_length=60)
    good_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "day"], name="added_day_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.day}"


class Touch(models.Model):
    """A record of a source changed at, or about, this moment: written by the database itself with the change.

    Only ever added by writers, so that nobody waits for anybody; taken away by whoever adds the day up again.
    """

    source = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source", "at"], name="touch_at")]

    def __str__(self) -> str:
        return f"{self.source} {self.at}"
