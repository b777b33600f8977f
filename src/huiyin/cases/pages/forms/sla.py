"""The form of a policy of clocks: what it is for, and its clocks row by row."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.pages.forms.base import codes
from huiyin.cases.queries.goals import goal_choices, start_choices
from huiyin.cases.queries.sla_contents import known_departments
from huiyin.cases.queries.sla_words import policy_fields, waiting_words
from huiyin.cases.rules.kinds import LEVELS
from huiyin.cases.rules.sla import EVERY, MOST, UNITS
from huiyin.cases.rules.sla_content import LONGEST_NAME, MOST_CLOCKS
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation.condition_forms import ConditionField
from huiyin.foundation.forms import DayField
from huiyin.working_time.public import calendar_choices

BETWEEN = "+"
NEVER = "-"


def _stands() -> list[tuple[str, str]]:
    """As the policy says, never, or for any of whom one may wait for."""
    several = [BETWEEN.join(each) for n in (1, 2, 3) for each in combinations(WAITING_LABELS, n)]
    named = [(code, waiting_words(code.split(BETWEEN))) for code in several]
    return [("", gettext("as the policy says")), (NEVER, gettext("never")), *named]


class ClockForm(forms.Form):
    """One clock."""

    level = forms.ChoiceField(label=_("Level"), choices=lambda: [(EVERY, gettext("Every level")), *codes(LEVELS)])
    start = forms.ChoiceField(label=_("Begins when"), choices=start_choices)
    goal = forms.ChoiceField(label=_("Goal"), choices=goal_choices)
    amount = forms.DecimalField(label=_("Within"), required=False, min_value=0, max_value=MOST, decimal_places=2)
    unit = forms.ChoiceField(label=_("Unit"), choices=lambda: codes(UNITS))
    stands = forms.ChoiceField(label=_("Stands still"), choices=_stands, required=False)
    department = forms.ChoiceField(label=_("Whose department"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        whichever = ("", gettext("whichever has the case"))
        self.fields["department"].choices = [whichever, *known_departments().items()]  # type: ignore[attr-defined]

    def clock(self) -> dict[str, Any] | None:
        """The clock as values; None for a row without a time."""
        given = self.cleaned_data
        if not given.get("amount"):
            return None
        amount = given["amount"]
        found = {name: given[name] for name in ("level", "start", "goal", "unit")}
        found["amount"] = int(amount) if amount == int(amount) else float(amount)
        if given["stands"]:
            found["pauses"] = [] if given["stands"] == NEVER else given["stands"].split(BETWEEN)
        return found | ({"department": given["department"]} if given["department"] else {})


ClockRows = forms.formset_factory(ClockForm, extra=2, max_num=MOST_CLOCKS, absolute_max=MOST_CLOCKS)


def row_of(clock: dict[str, Any]) -> dict[str, Any]:
    """A clock's values as its row begins with them."""
    pauses = clock.get("pauses")
    order = [code for code in WAITING_LABELS if code in (pauses or ())]
    return {**clock, "stands": "" if pauses is None else BETWEEN.join(order) or NEVER}


class SlaForm(forms.Form):
    """A policy. ``fixed``: the code of an existing one, which never changes."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    code = forms.CharField(
        label=_("Code"), max_length=30, help_text=_("Names it in files and in the API; it never changes.")
    )
    condition = ConditionField(policy_fields, label=_("For which cases"))
    calendar = forms.ChoiceField(label=_("Calendar"), choices=calendar_choices)
    pauses = forms.MultipleChoiceField(
        label=_("Clocks stand still"),
        required=False,
        choices=lambda: codes(WAITING_LABELS),
        widget=forms.CheckboxSelectMultiple,
    )
    follows_calendar = forms.BooleanField(
        label=_("Running clocks follow the calendar"),
        required=False,
        help_text=_("When the calendar changes, what is not late yet is reckoned anew."),
    )
    moves_running = forms.BooleanField(
        label=_("Running cases come under this version"),
        required=False,
        help_text=_("Otherwise only new cases do. Breaches stay, and no deadline moves into the past."),
    )
    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))

    def __init__(self, *args: Any, fixed: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fixed = fixed
        if fixed:
            del self.fields["code"]

    def content(self, clocks: list[dict[str, Any]]) -> dict[str, Any]:
        """The values of the policy."""
        given = self.cleaned_data
        plain = ("name", "calendar", "pauses", "follows_calendar", "moves_running")
        values = {name: given[name] for name in plain}
        return {**values, "code": self.fixed or given["code"], "filter": given["condition"], "clocks": clocks}


class OrderForm(forms.Form):
    """When another order of the list holds, and why."""

    codes = forms.CharField(widget=forms.HiddenInput)
    effective_from = DayField(label=_("Hold from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    reason = forms.CharField(label=_("Reason"), max_length=200)
