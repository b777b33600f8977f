"""Models that tell the truth: the database itself writes every change of a row to the journal."""

from __future__ import annotations

from django.db import models


class Recorded(models.Model):
    """A table whose every INSERT, UPDATE and DELETE leaves a ``RowChange`` with who and why (PRV-3).

    The triggers are put on after each migrate by :mod:`huiyin.foundation.journal`.
    """

    class Meta:
        abstract = True
