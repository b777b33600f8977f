"""The page of one question of a draft: text, kind, answers, probing, condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.foundation.choices import choices_of
from huiyin.foundation.forms import refusals, unmarked
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound
from huiyin.questionnaires.actions.edit_draft import save_question
from huiyin.questionnaires.models import Questionnaire
from huiyin.questionnaires.queries.forms import draft_of, form_of
from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.form import Form, FormQuestion, Option
from huiyin.questionnaires.rules.form_file import CODE, is_code
from huiyin.questionnaires.rules.words import (
    DIMENSION_LABELS,
    KIND_LABELS,
    MEASURE_LABELS,
    PURPOSE_LABELS,
    QuestionKind,
)

LONGEST_OPTION = 100
NONE = [("", "—")]
PHOTO = ("most_photos", "most_megabytes")


class QuestionForm(forms.Form):
    """One question; answers to choose from stand one a line: ``code | 中文 | English``."""

    text_zh = forms.CharField(label=_("Question in Chinese"), max_length=300)
    text_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    code = forms.RegexField(CODE, label=_("Code"), max_length=30, help_text=_("Small letters, digits and _."))
    kind = forms.ChoiceField(label=_("Kind of question"), choices=choices_of(KIND_LABELS))
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code | Chinese | English"),
    )
    dimension = forms.ChoiceField(
        label=_("Scores the dimension"), required=False, choices=[*NONE, *choices_of(DIMENSION_LABELS)]
    )
    measure = forms.ChoiceField(
        label=_("Belongs to the measure"), required=False, choices=[*NONE, *choices_of(MEASURE_LABELS)]
    )
    purpose = forms.ChoiceField(
        label=_("What the text is for"), required=False, choices=[*NONE, *choices_of(PURPOSE_LABELS)]
    )
    probe_at = forms.IntegerField(label=_("Probe at this score and below"), min_value=0, max_value=10, required=False)
    probe_zh = forms.CharField(label=_("Follow-up question in Chinese"), max_length=300, required=False)
    probe_en = forms.CharField(label=_("Follow-up question in English"), max_length=300, required=False)
    most_photos = unmarked(forms.IntegerField(label=_("Photos at most"), min_value=1, max_value=9, required=False))
    most_megabytes = unmarked(
        forms.IntegerField(label=_("Megabytes a photo at most"), min_value=1, max_value=30, required=False)
    )
    depends_on = forms.ChoiceField(label=_("Ask only after an answer to"), required=False)
    at_least = forms.IntegerField(label=_("Score from"), min_value=0, max_value=10, required=False)
    at_most = forms.IntegerField(label=_("Score up to"), min_value=0, max_value=10, required=False)
    one_of = forms.CharField(
        label=_("Or one of these answers"), max_length=500, required=False, help_text=_("Codes, separated by commas.")
    )

    def of(self, form: Form, code: str) -> QuestionForm:
        """Offers the other questions as conditions."""
        field = self.fields["depends_on"]
        others = [
            (one.code, f"{place}. {one.text_zh}") for place, one in enumerate(form.questions, 1) if one.code != code
        ]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*NONE, *others]
        return self

    def clean_options(self) -> tuple[Option, ...]:
        """The lines as options."""
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return tuple(self._option(line) for line in lines)

    def _option(self, line: str) -> Option:
        code, zh, en = [*(part.strip() for part in line.replace("｜", "|").split("|")), "", ""][:3]
        if not is_code(code) or not zh or max(len(zh), len(en)) > LONGEST_OPTION:
            text = _("This line is not “code | Chinese | English”: %(line)s")
            raise forms.ValidationError(text, params={"line": line[:80]})
        return Option(code, zh, en)

    def clean_one_of(self) -> tuple[str, ...]:
        """The codes of a condition."""
        return tuple(filter(None, (code.strip() for code in self.cleaned_data["one_of"].replace("，", ",").split(","))))

    def clean(self) -> dict[str, Any]:
        """A condition needs its question and a score or an answer, not both."""
        given = super().clean() or self.cleaned_data
        codes, scores = given.get("one_of"), [given.get(name) for name in ("at_least", "at_most")]
        scored = any(score is not None for score in scores)
        if given.get("depends_on") and not codes and not scored:
            self.add_error("depends_on", _("Say which score or which answer it depends on."))
        if given.get("depends_on") and codes and scored:
            self.add_error("one_of", _("Give scores or answers, not both."))
        return given

    def question(self) -> FormQuestion:
        """The question as entered."""
        given: Mapping[str, Any] = self.cleaned_data
        plain = ("code", "kind", "text_zh", "text_en", "dimension", "measure", "purpose")
        need = Condition(given["depends_on"], given["at_most"], given["at_least"], given["one_of"])
        return FormQuestion(
            **{name: given[name] for name in (*plain, "probe_at", "probe_zh", "probe_en", "options", *PHOTO)},
            required=given["required"] and given["kind"] != QuestionKind.PHOTO,
            only_if=need if given["depends_on"] else None,
        )


@dataclass(frozen=True)
class QuestionPage:
    """The draft and the question's code, empty for a new one."""

    draft: Questionnaire
    code: str


@page("questionnaires/<slug:code>/draft/question/", name="question-new", needs="questionnaires.change")
def question_new(request: Request, code: str) -> HttpResponse:
    """Adds a question at the end."""
    return _edit(request, code, "")


@page("questionnaires/<slug:code>/draft/question/<slug:question>/", name="question", needs="questionnaires.change")
def question(request: Request, code: str, question: str) -> HttpResponse:
    """Changes a question in its place."""
    return _edit(request, code, question)


def _edit(request: Request, code: str, question: str) -> HttpResponse:
    draft = draft_of(code)
    whole = form_of(draft)
    present = whole.question(question)
    if question and present is None and request.method != "POST":
        raise NotFound
    form = QuestionForm(request.POST or None, initial=_initial(present)).of(whole, question)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_question(call_of(request), code, form.question(), instead_of=question)
        if not form.errors:
            return go("questionnaire-draft", code)
    status = 422 if form.errors else 200
    return show(request, "questionnaires/question.html", QuestionPage(draft, question), form=form, status=status)


def _initial(one: FormQuestion | None) -> dict[str, Any]:
    if one is None:
        return {"required": True}
    need = one.only_if or Condition("")
    lines = [" | ".join(filter(None, (option.code, option.zh, option.en))) for option in one.options]
    about = {name: getattr(one, name) for name in QuestionForm.base_fields if hasattr(one, name)}
    bounds = {"at_least": need.at_least, "at_most": need.at_most, "one_of": ", ".join(need.one_of)}
    return {**about, **bounds, "options": "\n".join(lines), "depends_on": need.question}
