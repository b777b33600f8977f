"""The one table of the API: how often somebody asked in the present minute."""

from __future__ import annotations

from django.db import models


class RequestCount(models.Model):
    """Requests of one person in one minute (minutes since 1970, UTC); overwritten when the next minute begins."""

    who = models.CharField(max_length=40, primary_key=True)
    minute = models.BigIntegerField()
    requests = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.who}: {self.requests}"
