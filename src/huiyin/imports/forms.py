"""The form that says which column feeds which field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import kind_of, saved_mappings
from huiyin.imports.rules.headings import by_headings

NONE = ""


class MappingForm(forms.Form):
    """One choice of column per field, one per option of the kind, and a name to keep it all under.

    ``use`` fills the choices from a ready-made or saved mapping before the form is shown again.
    """

    save_as = forms.CharField(label=_("Keep these columns under a name"), max_length=80, required=False)

    def __init__(self, run: ImportRun, data: Any = None) -> None:
        super().__init__(data)
        self.run, self.kind = run, kind_of(run)
        choices = [(NONE, gettext("– not in the file –")), *((str(n), _named(n, c)) for n, c in enumerate(run.columns))]
        for field in self.kind.fields:
            self.fields[f"field_{field.code}"] = forms.ChoiceField(
                label=gettext(field.label),
                choices=choices,
                required=field.required,
                error_messages={"required": gettext("Choose the column for this field.")},
                initial=str(run.mapping.get(field.code, "")),
            )
        for option in self.kind.options:
            self.fields[f"option_{option.code}"] = _option_field(option.label, option.choices, option.hint)
            self.initial[f"option_{option.code}"] = run.options.get(option.code, option.default)

    def columns(self) -> list[Any]:
        """The fields for columns."""
        return [self[f"field_{field.code}"] for field in self.kind.fields]

    def choices(self) -> list[Any]:
        """The fields for options."""
        return [self[f"option_{option.code}"] for option in self.kind.options]

    def given(self) -> dict[str, Any]:
        """What goes to the action."""
        data = self.cleaned_data
        picked = {field.code: data.get(f"field_{field.code}", "") for field in self.kind.fields}
        return {
            "mapping": {code: int(column) for code, column in picked.items() if column != NONE},
            "options": {option.code: data.get(f"option_{option.code}", "") for option in self.kind.options},
            "save_as": data.get("save_as", ""),
        }


def _named(place: int, heading: str) -> str:
    return heading or gettext("Column %(n)s") % {"n": place + 1}


def _option_field(label: str, choices: tuple[tuple[str, str], ...], hint: str) -> forms.Field:
    said, help_text = gettext(label), gettext(hint) if hint else ""
    if choices:
        named = [(code, gettext(words)) for code, words in choices]
        return forms.ChoiceField(label=said, choices=named, help_text=help_text)
    return forms.CharField(label=said, max_length=60, required=False, help_text=help_text)


def ready_made(run: ImportRun) -> list[tuple[str, str, int]]:
    """(code, name, how many columns of the file it knows) of every ready-made and saved mapping that fits at all."""
    found = [
        (f"preset:{preset.code}", gettext(preset.label), len(by_headings(run.columns, preset.headings)))
        for preset in kind_of(run).presets
    ]
    found += [
        (f"saved:{saved.name}", saved.name, len(by_headings(run.columns, saved.headings)))
        for saved in saved_mappings(run.kind)
    ]
    return sorted((each for each in found if each[2]), key=lambda each: -each[2])


def use_mapping(run: ImportRun, code: str) -> None:
    """Puts a ready-made or saved mapping into the choices shown; nothing is kept until the form is sent."""
    where, _colon, name = code.partition(":")
    kind = kind_of(run)
    preset = kind.preset(name) if where == "preset" else None
    saved = saved_mappings(run.kind).filter(name=name).first() if where == "saved" else None
    if preset is not None:
        run.mapping, run.options = by_headings(run.columns, preset.headings), kind.chosen(preset.options)
    elif saved is not None:
        run.mapping, run.options = by_headings(run.columns, saved.headings), kind.chosen(saved.options)
