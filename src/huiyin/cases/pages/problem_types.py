"""The tree of problem types: seen, added to, changed, merged, taken out of use, read from a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.arrange_stages import ARRANGE
from huiyin.cases.actions.arrange_types import import_types, merge_types, retire_type, save_type
from huiyin.cases.pages.forms.base import codes
from huiyin.cases.queries.problem_tree import cases_by_type, nodes, path_shown, paths_in_use
from huiyin.cases.rules.kinds import TOPICS
from huiyin.cases.rules.problem_tree import Node, in_order
from huiyin.foundation.forms import mark_for_page, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound

LARGEST = 2 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")


def _types(first: object) -> list[tuple[str, Any]]:
    return [("", first), *((str(pk), path) for path, pk in paths_in_use().items())]


class TypeForm(forms.Form):
    """Names, where it stands, and the topic it implies."""

    name = forms.CharField(label=_("Name in Chinese"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    parent = forms.TypedChoiceField(label=_("Below"), coerce=int, empty_value=None, required=False)
    topic = forms.ChoiceField(label=_("Topic"), choices=lambda: codes(TOPICS, "–"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"].choices = _types(_("At the top"))  # type: ignore[attr-defined]


class IntoForm(forms.Form):
    """The type that goes on."""

    into = forms.TypedChoiceField(label=_("Merge into"), coerce=int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["into"].choices = _types(_("Choose"))  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A CSV file whose columns are the levels."""

    upload = forms.FileField(
        label=_("CSV file"), help_text=_("One column a level, the highest first; the first row names the columns.")
    )


@dataclass(frozen=True)
class TypeLine:
    """A type in the tree with its depth and the cases that name it."""

    node: Node
    depth: int
    cases: int

    @property
    def indent(self) -> str:
        """What moves the name to the right of its parent's."""
        return "\u3000" * self.depth


@dataclass(frozen=True)
class TypesPage:
    """The tree as far as a search lets it through; ``one`` is the type being changed."""

    lines: list[TypeLine]
    text: str
    one: Node | None
    path: str
    may_change: bool
    shown: str


@page("cases/problem-types/", name="problem-types", needs="cases.see")
def problem_types(request: Request) -> HttpResponse:
    """The tree, with a form for one more type and one for a file."""
    may = request.actor.may(ARRANGE)
    sent = request.method == "POST" and may
    form = TypeForm(request.POST if sent and not request.FILES else None, initial={"parent": request.GET.get("below")})
    file = FileForm(request.POST if request.FILES else None, request.FILES or None)
    if sent and (_read(request, file) if request.FILES else _saved(request, None, form)):
        return go("problem-types")
    return _shown(request, None, {"form": form, "file": file})


@page("cases/problem-types/<int:type_id>/", name="problem-type", needs=ARRANGE)
def problem_type(request: Request, type_id: int) -> HttpResponse:
    """One type: renamed, moved, merged, taken out of use."""
    one = nodes().get(type_id)
    if one is None:
        raise NotFound
    asked = request.POST.get("do", "save") if request.method == "POST" else ""
    form = TypeForm(request.POST if asked == "save" else None, initial=vars(one))
    into = IntoForm(request.POST if asked == "merge" else None)
    if asked == "retire":
        count = retire_type(call_of(request), type_id)
        messages.success(request, gettext("%(count)d problem types are out of use.") % {"count": count})
        return go("problem-types")
    if (asked == "save" and _saved(request, type_id, form)) or (asked == "merge" and _merged(request, one, into)):
        return go("problem-types")
    return _shown(request, one, {"form": form, "into": into})


def _saved(request: Request, type_id: int | None, form: TypeForm) -> bool:
    if form.is_valid():
        with refusals(form):
            save_type(
                call_of(request), type_id, **form.cleaned_data, shown=request.POST.get("shown") if type_id else None
            )
            messages.success(request, gettext("The problem type is saved."))
    return not form.errors


def _merged(request: Request, one: Node, form: IntoForm) -> bool:
    if form.is_valid():
        with refusals(form):
            moved = merge_types(call_of(request), one.pk, into=form.cleaned_data["into"])
            messages.success(request, gettext("Merged; %(count)d cases went along.") % {"count": moved})
    return not form.errors


def _read(request: Request, form: FileForm) -> bool:
    if form.is_valid():
        rows = _rows(form.cleaned_data["upload"])
        if rows is None:
            form.add_error("upload", gettext("This is not a CSV file that we can read. Save it as CSV (UTF-8)."))
            return False
        with refusals(form):
            added = import_types(call_of(request), rows=rows[1:])
            messages.success(request, gettext("%(count)d problem types were added.") % {"count": added})
    return not form.errors


def _rows(upload: UploadedFile[bytes]) -> list[list[str]] | None:
    """The rows of a file of one of the usual encodings; None when it is too large or no text."""
    if (upload.size or 0) > LARGEST:
        return None
    content = upload.read()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return None if "\x00" in text else list(csv.reader(io.StringIO(text, newline="")))
        except csv.Error:
            return None
    return None


def _shown(request: Request, one: Node | None, given: dict[str, Any]) -> HttpResponse:
    text, counts, every = (request.GET.get("text") or "").strip()[:80], cases_by_type(), nodes()
    lines = [TypeLine(node, depth, counts.get(node.pk, 0)) for node, depth in in_order(every)]
    if text:
        lines = [line for line in lines if text.lower() in f"{line.node.name} {line.node.name_en}".lower()]
    shown = mark_for_page(given["form"], request.POST.get("shown", ""), every[one.pk].mark) if one else ""
    context = TypesPage(lines, text, one, path_shown(one.pk) if one else "", request.actor.may(ARRANGE), shown)
    wrong = any(form.errors for form in given.values())
    return show(request, "cases/problem_types.html", context, 422 if wrong else 200, **given)
