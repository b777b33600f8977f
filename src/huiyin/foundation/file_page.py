"""The page that takes settings from a file: first what would change, then, all or nothing, the change (DIG-6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, go, show
from huiyin.foundation.versions import Difference
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Forbidden, Invalid, NotFound, Refused, Repeated

LARGEST = 2_000_000


class FileChange(Protocol):
    """What a file would do to one thing: ``last`` is the version there is (0: it is new), from when, and what."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def last(self) -> int:
        """The newest version there is."""

    @property
    def effective_from(self) -> date:
        """From when the change would hold."""

    @property
    def differences(self) -> Sequence[Difference]:
        """What differs."""


class FileForm(forms.Form):
    """A file, or the text of one that was looked at, with the reason of the change."""

    file = forms.FileField(label=_("File"), required=False, help_text=_("A file that was exported here, in JSON."))
    text = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def whole(self) -> str:
        """The file's text; "" with an error on the form when it is no text in UTF-8."""
        upload = self.cleaned_data.get("file")
        if upload is None:
            return str(self.cleaned_data["text"])
        try:
            return bytes(upload.read(LARGEST * 4)).decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", gettext("The file is no text in UTF-8."))
            return ""


@dataclass(frozen=True)
class FilesPage:
    """What a file would change (None: none was looked at), its text, and what is wrong with it by place."""

    changes: Sequence[FileChange] | None
    text: str
    faults: list[tuple[str, str]]
    may_change: bool


@dataclass(frozen=True)
class Taking:
    """How a room takes a file: the right, what it would change, the action, and the page to go to afterwards."""

    needs: str
    changes_in: Callable[[str, Call], Sequence[FileChange]]
    take: Callable[..., int]
    back: str


def file_page(request: Request, template: str, taking: Taking) -> HttpResponse:
    """Exports, or looks at a file and takes it."""
    form = FileForm(request.POST or None, request.FILES or None)
    changes: Sequence[FileChange] | None = None
    faults, text = list[tuple[str, str]](), ""
    if request.method == "POST":
        if not request.actor.may(taking.needs):
            raise Forbidden
        if form.is_valid() and (text := form.whole()):
            try:
                if request.POST.get("do") == "take":
                    return _take(request, form, text, taking)
                changes = taking.changes_in(text, call_of(request))
            except (Forbidden, NotFound):
                raise
            except Refused as refusal:
                form.add_error(None, say(refusal.why))
                faults = _faults(refusal)
                changes = None if faults or not text else taking.changes_in(text, call_of(request))
        elif not form.errors:
            form.add_error("file", gettext("Choose a file."))
    form.fields["reason"].required = changes is not None  # says so where changes wait to be taken
    context = FilesPage(changes, text, faults, request.actor.may(taking.needs))
    return show(request, template, context, status=422 if form.errors else 200, form=form)


def _take(request: Request, form: FileForm, text: str, taking: Taking) -> HttpResponse:
    expected = request.POST.get("expected", "")
    try:
        made = taking.take(
            call_of(request),
            text,
            reason=form.cleaned_data["reason"],
            expected=int(expected) if expected.isdecimal() else None,
        )
    except Repeated as repeat:
        made = int(repeat.result)
    said = ngettext("%(count)s change is taken from the file.", "%(count)s changes are taken from the file.", made)
    messages.success(request, said % {"count": made})
    return go(taking.back)


def _faults(refusal: Refused) -> list[tuple[str, str]]:
    if not isinstance(refusal, Invalid):
        return []
    return [(name, say(why)) for name, why in refusal.fields.items() if name != "reason" and why != refusal.why]


def as_file(text: str, name: str) -> HttpResponse:
    """Settings as a JSON file to download."""
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
