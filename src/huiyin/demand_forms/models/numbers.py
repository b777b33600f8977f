"""What the company decides about demand forms: for all units, and for single ones that are different."""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import Q

from huiyin.demand_forms.rules.month import MonthlyNumbers
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.foundation.kept import Settled
from huiyin.foundation.recorded import Recorded
from huiyin.organisation.public import Department, Store


class DemandNumbers(Recorded, Settled):
    """The numbers for every unit; there is one row. A month that is open keeps the numbers it was opened with.

    ``decide_hours`` (customer service decides) and ``answer_hours`` (tells the answers after the wanted day) are
    working hours. ``kind`` is the kind of visit a form asks for unless it names another.
    """

    forms = models.PositiveSmallIntegerField(default=1)
    working_day = models.PositiveSmallIntegerField(default=5)
    at = models.TimeField(default=time(18))
    nothing_counts = models.BooleanField(default=True)
    decide_hours = models.PositiveSmallIntegerField(default=8)
    answer_hours = models.PositiveSmallIntegerField(default=8)
    most_questions = models.PositiveSmallIntegerField(default=3)
    most_customers = models.PositiveSmallIntegerField(default=100)
    kind = models.CharField(max_length=30, default="demand")

    class Meta(Recorded.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.forms} / {self.working_day}"

    @property
    def monthly(self) -> MonthlyNumbers:
        """What every unit owes each month."""
        return MonthlyNumbers(self.forms, self.working_day, self.at, self.nothing_counts)


class UnitNumbers(Recorded, Settled):
    """What one department or store owes instead; ``forms`` 0: nothing."""

    department = models.OneToOneField(Department, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    store = models.OneToOneField(Store, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    forms = models.PositiveSmallIntegerField(default=1)
    working_day = models.PositiveSmallIntegerField(default=5)
    at = models.TimeField(default=time(18))
    nothing_counts = models.BooleanField(default=True)

    class Meta(Recorded.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(department=None, store__isnull=False) | Q(department__isnull=False, store=None),
                name="unit_numbers_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit.code}: {self.forms}"

    @property
    def unit(self) -> UnitKey:
        """Whose numbers they are."""
        return UnitKey(self.department_id, self.store_id)

    @property
    def monthly(self) -> MonthlyNumbers:
        """What this unit owes each month."""
        return MonthlyNumbers(self.forms, self.working_day, self.at, self.nothing_counts)
