"""The company's own list of what a call brought (VIS-23): finer results under those that the house knows."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.choices import choices_of
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.questionnaires.public import in_language
from huiyin.visits.rules.attempts import RESULT_LABELS


class SubResult(Recorded, Settled):
    """One finer result under ``result``. One that is no longer in use keeps its name for the calls that had it."""

    code = models.CharField(max_length=40, unique=True)
    result = models.CharField(max_length=15, choices=choices_of(RESULT_LABELS))
    name_zh = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        ordering = ["result", "place", "id"]

    def __str__(self) -> str:
        return f"{self.result}.{self.code}"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_zh, self.name_en)
