"""Contradictions in a questionnaire: what keeps it from being published, and what should be thought over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.rules.branching import Condition
from huiyin.questionnaires.rules.form import Form, FormQuestion
from huiyin.questionnaires.rules.kinds.handling import STEPS
from huiyin.questionnaires.rules.words import CHOOSING, DIMENSION_KIND, MEASURE_KIND, SCALES, Emotion, QuestionKind

MOST_ASKED = 10  # VIS-22: more were measured to be too many


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong (``firm``: it cannot be published so) and the question it is about, or an empty text."""

    why: Message
    question: str = ""
    firm: bool = True


def check(form: Form) -> list[Fault]:
    """Everything wrong with a form, in its order; warnings last."""
    found = [*_whole(form), *(fault for one in form.questions for fault in _question(form, one))]
    return sorted(found, key=lambda fault: not fault.firm)


def _whole(form: Form) -> Iterator[Fault]:
    if not form.questions:
        yield Fault(message(_("The questionnaire has no question yet.")))
    for code, times in Counter(one.code for one in form.questions).items():
        if times > 1:
            yield Fault(message(_("%(times)s questions have the code %(code)s."), times=times, code=code), code)
    yield from _rounds(form)
    if sum(one.kind == QuestionKind.EMOTION for one in form.questions) > 1:
        yield Fault(message(_("Only one question can ask for the mood.")))
    if len(form.questions) > MOST_ASKED:
        text = _("%(count)s questions: more than %(most)s are seldom answered to the end.")
        yield Fault(message(text, count=len(form.questions), most=MOST_ASKED), firm=False)
    plain = [one.code for one in form.questions if not one.text_en]
    if plain and len(plain) < len(form.questions):
        yield Fault(message(_("No English text: %(codes)s."), codes=", ".join(plain)), firm=False)
    for name, times in Counter(one.dimension for one in form.questions if one.dimension).items():
        if times > 1:
            text = _("%(times)s questions score %(dimension)s; only the last one counts.")
            yield Fault(message(text, times=times, dimension=name), firm=False)


def _rounds(form: Form) -> Iterator[Fault]:
    """Questions that wait for each other, each round once."""
    needs = {one.code: one.only_if.question for one in form.questions if one.only_if}
    seen: set[str] = set()
    for start in needs:
        path: list[str] = []
        code = start
        while code in needs and code not in path and code not in seen:
            path.append(code)
            code = needs[code]
        if code in path:
            around = path[path.index(code) :]
            text = _("These questions wait for each other: %(codes)s.")
            yield Fault(message(text, codes=" → ".join([*around, around[0]])), code)
        seen.update(path)


def _question(form: Form, one: FormQuestion) -> Iterator[Fault]:
    if one.only_if is not None:
        yield from _condition(form, one, one.only_if)
    yield from _answers(one)
    yield from _meaning(one)


def _condition(form: Form, one: FormQuestion, need: Condition) -> Iterator[Fault]:
    source = form.question(need.question)
    codes = [each.code for each in form.questions]
    if source is None:
        text = _("%(code)s depends on %(on)s, which is not in the questionnaire.")
        yield Fault(message(text, code=one.code, on=need.question), one.code)
    elif codes.index(need.question) >= codes.index(one.code):
        text = _("%(code)s depends on %(on)s, which is asked only afterwards.")
        yield Fault(message(text, code=one.code, on=need.question), one.code)
    elif not _possible(source, need):
        text = _("%(code)s would never be asked: %(on)s cannot be answered like that.")
        yield Fault(message(text, code=one.code, on=need.question), one.code)


def _possible(source: FormQuestion, need: Condition) -> bool:
    """Whether some answer to ``source`` fulfils the condition, and every code it names exists."""
    if source.kind in SCALES:
        low, high = SCALES[source.kind]
        least = low if need.at_least is None else need.at_least
        most = high if need.at_most is None else need.at_most
        return not need.one_of and max(low, least) <= min(high, most)
    known = set(Emotion) if source.kind == QuestionKind.EMOTION else {option.code for option in source.options}
    return source.kind in CHOOSING and bool(need.one_of) and set(need.one_of) <= known


def _answers(one: FormQuestion) -> Iterator[Fault]:
    codes = [option.code for option in one.options]
    if one.kind in (QuestionKind.CHOICE, QuestionKind.MULTI):
        if len(codes) < 2:  # noqa: PLR2004 - a choice has two sides
            yield Fault(message(_("%(code)s needs at least two answers to choose from."), code=one.code), one.code)
        if len(set(codes)) < len(codes):
            yield Fault(message(_("Two answers of %(code)s have the same code."), code=one.code), one.code)
    elif one.kind == QuestionKind.PHOTO and one.required:
        text = _("%(code)s asks for a photo and cannot be required: no agent can take one on the phone.")
        yield Fault(message(text, code=one.code), one.code)
    elif codes:
        yield Fault(message(_("%(code)s has answers to choose from, but is no choice."), code=one.code), one.code)
    if one.probe_at is not None:
        yield from _probe(one, one.probe_at)


def _probe(one: FormQuestion, line: int) -> Iterator[Fault]:
    if one.kind not in SCALES:
        yield Fault(message(_("%(code)s is no scale and cannot be probed by score."), code=one.code), one.code)
    elif not SCALES[one.kind][0] <= line <= SCALES[one.kind][1]:
        yield Fault(message(_("The probing score of %(code)s is not on its scale."), code=one.code), one.code)
    elif not one.probe_zh:
        yield Fault(message(_("%(code)s is probed, but the follow-up question has no text."), code=one.code), one.code)


def _meaning(one: FormQuestion) -> Iterator[Fault]:
    scale = DIMENSION_KIND.get(one.dimension)
    if scale is not None and one.kind != scale:
        text = _("%(code)s scores a dimension that is measured on another scale.")
        yield Fault(message(text, code=one.code), one.code)
    kind = MEASURE_KIND.get(one.measure)
    if kind is not None and one.kind != kind:
        text = _("%(code)s belongs to a measure that uses another kind of question.")
        yield Fault(message(text, code=one.code), one.code)
    elif one.measure == "handling" and {option.code for option in one.options} != set(STEPS):
        text = _("The handling scale has exactly these answers: %(codes)s.")
        yield Fault(message(text, codes=", ".join(STEPS)), one.code)
