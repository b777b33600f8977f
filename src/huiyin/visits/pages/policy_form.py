"""The form of a kind of visit: its values field by field, in the groups in which they are thought of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import DayField, unmarked
from huiyin.kernel.refusal import Invalid
from huiyin.visits.queries.policy_contents import (
    department_codes,
    province_choices,
    questionnaire_choices,
    script_choices,
    store_codes,
    tier_choices,
)
from huiyin.visits.rules.falling_due import TRIGGER_LABELS
from huiyin.visits.rules.policy_content import Content
from huiyin.visits.rules.policy_entries import (
    AMOUNT,
    CHANNEL_LABELS,
    COUNT,
    DAY,
    ENTRIES,
    MANY,
    OPEN_CASES,
    TEXT,
    UNITS,
    YES_NO,
)
from huiyin.visits.rules.talk_content import REFUSAL_ENDS

CHANNEL_PLACES = ("channel_1", "channel_2", "channel_3")
DAY_WIDGET = {"type": "date"}
PROVINCES_SHOWN = 12
COMMAS = re.compile("[,;\uff0c\u3001\uff1b]")
GROUPS: dict[str, tuple[str, ...]] = {
    "schedule": ("every_count", "every_unit"),
    "date": ("on", "yearly"),
    "segment": ("again_days",),
    "group": (
        "tiers",
        "stores",
        "provinces",
        "spent_from",
        "spent_below",
        "bought_within_days",
        "silent_for_days",
        "known_for_days",
        "bought_times",
        "counted_days",
        "score_from",
        "score_to",
        "open_cases",
    ),
    "days": ("days_from", "days_best", "days_by"),
    "hours": ("target_hours", "breach_working_days"),
    "how": (*CHANNEL_PLACES, "questionnaire", "script"),
    "inviting": (
        "invite_delay_hours",
        "invite_from_hour",
        "invite_until_hour",
        "invite_spread_days",
        "invite_per_day",
        "invite_wait_hours",
    ),
    "split": ("split_one", "split_other", "split_share", "split_until", "split_least", "split_seed"),
    "who": ("department", "skill"),
    "dialling": (
        "most_questions",
        "unanswered_limit",
        "refusals_limit",
        "rest_after_refusal_days",
        "refusal_ends",
        "refusal_rest_days",
        "retry_after_minutes",
        "record_within_hours",
        "talk_from_minutes",
        "talk_to_minutes",
        "talk_limit_minutes",
    ),
}


def _field(name: str) -> forms.Field:
    entry = ENTRIES[name]
    label = _(entry.label)
    if entry.sort == YES_NO:
        return forms.BooleanField(label=label, required=False)
    if entry.sort == COUNT:
        count = forms.IntegerField(label=label, required=False, min_value=0, max_value=entry.most)
        return count if entry.default is None else unmarked(count)
    if entry.sort == AMOUNT:
        return forms.DecimalField(label=label, required=False, min_value=0, max_digits=14, decimal_places=2)
    if entry.sort == DAY:
        return DayField(label=label, required=False, widget=forms.DateInput(DAY_WIDGET, "%Y-%m-%d"))
    if entry.sort == MANY:
        return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)
    return forms.CharField(label=label, required=name in ("code", "name_zh", "trigger"), max_length=entry.most)


class ReasonedForm(forms.Form):
    """A change that holds from a day on, with its reason."""

    effective_from = DayField(
        label=_("Hold from"),
        widget=forms.DateInput(DAY_WIDGET, "%Y-%m-%d"),
        help_text=_("Visits that are due already keep their version."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("Stands in the list of versions."))


class PolicyForm(ReasonedForm):
    """A kind of visit. ``fixed``: the code of an existing kind, which never changes."""

    def __init__(self, *args: Any, fixed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ENTRIES:
            if name != "channels":
                self.fields[name] = _field(name)
        for place in CHANNEL_PLACES:
            self.fields[place] = forms.ChoiceField(required=False)
        if fixed:
            del self.fields["code"]
        self.fixed = fixed
        self._choices()
        self.fields["effective_from"].widget.attrs["required"] = True

    def _choices(self) -> None:
        none = [("", "—")]
        channels = none + [(code, gettext(label)) for code, label in CHANNEL_LABELS.items()]
        self._choose("trigger", [(code, gettext(label)) for code, label in TRIGGER_LABELS.items()])
        self._choose("refusal_ends", [(code, gettext(label)) for code, label in REFUSAL_ENDS.items()])
        self._choose("every_unit", [(code, gettext(label)) for code, label in UNITS.items()])
        self._choose("questionnaire", questionnaire_choices())
        self._choose("script", none + script_choices())
        self._choose("department", [("", gettext("The department of the service agents")), *department_codes()])
        self._several("tiers", tier_choices())
        self._several("stores", store_codes())
        known = ", ".join(name for name, _same in province_choices()[:PROVINCES_SHOWN])
        self.fields["provinces"] = forms.CharField(
            label=_("Customers in the provinces"),
            required=False,
            max_length=400,
            help_text=gettext("Several with commas. Known: %(names)s") % {"names": known} if known else "",
        )
        self._choose("open_cases", none + [(code, gettext(label)) for code, label in OPEN_CASES.items()])
        for number, place in enumerate(CHANNEL_PLACES, 1):
            self._choose(place, channels, gettext("Channel %(number)s") % {"number": number})

    def _choose(self, name: str, choices: list[tuple[str, str]], label: str | None = None) -> None:
        chosen = label or self.fields[name].label
        needed = name in ("trigger", "questionnaire", "channel_1")
        self.fields[name] = forms.ChoiceField(label=chosen, choices=choices, required=needed)

    def _several(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField

    @property
    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields by the groups in which they are thought of."""
        return {name: [self[each] for each in names] for name, names in GROUPS.items()}

    @property
    def groups_wrong(self) -> dict[str, bool]:
        """In which groups something is wrong."""
        return {name: any(bound.errors for bound in fields) for name, fields in self.groups.items()}

    def content(self) -> Content:
        """What was entered, as the action takes it."""
        given = self.cleaned_data
        content = {name: _plain(ENTRIES[name].sort, given.get(name)) for name in ENTRIES if name in self.fields}
        content["channels"] = [given[place] for place in CHANNEL_PLACES if given.get(place)]
        return {**content, "code": self.fixed or given["code"]}


CHANNELS_STAND_AT = {"channels": "channel_1"}


@contextmanager
def placed(places: Mapping[str, str]) -> Iterator[None]:
    """What is wrong with a value that the form asks for in several fields is said at the first of them."""
    try:
        yield
    except Invalid as refusal:
        raise Invalid(refusal.why, {places.get(name, name): why for name, why in refusal.fields.items()}) from None


def initial_of(content: Content) -> dict[str, Any]:
    """The form's first values."""
    channels = dict(zip(CHANNEL_PLACES, content["channels"], strict=False))
    return {**content, **channels, "provinces": ", ".join(content["provinces"])}


def _plain(sort: str, value: Any) -> Any:
    if value is None:
        return [] if sort == MANY else None
    if sort == MANY and isinstance(value, str):
        return [name for part in COMMAS.split(value) if (name := part.strip())]
    return str(value) if sort in (AMOUNT, TEXT) else value
