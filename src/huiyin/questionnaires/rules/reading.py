"""Reads raw answers against a questionnaire: what is good, what is wrong, what is missing, what is low."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.rules.branching import Condition, asked
from huiyin.questionnaires.rules.words import OPINION, SCALES, Emotion, Purpose, QuestionKind

LONGEST_TEXT = 2000
WHY = ".why"  # the key of a follow-up answer is the question's code with this ending


@dataclass(frozen=True)
class Ask:
    """One question as the rules see it; ``probe_at`` is the highest score that is followed by "why?"."""

    code: str
    kind: str
    required: bool = False
    dimension: str = ""
    purpose: str = ""
    probe_at: int | None = None
    options: tuple[str, ...] = ()
    only_if: Condition | None = None


@dataclass(frozen=True)
class Given:
    """One answer: a number, a text or chosen codes; ``why`` answers the follow-up question."""

    number: int | None = None
    text: str = ""
    choices: tuple[str, ...] = ()
    why: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing was said."""
        return self.number is None and not self.text and not self.choices


@dataclass(frozen=True)
class Reading:
    """Raw answers sorted: ``good`` by question, ``wrong`` with the reason by key."""

    good: Mapping[str, Given]
    wrong: Mapping[str, Message]


@dataclass(frozen=True)
class Low:
    """A score at or under its question's probe line."""

    question: str
    dimension: str
    score: int
    why: str = ""


def read_answers(asks: Iterable[Ask], raw: Mapping[str, object]) -> Reading:
    """Sorts raw answers (``{code: value}``, follow-ups under ``code + ".why"``); unknown keys are wrong."""
    by_code = {ask.code: ask for ask in asks}
    good: dict[str, Given] = {}
    wrong: dict[str, Message] = {}
    for key, value in raw.items():
        ask = by_code.get(key.removesuffix(WHY))
        if ask is None:
            wrong[key] = message(_("The questionnaire has no such question."))
        elif ask.kind == QuestionKind.PHOTO:
            wrong |= _no_photo(key, value)
        elif key == ask.code:
            given = _read(ask, value, raw.get(key + WHY))
            if isinstance(given, Given):
                good[key] = given
            else:
                wrong[key] = given
    return Reading(good, wrong)


def _no_photo(key: str, value: object) -> dict[str, Message]:
    """Photos are given one by one, apart from the other answers; an empty value leaves them as they are."""
    return {key: message(_("Photos are added on the customer's own page."))} if value else {}


def _read(ask: Ask, value: object, why: object) -> Given | Message:
    reason = _text(why)
    if isinstance(reason, Message):
        return reason
    if ask.kind in SCALES:
        return _score(ask, value, reason)
    if ask.kind == QuestionKind.TEXT:
        text = _text(value)
        return text if isinstance(text, Message) else Given(text=text)
    return _choices(ask, value, reason)


def _score(ask: Ask, value: object, why: str) -> Given | Message:
    if value in (None, ""):
        return Given()
    low, high = SCALES[ask.kind]
    out = message(_("Choose a number from %(low)s to %(high)s."), low=low, high=high)
    if isinstance(value, bool) or not str(value).strip().isascii():
        return out
    try:
        score = int(str(value).strip())
    except ValueError:
        return out
    return Given(number=score, why=why if is_low(ask, score) else "") if low <= score <= high else out


def _text(value: object) -> str | Message:
    text = "" if value is None else str(value).replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        return message(
            _("The text has %(length)s characters; at most %(most)s fit."), length=len(text), most=LONGEST_TEXT
        )
    return text


def _choices(ask: Ask, value: object, note: str) -> Given | Message:
    """Chosen codes; an emotion keeps its note as text."""
    chosen = [str(item) for item in value if item] if isinstance(value, (list, tuple)) else [str(value or "")]
    chosen = list(dict.fromkeys(code for code in chosen if code))
    allowed = tuple(Emotion) if ask.kind == QuestionKind.EMOTION else ask.options
    if not set(chosen) <= set(allowed):
        return message(_("Choose one of the answers shown."))
    if ask.kind != QuestionKind.MULTI and len(chosen) > 1:
        return message(_("Choose only one answer."))
    return Given(choices=tuple(chosen), text=note if chosen else "")


def is_low(ask: Ask, score: int | None) -> bool:
    """Whether a score asks for "why?" and may open a case."""
    return score is not None and ask.probe_at is not None and score <= ask.probe_at


def missing(asks: Iterable[Ask], given: Mapping[str, Given]) -> tuple[str, ...]:
    """The codes of required questions that are asked after these answers and have none yet, in order."""
    return tuple(ask.code for ask in asked(asks, given) if ask.required and given.get(ask.code, Given()).empty)


def lows(asks: Iterable[Ask], given: Mapping[str, Given]) -> tuple[Low, ...]:
    """Every low score, in the questionnaire's order."""
    found = ((ask, given[ask.code]) for ask in asks if ask.code in given)
    return tuple(
        Low(ask.code, ask.dimension, one.number or 0, one.why) for ask, one in found if is_low(ask, one.number)
    )


def opinion(scores: Mapping[str, int]) -> float | None:
    """A customer's own mean over the dimensions that make an opinion (``scores`` by dimension); None without any."""
    counted = [score for dimension, score in scores.items() if dimension in OPINION]
    return fmean(counted) if counted else None


def emotion_of(asks: Iterable[Ask], given: Mapping[str, Given]) -> str:
    """The emotion that was given, or an empty text."""
    chosen = (given[ask.code].choices for ask in asks if ask.kind == QuestionKind.EMOTION and ask.code in given)
    return next((codes[0] for codes in chosen if codes), "")


def problem_of(asks: Iterable[Ask], given: Mapping[str, Given]) -> str:
    """The problem the customer named, or an empty text; polite nothings ("没有", "none") name none."""
    texts = (given[ask.code].text for ask in asks if ask.purpose == Purpose.PROBLEM and ask.code in given)
    return next((text for text in texts if not says_nothing(text)), "")


NOTHINGS = frozenset(
    [
        *("无", "没", "没有", "没有了", "没有问题", "没问题", "没什么", "没什么问题", "暂无", "暂时没有"),
        *("都好", "都挺好", "挺好", "很好", "好", "满意", "不错"),
        *("none", "no", "nothing", "n/a", "na", "ok", "fine"),
    ]
)


def says_nothing(text: str) -> bool:
    """Whether an open answer only says that there is nothing to say."""
    return text.strip(" 。.!！,，~～…、").lower() in NOTHINGS | {""}


def is_fast(seconds: float, fast_seconds: int) -> bool:
    """Whether a whole questionnaire came back sooner than a person can read it (QST-5)."""
    return seconds < fast_seconds
