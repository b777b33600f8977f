"""A problem type, found while one types: a text field with all paths of the tree below it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.sort import sort_case
from huiyin.cases.pages.forms.base import StepForm
from huiyin.cases.pages.forms.together import NumberInput
from huiyin.cases.queries.problem_tree import path_shown, paths_in_use


class ProblemTypeField(forms.CharField):
    """Takes a path or the end of one that only one type has, and gives the type's key; None where it is empty."""

    def __init__(self, **more: Any) -> None:
        super().__init__(label=_("Problem type"), required=False, max_length=400, **more)

    def offer(self, name: str) -> None:
        """Puts the types in use below the field."""
        self.widget = NumberInput(name, [(path, "") for path in paths_in_use()])

    def clean(self, value: Any) -> int | None:
        """The key of the type that was meant."""
        text = super().clean(value).strip()
        if not text:
            return None
        paths = paths_in_use()
        if text in paths:
            return paths[text]
        meant = [pk for path, pk in paths.items() if path.endswith(text)]
        if len(meant) != 1:
            raise forms.ValidationError(_("Choose a problem type from the list."))
        return meant[0]


class SortForm(StepForm):
    """Of which type it is."""

    verb = "sort"
    action = sort_case
    problem_type_id = ProblemTypeField(help_text=_("Type some of its words and choose."))

    def prepare(self) -> None:
        """Offers the tree, and what stands."""
        self.fields["problem_type_id"].offer("type")  # type: ignore[attr-defined]
        self.initial = {"problem_type_id": path_shown(self.case.problem_type_id)}
