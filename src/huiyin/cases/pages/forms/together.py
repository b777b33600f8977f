"""Forms of what is done with two cases: merging, undoing it, linking."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.merge import merge_case, unmerge_case
from huiyin.cases.actions.tie import link_cases, unlink_cases
from huiyin.cases.pages.forms.base import StepForm, codes, text_field
from huiyin.cases.queries.ties import likely_others
from huiyin.cases.rules.ties import CHOSEN, TIES


class CaseNumberField(forms.CharField):
    """The number of another case, with the likely ones to choose from."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=24, **more)

    def offer(self, name: str, others: list[tuple[str, str]]) -> None:
        """Puts the likely cases below the field."""
        self.widget = NumberInput(name, others)


class NumberInput(forms.TextInput):
    """A text field with a list of likely values that works without a script."""

    template_name = "cases/_number_input.html"

    def __init__(self, name: str, others: list[tuple[str, str]]) -> None:
        super().__init__({"list": f"likely-{name}", "autocomplete": "off"})
        self.others = others

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The likely values beside the field's own."""
        return super().get_context(name, value, attrs) | {"others": self.others}


class MergeForm(StepForm):
    """Which case goes on, and why."""

    verb = "merge"
    action = merge_case
    dangerous = True
    into = CaseNumberField(
        label=_("Number of the case that goes on"),
        help_text=_("It gets the words, files, open tasks and links of this one. This one ends; its link leads on."),
    )
    reason = text_field(_("Why"), rows=2)
    two_customers = forms.BooleanField(
        label=_("Merge although the customers differ"),
        required=False,
        help_text=_("The other customer reads none of it, and this customer's link does not lead on."),
    )
    tell = forms.BooleanField(label=_("Tell the customer"), required=False, initial=True)

    def prepare(self) -> None:
        """Offers the customer's other cases."""
        self.fields["into"].offer("into", likely_others(self.actor, self.case))  # type: ignore[attr-defined]


class UnmergeForm(StepForm):
    """Why it was wrong."""

    verb = "unmerge"
    action = unmerge_case
    reason = text_field(_("Why"), rows=2)


class LinkForm(StepForm):
    """How the cases belong together, and with which."""

    verb = "link"
    action = link_cases
    kind = forms.ChoiceField(
        label=_("This case is"),
        choices=lambda: codes({kind: TIES[kind][0] for kind in CHOSEN}),
        widget=forms.RadioSelect,
        initial="related",
    )
    other = CaseNumberField(label=_("Number of the other case"))

    def prepare(self) -> None:
        """Offers the customer's other cases."""
        self.fields["other"].offer("other", likely_others(self.actor, self.case))  # type: ignore[attr-defined]


class UnlinkForm(StepForm):
    """Takes one link away."""

    verb = "unlink"
    action = unlink_cases
    tie_id = forms.IntegerField(widget=forms.HiddenInput)


TOGETHER_FORMS: tuple[type[Any], ...] = (MergeForm, UnmergeForm, LinkForm, UnlinkForm)
