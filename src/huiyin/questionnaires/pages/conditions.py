"""Conditions in words, for the builder and for forms without script."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huiyin.questionnaires.models import in_language
from huiyin.questionnaires.rules.form import FormQuestion
from huiyin.questionnaires.rules.words import EMOTION_LABELS


def condition_in_words(questions: Sequence[FormQuestion], one: FormQuestion) -> str:
    """When a question is asked, or an empty text: always."""
    need = one.only_if
    if need is None:
        return ""
    place = next((number for number, each in enumerate(questions, 1) if each.code == need.question), 0)
    about = {"place": place or need.question, "low": need.at_least, "high": need.at_most}
    if need.one_of:
        names = ", ".join(_name(questions, need.question, code) for code in need.one_of)
        return _("Only if question %(place)s is one of: %(names)s") % {**about, "names": names}
    if need.at_least is None:
        return _("Only if question %(place)s is at most %(high)s") % about
    if need.at_most is None:
        return _("Only if question %(place)s is at least %(low)s") % about
    return _("Only if question %(place)s is from %(low)s to %(high)s") % about


def _name(questions: Sequence[FormQuestion], question: str, code: str) -> str:
    source = next((one for one in questions if one.code == question), None)
    options = {option.code: in_language(option.zh, option.en) for option in source.options} if source else {}
    return options.get(code) or (_(EMOTION_LABELS[code]) if code in EMOTION_LABELS else code)
