"""Reads a questionnaire from a file or a request: every mistake is named with its place, nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.rules.form import FORMAT, Form, question_of
from huiyin.questionnaires.rules.words import DIMENSION_LABELS, KIND_LABELS, MEASURE_LABELS, Purpose

LARGEST_FILE = 200_000  # bytes
MOST_QUESTIONS = 100
MOST_OPTIONS = 50
CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
BIGGEST = 365

Test = Callable[[Any], bool]


def _text(longest: int, least: int = 0) -> Test:
    return lambda value: isinstance(value, str) and least <= len(value.strip()) <= longest and "\x00" not in value


def _number(low: int, high: int) -> Test:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _one_of(*known: str) -> Test:
    return lambda value: isinstance(value, str) and value in known


def _maybe(test: Test) -> Test:
    return lambda value: value is None or test(value)


def is_code(value: object) -> bool:
    """Whether a value can be a code: a small letter, then small letters, digits and _, at most 30 together."""
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def _options(value: Any) -> bool:
    tests = {"code": is_code, "zh": _text(100, 1), "en": _text(100)}
    return (
        isinstance(value, list) and len(value) <= MOST_OPTIONS and all(_fits(one, tests, "code", "zh") for one in value)
    )


def _condition(value: Any) -> bool:
    codes: Test = lambda codes: isinstance(codes, list) and bool(codes) and all(map(is_code, codes))  # noqa: E731
    tests = {"question": is_code, "at_most": _number(0, 10), "at_least": _number(0, 10), "one_of": codes}
    return _fits(value, tests, "question") and len(value) > 1 and not ("one_of" in value and len(value) > 2)  # noqa: PLR2004


def _fits(value: Any, tests: Mapping[str, Test], *needed: str) -> bool:
    if not isinstance(value, dict) or not set(needed) <= set(value) <= set(tests):
        return False
    return all(tests[name](one) for name, one in value.items())


ABOUT: dict[str, Test] = {
    "format": _one_of(FORMAT),
    "code": is_code,
    "title_zh": _text(100, 1),
    "title_en": _text(100),
    "intro_zh": _text(300),
    "intro_en": _text(300),
    "fast_seconds": _number(0, 3600),
    "valid_days": _number(1, BIGGEST),
    "repeat_days": _number(0, BIGGEST),
    "remind_after_days": _maybe(_number(1, BIGGEST)),
    "questions": lambda value: isinstance(value, list) and len(value) <= MOST_QUESTIONS,
}
QUESTION: dict[str, Test] = {
    "code": is_code,
    "kind": _one_of(*KIND_LABELS),
    "text_zh": _text(300, 1),
    "text_en": _text(300),
    "dimension": _one_of("", *DIMENSION_LABELS),
    "purpose": _one_of(*Purpose),
    "measure": _one_of("", *MEASURE_LABELS),
    "required": lambda value: isinstance(value, bool),
    "probe_at": _maybe(_number(0, 10)),
    "probe_zh": _text(300),
    "probe_en": _text(300),
    "options": _options,
    "only_if": _maybe(_condition),
    "most_photos": _maybe(_number(1, 9)),
    "most_megabytes": _maybe(_number(1, 30)),
}
WRONG = _("This value is not possible here.")
STRANGE = _("A questionnaire has no such entry.")
TWICE = _("Another question has this code already.")
MISSED = _("This entry is missing.")


def parse(raw: bytes) -> Form:
    """The questionnaire in a file.

    Raises:
        Invalid: no questionnaire, too large, or entries that are not possible; ``fields`` names them by place.
    """
    if len(raw) > LARGEST_FILE:
        raise Invalid(message(_("The file is too large for a questionnaire.")))
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid(message(_("The file is not readable as JSON."))) from None
    return read_form(data)


def read_form(data: object) -> Form:
    """The questionnaire that data describe; see :func:`parse`."""
    if not isinstance(data, dict) or data.get("format", FORMAT) != FORMAT:
        raise Invalid(message(_("This is not a questionnaire of this product.")))
    wrong = _wrong(data, ABOUT, ("code", "title_zh", "questions")) | _wrong_questions(data.get("questions"))
    if wrong:
        places = ", ".join(list(wrong)[:10])
        raise Invalid(message(_("The questionnaire cannot be read: look at %(places)s."), places=places), wrong)
    about = {name: value for name, value in data.items() if name not in ("format", "questions")}
    return Form(**about, questions=tuple(question_of(row) for row in data["questions"]))


def _wrong_questions(rows: object) -> dict[str, Message]:
    wrong: dict[str, Message] = {}
    codes: set[str] = set()
    for place, row in enumerate(rows if isinstance(rows, list) else [], 1):
        known = row if isinstance(row, dict) else {}
        found = _wrong(known, QUESTION, ("code", "kind", "text_zh"))
        if str(known.get("code")) in codes:
            found["code"] = message(TWICE)
        codes.add(str(known.get("code")))
        wrong |= {f"questions.{place}.{key}": why for key, why in found.items()}
    return wrong


def _wrong(data: Mapping[str, Any], tests: Mapping[str, Test], needed: tuple[str, ...]) -> dict[str, Message]:
    wrong = {name: message(MISSED) for name in needed if name not in data}
    for name, value in data.items():
        if name not in tests:
            wrong[str(name)[:40]] = message(STRANGE)
        elif not tests[name](value):
            wrong[name] = message(WRONG)
    return wrong
