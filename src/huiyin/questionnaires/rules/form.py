"""A questionnaire as plain data: what a file holds, what the builder edits, what is compared and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from huiyin.questionnaires.rules.branching import Condition, condition_of

FORMAT = "huiyin.questionnaire/1"


@dataclass(frozen=True)
class Option:
    """One answer to choose."""

    code: str
    zh: str
    en: str = ""


@dataclass(frozen=True)
class FormQuestion:
    """One question in both languages; ``only_if`` is its condition, ``probe_at`` the highest score that is probed.

    ``most_photos`` and ``most_megabytes`` limit a photo question (None: as shipped).
    """

    code: str
    kind: str
    text_zh: str
    text_en: str = ""
    dimension: str = ""
    purpose: str = ""
    measure: str = ""
    required: bool = False
    probe_at: int | None = None
    probe_zh: str = ""
    probe_en: str = ""
    options: tuple[Option, ...] = ()
    only_if: Condition | None = None
    most_photos: int | None = None
    most_megabytes: int | None = None


@dataclass(frozen=True)
class Form:
    """A questionnaire without its version number: two forms are equal when customers see and do the same."""

    code: str
    title_zh: str
    title_en: str = ""
    intro_zh: str = ""
    intro_en: str = ""
    fast_seconds: int = 8
    valid_days: int = 14
    repeat_days: int = 7
    remind_after_days: int | None = 3
    questions: tuple[FormQuestion, ...] = field(default_factory=tuple)

    def question(self, code: str) -> FormQuestion | None:
        """The question with this code."""
        return next((one for one in self.questions if one.code == code), None)

    def with_question(self, question: FormQuestion, instead_of: str = "") -> Form:
        """The form with one question changed in its place, or added at the end."""
        if not instead_of:
            return replace(self, questions=(*self.questions, question))
        return replace(self, questions=tuple(question if one.code == instead_of else one for one in self.questions))

    def without_question(self, code: str) -> Form:
        """The form without a question."""
        return replace(self, questions=tuple(one for one in self.questions if one.code != code))

    def with_moved(self, code: str, steps: int) -> Form:
        """The form with a question moved down by ``steps`` (negative: up), at most to an end."""
        rows = list(self.questions)
        here = next((place for place, one in enumerate(rows) if one.code == code), None)
        if here is None:
            return self
        rows.insert(min(max(here + steps, 0), len(rows) - 1), rows.pop(here))
        return replace(self, questions=tuple(rows))


def form_as_data(form: Form) -> dict[str, Any]:
    """The form as a file holds it (DIG-6); :func:`huiyin.questionnaires.rules.form_file.read_form` is the way back."""
    about = {one.name: getattr(form, one.name) for one in fields(Form) if one.name != "questions"}
    return {"format": FORMAT, **about, "questions": [question_as_data(one) for one in form.questions]}


def question_as_data(question: FormQuestion) -> dict[str, Any]:
    """One question as a file holds it; what is not set is left out."""
    data = {name: value for name, value in asdict(question).items() if name not in ("options", "only_if")}
    data["options"] = [asdict(option) for option in question.options]
    data["only_if"] = question.only_if.as_data() if question.only_if else None
    needed = ("code", "kind", "text_zh")
    return {name: value for name, value in data.items() if name in needed or value or _is_number(value)}


def _is_number(value: object) -> bool:
    """A nought is something said, False is not."""
    return isinstance(value, int) and not isinstance(value, bool)


def question_of(data: Mapping[str, Any]) -> FormQuestion:
    """One question from checked data."""
    known = {one.name for one in fields(FormQuestion)} - {"options", "only_if"}
    options = tuple(Option(one["code"], one["zh"], one.get("en", "")) for one in data.get("options") or ())
    return FormQuestion(
        **{name: value for name, value in data.items() if name in known},
        options=options,
        only_if=condition_of(data.get("only_if")),
    )
