"""A condition in a form: groups of rows to add and remove, without JavaScript as well.

.. code-block:: python

    class ViewForm(forms.Form):
        condition = ConditionField(case_fields, count="case-count")


    if being_edited(request.POST):  # a row was added or removed: show the form again, judge nothing yet
        return show(request, …, form=as_typed(ViewForm, request.POST))

``cleaned_data["condition"]`` is the JSON that :func:`huiyin.kernel.conditions.read_condition` reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms.renderers import BaseRenderer
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from huiyin.foundation.forms import say
from huiyin.kernel.conditions.drafts import MODE_LABELS, Draft, Group, Mode, Row, data_of, draft_of
from huiyin.kernel.conditions.fields import LISTS, WORDS, Field, Fields
from huiyin.kernel.conditions.reading import read_condition
from huiyin.kernel.conditions.tests import COMPARISONS, IS_LABELS, Sort, sort_of
from huiyin.kernel.conditions.wording import SPECIAL, in_words
from huiyin.kernel.refusal import Invalid

F = TypeVar("F", bound=forms.Form)
MOST_GROUPS, MOST_ROWS = 8, 40
TYPED = 400  # letters kept of what was typed, more than any value may have


@dataclass(frozen=True)
class RowShown:
    """A row as it is drawn; ``sorts`` are the inputs its comparisons need."""

    place: str
    row: Row
    label: str
    comparisons: list[tuple[str, str, str]]
    sorts: frozenset[str]
    choices: list[tuple[str, str, bool]]

    @property
    def chosen(self) -> str:
        """The names of the chosen values."""
        return gettext(", ").join(label for _code, label, on in self.choices if on)


class ConditionWidget(forms.Widget):
    """Draws the groups and reads them back, with the row added or removed that was asked for."""

    fields: Callable[[], Fields]
    count = ""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002
    ) -> SafeString:
        """The groups of rows."""
        draft, fields = value if isinstance(value, Draft) else draft_of(value), self.fields()
        shown = [
            (place, group, [_shown(f"{name}-{place}-{n}", row, fields) for n, row in enumerate(group.rows)])
            for place, group in enumerate(draft.groups)
        ]
        context = {
            "name": name,
            "id": (attrs or {}).get("id", f"id_{name}"),
            "groups": shown,
            "modes": MODE_LABELS,
            "fields": fields.values(),
            "count": self.count,
            "kept": json.dumps(draft.kept) if draft.kept is not None else "",
            "kept_words": _words(draft.kept, fields),
        }
        return SafeString(render_to_string("ui/conditions.html", context))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Draft:  # noqa: ARG002 - as Django calls it
        """What was typed, after the button pressed for a row or a group."""
        draft = _typed(data, name)
        for place, group in enumerate(draft.groups):
            wanted = data.get(f"{name}-{place}-new", "")
            if wanted in self.fields() and len(group.rows) < MOST_ROWS:
                draft = draft.with_row(place, wanted)
        return _pressed(draft, data.get(f"{name}-edit", ""))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:  # noqa: ARG002
        """Whether the form had no condition at all."""
        return f"{name}-groups" not in data


def _pressed(draft: Draft, button: str) -> Draft:
    verb, _, place = button.partition(":")
    match verb, [int(part) for part in place.split("-") if part.isdigit() and len(part) < len("100")]:
        case "drop", [group, row] if group < len(draft.groups) and row < len(draft.groups[group].rows):
            return draft.without_row(group, row)
        case "group", _ if len(draft.groups) < MOST_GROUPS:
            return draft.with_group()
        case "anew", _:
            return Draft()
        case _:
            return draft


def _typed(data: Mapping[str, Any], name: str) -> Draft:
    kept = str(data.get(f"{name}-kept", ""))
    if kept:
        return Draft(kept=_json(kept))
    groups = tuple(
        Group(_mode(data.get(f"{name}-{place}-mode")), tuple(_rows(data, f"{name}-{place}")))
        for place in range(_count(data.get(f"{name}-groups"), MOST_GROUPS))
    )
    return Draft(groups or (Group(),))


def _rows(data: Mapping[str, Any], group: str) -> Iterator[Row]:
    for n in range(_count(data.get(f"{group}-rows"), MOST_ROWS)):
        given = {part: str(data.get(f"{group}-{n}-{part}", ""))[:TYPED] for part in ("is", "text", "number", "day")}
        listed = data.getlist(f"{group}-{n}-value") if isinstance(data, QueryDict) else data.get(f"{group}-{n}-value")
        field = str(data.get(f"{group}-{n}-field", ""))[:60]
        values = tuple(str(each)[:TYPED] for each in listed or ())
        yield Row(field, given["is"], values, given["text"], given["number"], given["day"])


def _json(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    return data if isinstance(data, dict) else {"all": [data]}


def _mode(text: Any) -> Mode:
    return Mode(text) if text in tuple(Mode) else Mode.ALL


def _count(text: Any, most: int) -> int:
    plain = str(text or "")
    return min(int(plain), most) if plain.isascii() and plain.isdigit() and len(plain) < len("1000") else 0


def _words(data: Any, fields: Fields) -> list[str]:
    if data is None:
        return []
    try:
        return [say(text) for text in in_words(read_condition(data, fields), fields)]
    except Invalid as refusal:
        return [say(refusal.why)]


def _shown(place: str, row: Row, fields: Fields) -> RowShown:
    field = fields.get(row.field)
    if field is None:
        return RowShown(place, row, row.field, [(row.comparison, row.comparison, "text")], frozenset({"text"}), [])
    sorts = {each: sort_of(field.kind, each) for each in COMPARISONS[field.kind]}
    return RowShown(
        place,
        row,
        gettext(field.label),
        [(each.value, gettext(IS_LABELS[each]), sort.value) for each, sort in sorts.items()],
        frozenset(sort.value for sort in sorts.values() if sort is not Sort.NONE),
        _choices(field, row) if field.kind in LISTS else [],
    )


def _choices(field: Field, row: Row) -> list[tuple[str, str, bool]]:
    """Code, name, and whether it is chosen; what is chosen and no longer there stands last."""
    words = [(word, SPECIAL[word]) for word in sorted(WORDS.get(field.kind, ()))]
    there = {str(code): gettext(name) for code, name in (*words, *(field.choices or {}).items())}
    past, left = field.past or {}, [code for code in row.listed if code not in there]
    gone = {code: gettext("%(value)s (no longer there)") % {"value": past.get(code, code)} for code in left}
    return [(code, name, code in row.listed) for code, name in (there | gone).items()]


class ConditionField(forms.Field):
    """A condition over ``fields``; ``count`` names a page that says how much the condition lets through now."""

    widget = ConditionWidget

    def __init__(self, fields: Callable[[], Fields], *, count: str = "", **kwargs: Any) -> None:
        super().__init__(**({"required": False} | kwargs))
        self._ask = fields
        self._known: Fields | None = None
        self.count = count
        self._tell()

    def __deepcopy__(self, memo: Any) -> ConditionField:
        copied: ConditionField = super().__deepcopy__(memo)
        copied._known = None
        copied._tell()
        return copied

    def _tell(self) -> None:
        self.widget.fields = self.fields
        self.widget.count = self.count

    def fields(self) -> Fields:
        """What may be asked about, read once for each form."""
        if self._known is None:
            self._known = self._ask()
        return self._known

    def clean(self, value: Draft) -> dict[str, Any]:
        """The condition as JSON.

        Raises:
            ValidationError: it makes no sense; the message names the field.
        """
        data = data_of(value, self.fields())
        try:
            read_condition(data, self.fields())
        except Invalid as refusal:
            raise forms.ValidationError(say(refusal.why), code="condition") from refusal
        return data


def being_edited(data: QueryDict, name: str = "condition") -> bool:
    """Whether a row or a group was added or removed, so that nothing is to be saved yet."""
    return bool(data.get(f"{name}-edit")) or any(
        data.get(f"{name}-{place}-new") for place in range(_count(data.get(f"{name}-groups"), MOST_GROUPS))
    )


def as_typed(form: type[F], data: QueryDict, **more: Any) -> F:
    """The form with what was typed and without judgement."""
    made = form(data, **more)
    typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in made.fields.items()}
    return form(**{**more, "initial": typed})
