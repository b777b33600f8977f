"""The form of a plan: its steps row by row, its end, what is told about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.plan import plan_case
from huiyin.cases.pages.forms.base import StepForm, people, text_field
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.tasks import rows_of
from huiyin.cases.rules.plan import MOST_PROGRESS_DAYS, MOST_STEPS, PlanStep
from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, MomentField

MOMENT = {"type": "datetime-local"}
DAY = {"type": "date"}
SHOWN, SPARE = 2, 4
"""Rows that stand open at least, and empty ones behind a key."""


@dataclass(frozen=True)
class Row:
    """The fields of one step; ``place`` counts from 1, an ``open`` row is shown at once."""

    place: int
    open: bool
    what: BoundField
    person: BoundField
    due_on: BoundField
    cost: BoundField
    risk: BoundField
    result: BoundField
    internal: BoundField


class PlanForm(StepForm):
    """Steps with person, day, cost, risk and expected result; the plan's end and what the customer has to know."""

    verb = "plan"
    action = plan_case
    template = "cases/_plan_form.html"
    due_at = MomentField(label=_("Done by"), widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"))
    person_id = forms.TypedChoiceField(label=_("Responsible person"), coerce=int, empty_value=None, required=False)
    risk = text_field(_("What the customer should know (risks, power cuts, data)"), required=False, rows=2)
    result = text_field(_("Expected result"), required=False, rows=2)
    reason = text_field(_("What changed, and why"), required=False, rows=2)

    progress_days = forms.IntegerField(
        label=_("Progress is told every … working days"),
        required=False,
        min_value=0,
        max_value=MOST_PROGRESS_DAYS,
        help_text=_("Empty: as the company decides; 0: not at all."),
    )

    def prepare(self) -> None:
        """Offers the people at work, and the last plan to start from."""
        self.staff = people(empty="–")
        self.fields["person_id"].choices = self.staff  # type: ignore[attr-defined]
        self.before = newest_plan(self.case)
        tomorrow = timezone.localtime(clock.now() + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        self.initial = {"due_at": tomorrow, "person_id": self.case.handler_id or self.case.owner_id}
        standing = rows_of(self.before) if self.before else []
        if self.before:
            same = ("risk", "result", "person_id", "progress_days")
            self.initial |= {name: getattr(self.before, name) for name in same}
            self.initial["due_at"] = timezone.localtime(self.before.due_at)
        else:
            del self.fields["reason"]
        self.open = max(len(standing), SHOWN)
        self.places = range(1, min(max(self.open + SPARE, self._sent()), MOST_STEPS) + 1)
        for place in self.places:
            self._add(place, standing[place - 1] if place <= len(standing) else None)

    def _sent(self) -> int:
        """The highest row that came with the request."""
        return max((place for place in range(1, MOST_STEPS + 1) if name("steps", place) in self.data), default=0)

    def _add(self, place: int, step: PlanStep | None) -> None:
        fields: dict[str, forms.Field] = {
            name("steps", place): forms.CharField(label=_("Step, in words the customer understands"), required=False),
            name("person", place): forms.TypedChoiceField(
                label=_("Carried out by"), coerce=int, empty_value=None, required=False, choices=self.staff
            ),
            name("due_on", place): DayField(
                label=_("Until"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
            ),
            name("cost", place): forms.DecimalField(
                label=_("Cost for the customer, yuan"), required=False, max_digits=10, decimal_places=2, min_value=0
            ),
            name("risk_of", place): forms.CharField(label=_("Risk (internal)"), required=False),
            name("result_of", place): forms.CharField(label=_("What the step brings"), required=False),
            name("internal", place): forms.BooleanField(label=_("Not told to the customer"), required=False),
        }
        self.fields.update(fields)
        if step:
            standing: dict[str, Any] = {
                name("steps", place): step.what,
                name("person", place): step.person_id,
                name("due_on", place): step.due_on,
                name("cost", place): step.cost,
                name("risk_of", place): step.risk,
                name("result_of", place): step.result,
                name("internal", place): step.internal,
            }
            self.initial.update(standing)

    def rows(self) -> list[Row]:
        """The rows as they are shown."""
        return list(self._rows())

    def _rows(self) -> Iterator[Row]:
        sent = self._sent()
        for place in self.places:
            yield Row(
                place=place,
                open=place <= self.open or (place <= sent and bool(self.data.get(name("steps", place)))),
                **{
                    field: self[name(base, place)]
                    for field, base in (
                        ("what", "steps"),
                        ("person", "person"),
                        ("due_on", "due_on"),
                        ("cost", "cost"),
                        ("risk", "risk_of"),
                        ("result", "result_of"),
                        ("internal", "internal"),
                    )
                },
            )

    def values(self) -> dict[str, Any]:
        """The steps that were filled in, and what holds for all of them."""
        given = self.cleaned_data
        same: dict[str, Any] = {
            key: given[key] for key in ("due_at", "person_id", "risk", "result", "reason") if key in given
        }
        steps = [self._step(place) for place in self.places if given.get(name("steps", place))]
        return {**same, "steps": steps}

    def _step(self, place: int) -> PlanStep:
        given = {base: self.cleaned_data.get(name(base, place)) for base in BASES}
        return PlanStep(
            what=given["steps"] or "",
            person_id=given["person"],
            due_on=given["due_on"],
            cost=given["cost"] or Decimal(0),
            risk=given["risk_of"] or "",
            result=given["result_of"] or "",
            internal=bool(given["internal"]),
        )


SAME = ("due_at", "person_id", "risk", "result", "reason", "progress_days")
BASES = ("steps", "person", "due_on", "cost", "risk_of", "result_of", "internal")


def name(base: str, place: int) -> str:
    """The name of a row's field."""
    return base if place == 1 else f"{base}_{place}"
