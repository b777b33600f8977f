"""How cases belong together: links of several kinds, and merges that can be undone."""

from __future__ import annotations

from django.db import models

from huiyin.cases.models.case import Case
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Staff


class CaseTie(Recorded):
    """``case`` is ``kind`` of ``other``: related to it, caused by it, a duplicate, a part, split from it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ties_back")
    kind = models.CharField(max_length=12)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case", "other", "kind"], name="case_tie_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="case_tie_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class CaseMerge(Recorded):
    """One case went into another. ``carried`` says what went along, so that it can come back while ``undone_at`` is
    empty: keys of notes, files, tasks and links, the promises let go, and the target's level before.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="merged_in")
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    carried = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta(Recorded.Meta):
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=models.Q(undone_at=None), name="case_merged_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("into")), name="case_merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.into_id}"
