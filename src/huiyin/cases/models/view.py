"""Saved views of the list of cases."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from huiyin.cases.rules.views import USUAL_COLUMNS, Audience
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.kernel.actor import Actor
from huiyin.organisation.public import Department, Staff


def usual_columns() -> list[str]:
    """What a view shows unless it says otherwise."""
    return list(USUAL_COLUMNS)


class CaseViewQuerySet(models.QuerySet["CaseView"]):
    """Views by who may use them."""

    def visible_to(self, actor: Actor) -> CaseViewQuerySet:
        """Own ones, those of the actor's departments, those the actor made for another one, and those for everybody."""
        return self.filter(
            Q(audience=Audience.ALL)
            | Q(audience=Audience.OWN, owner_id=actor.staff_id)
            | Q(audience=Audience.TEAM, department_id__in=actor.department_ids)
            | Q(audience=Audience.TEAM, changed_by_id=actor.staff_id)
        )


class CaseView(Recorded, Settled):
    """A named condition with order and columns; ``code`` names those that ship, ``place`` is their order."""

    code = models.CharField(max_length=30, null=True, unique=True)  # noqa: DJ001 - unique when there is one
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    audience = models.CharField(max_length=4, default=Audience.OWN.value)
    owner = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    condition = models.JSONField(default=dict)
    order = models.CharField(max_length=12, default="queue")
    columns = ArrayField(models.CharField(max_length=20), default=usual_columns)
    ended_too = models.BooleanField(default=False)
    place = models.PositiveSmallIntegerField(default=100)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CaseViewQuerySet.as_manager()

    class Meta(Recorded.Meta):
        indexes = [models.Index(fields=["owner"], name="case_view_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience="all")
                | Q(audience="team", department__isnull=False)
                | Q(audience="own", owner__isnull=False),
                name="case_view_is_somebodys",
            )
        ]

    def __str__(self) -> str:
        return self.name
