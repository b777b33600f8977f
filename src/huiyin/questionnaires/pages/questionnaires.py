"""The list of questionnaires, where new ones begin: empty, or from a file."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.questionnaires.actions.edit_draft import put_draft
from huiyin.questionnaires.actions.make_draft import begin_questionnaire
from huiyin.questionnaires.queries.forms import Listed, listed
from huiyin.questionnaires.rules.form_file import LARGEST_FILE, parse


class BeginForm(forms.Form):
    """A new questionnaire: its code for good, and its title."""

    code = forms.CharField(label=_("Code"), max_length=30, help_text=_("For policies and files, such as repair_visit."))
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=100)
    title_en = forms.CharField(label=_("Title in English"), max_length=100, required=False)


class FileForm(forms.Form):
    """A questionnaire from a file."""

    file = forms.FileField(label=_("File"), help_text=_("A JSON file that was exported here; it becomes a draft."))


@dataclass(frozen=True)
class QuestionnairesPage:
    """All questionnaires and what this person may do."""

    rows: list[Listed]
    may_change: bool


@page("questionnaires/", name="questionnaires", needs="questionnaires.see")
def questionnaires(request: Request) -> HttpResponse:
    """What customers are asked, and which version is asked now."""
    return _show(request, BeginForm(), FileForm())


@page("questionnaires/add/new/", name="questionnaire-new", needs="questionnaires.change")
def questionnaire_new(request: Request) -> HttpResponse:
    """Begins an empty draft."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            begin_questionnaire(call_of(request), **form.cleaned_data)
        if not form.errors:
            return go("questionnaire-draft", form.cleaned_data["code"])
    return _show(request, form, FileForm())


@page("questionnaires/add/file/", name="questionnaire-import", needs="questionnaires.change")
def questionnaire_import(request: Request) -> HttpResponse:
    """Makes a file a draft; a draft that is there already stays as it is."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            read = parse(form.cleaned_data["file"].read(LARGEST_FILE + 1))
            put_draft(call_of(request), read, replace_draft=False)
            messages.success(request, gettext("The file is now a draft. Look at it, then publish it."))
        if not form.errors:
            return go("questionnaire-draft", read.code)
    return _show(request, BeginForm(), form)


def _show(request: Request, form: BeginForm, file_form: FileForm) -> HttpResponse:
    about = QuestionnairesPage(listed(), request.actor.may("questionnaires.change"))
    status = 422 if form.errors or file_form.errors else 200
    return show(request, "questionnaires/list.html", about, form=form, file_form=file_form, status=status)
