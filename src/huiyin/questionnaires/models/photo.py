"""Photos that customers gave."""

from __future__ import annotations

from django.db import models

from huiyin.foundation.recorded import Recorded
from huiyin.questionnaires.models.asking import Asking, Question


class AnswerPhoto(Recorded):
    """One photo that a customer gave: a JPEG of our own making under ``path``, without anything else the camera wrote.

    Answers to photo questions name their photos by key (``choices``). Sizes are pixels and bytes.
    """

    asking = models.ForeignKey(Asking, on_delete=models.CASCADE, related_name="photos")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=100)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"photo {self.pk} of asking {self.asking_id}"
