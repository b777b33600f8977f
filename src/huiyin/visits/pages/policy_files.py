"""Policies, plan numbers, contact rules and scripts as a file: out, and in after a look at what would change."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Forbidden, Invalid, NotFound, Refused, Repeated
from huiyin.visits.actions.import_policies import Change, changes_in, import_policies
from huiyin.visits.actions.save_policy import CHANGE
from huiyin.visits.queries.policies import company_today
from huiyin.visits.queries.policy_files import exported
from huiyin.visits.rules.policy_file import LARGEST


class FileForm(forms.Form):
    """A file, or the text of one that was looked at, with the reason of the change."""

    file = forms.FileField(label=_("File"), required=False, help_text=_("A file that was exported here, in JSON."))
    text = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def whole(self) -> str:
        """The file's text.

        Raises:
            Invalid: there is none, or it is no text in UTF-8.
        """
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

    changes: list[Change] | None
    text: str
    faults: list[tuple[str, str]]
    may_change: bool


@page("visits/policies/files/", name="visit-policy-files", needs="visits.see_policies")
def files(request: Request) -> HttpResponse:
    """Exports, or looks at a file and takes it."""
    form = FileForm(request.POST or None, request.FILES or None)
    changes, faults, text = None, list[tuple[str, str]](), ""
    if request.method == "POST":
        if not request.actor.may(CHANGE):
            raise Forbidden
        if form.is_valid() and (text := form.whole()):
            try:
                if request.POST.get("do") == "take":
                    return _take(request, form, text)
                changes = changes_in(text, call_of(request))
            except (Forbidden, NotFound):
                raise
            except Refused as refusal:
                form.add_error(None, say(refusal.why))
                faults = _faults(refusal)
                changes = None if faults or not text else changes_in(text, call_of(request))
        elif not form.errors:
            form.add_error("file", gettext("Choose a file."))
    form.fields["reason"].required = changes is not None  # says so where changes wait to be taken
    context = FilesPage(changes, text, faults, request.actor.may(CHANGE))
    return show(request, "visits/policy_files.html", context, status=422 if form.errors else 200, form=form)


def _take(request: Request, form: FileForm, text: str) -> HttpResponse:
    expected = request.POST.get("expected", "")
    try:
        made = import_policies(
            call_of(request),
            text,
            reason=form.cleaned_data["reason"],
            expected=int(expected) if expected.isdecimal() else None,
        )
    except Repeated as repeat:
        made = int(repeat.result)
    said = ngettext("%(count)s change is taken from the file.", "%(count)s changes are taken from the file.", made)
    messages.success(request, said % {"count": made})
    return go("visit-policies")


def _faults(refusal: Refused) -> list[tuple[str, str]]:
    if not isinstance(refusal, Invalid):
        return []
    return [(name, say(why)) for name, why in refusal.fields.items() if name != "reason" and why != refusal.why]


@page("visits/policies/files/export/", name="visit-policy-export", needs="visits.see_policies")
def export(request: Request) -> HttpResponse:  # noqa: ARG001 - every page takes it
    """The newest version of everything as a JSON file."""
    answer = HttpResponse(exported(), content_type="application/json; charset=utf-8")
    day = company_today(clock.now()).isoformat()
    answer["Content-Disposition"] = f'attachment; filename="huiyin-visits-{day}.json"'
    return answer
