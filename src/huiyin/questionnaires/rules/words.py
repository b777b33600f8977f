"""The fixed words of the room: kinds of questions, dimensions, emotions, states, ways."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE5 = "scale5"
    SCALE7 = "scale7"
    SCALE11 = "scale11"
    CHOICE = "choice"
    MULTI = "multi"
    TEXT = "text"
    EMOTION = "emotion"
    PHOTO = "photo"


SCALES: dict[str, tuple[int, int]] = {
    QuestionKind.SCALE5: (1, 5),
    QuestionKind.SCALE7: (1, 7),
    QuestionKind.SCALE11: (0, 10),
}

CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.MULTI, QuestionKind.EMOTION})

KIND_LABELS: dict[str, str] = {
    QuestionKind.SCALE5: _("Scale 1–5"),
    QuestionKind.SCALE7: _("Scale 1–7"),
    QuestionKind.SCALE11: _("Scale 0–10"),
    QuestionKind.CHOICE: _("One choice"),
    QuestionKind.MULTI: _("Several choices"),
    QuestionKind.TEXT: _("Text"),
    QuestionKind.EMOTION: _("Emotion"),
    QuestionKind.PHOTO: _("Photo"),
}


class Dimension(StrEnum):
    """What a score is about (VIS-24); ``OVERALL`` and ``RECOMMEND`` belong to the short questionnaire."""

    PRODUCT = "product"
    RESPONSE = "response"
    STAFF = "staff"
    PROCESS = "process"
    VALUE = "value"
    OVERALL = "overall"
    RECOMMEND = "recommend"


DIMENSION_LABELS: dict[str, str] = {
    Dimension.PRODUCT: _("Product quality"),
    Dimension.RESPONSE: _("Service response"),
    Dimension.STAFF: _("Staff professionalism"),
    Dimension.PROCESS: _("After-sales process"),
    Dimension.VALUE: _("Value for money"),
    Dimension.OVERALL: _("Overall satisfaction"),
    Dimension.RECOMMEND: _("Would recommend"),
}
FIVE_DIMENSIONS: tuple[str, ...] = tuple(Dimension)[:5]
OPINION: tuple[str, ...] = (*FIVE_DIMENSIONS, Dimension.OVERALL)
"""What a customer's own mean is made of: the five dimensions, or the one overall score of the short form."""


DIMENSION_KIND: dict[str, str] = {
    **dict.fromkeys(OPINION, QuestionKind.SCALE5),
    Dimension.RECOMMEND: QuestionKind.SCALE11,
}
"""The scale a dimension is measured on; figures rely on it."""

SERVQUAL_LABELS: dict[str, str] = {
    "reliability": _("Reliability"),
    "assurance": _("Assurance"),
    "tangibles": _("Tangibles"),
    "empathy": _("Empathy"),
    "responsiveness": _("Responsiveness"),
}
MEASURE_LABELS: dict[str, str] = {
    "effort": _("Customer effort (CES)"),
    "handling": _("Handling, four steps"),
    "reliability_e": _("Reliability: expected"),
    "reliability_p": _("Reliability: perceived"),
    "assurance_e": _("Assurance: expected"),
    "assurance_p": _("Assurance: perceived"),
    "tangibles_e": _("Tangibles: expected"),
    "tangibles_p": _("Tangibles: perceived"),
    "empathy_e": _("Empathy: expected"),
    "empathy_p": _("Empathy: perceived"),
    "responsiveness_e": _("Responsiveness: expected"),
    "responsiveness_p": _("Responsiveness: perceived"),
}
"""Standard measures beside the dimensions; SERVQUAL asks each of its dimensions twice (_e expected, _p perceived)."""
MEASURE_KIND: dict[str, str] = {
    **dict.fromkeys(MEASURE_LABELS, QuestionKind.SCALE7),
    "handling": QuestionKind.CHOICE,
}


class Emotion(StrEnum):
    """The customer's mood, as heard or as said."""

    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    ANGRY = "angry"


EMOTION_LABELS: dict[str, str] = {
    Emotion.SATISFIED: _("Satisfied"),
    Emotion.NEUTRAL: _("Neutral"),
    Emotion.DISSATISFIED: _("Dissatisfied"),
    Emotion.ANGRY: _("Angry"),
}


class Purpose(StrEnum):
    """What an open answer is for; a problem that is named may open a case (VIS-27)."""

    NONE = ""
    PROBLEM = "problem"
    NEED = "need"
    SUGGESTION = "suggestion"


PURPOSE_LABELS: dict[str, str] = {
    Purpose.PROBLEM: _("Problem the customer names"),
    Purpose.NEED: _("Need"),
    Purpose.SUGGESTION: _("Suggestion"),
}


class AskingState(StrEnum):
    """How far an asking has come."""

    OPEN = "open"
    PARTIAL = "partial"
    COMPLETE = "complete"
    EXPIRED = "expired"


STATE_LABELS: dict[str, str] = {
    AskingState.OPEN: _("Not answered"),
    AskingState.PARTIAL: _("Partly answered"),
    AskingState.COMPLETE: _("Answered"),
    AskingState.EXPIRED: _("Expired"),
}


class Way(StrEnum):
    """How the answers came (VIS-22); figures can tell them apart (QST-4)."""

    PHONE = "phone"
    SELF = "self"
    FACE = "face"
    OTHER = "other"


WAY_LABELS: dict[str, str] = {
    Way.PHONE: _("Phone"),
    Way.SELF: _("Online questionnaire"),
    Way.FACE: _("Face to face"),
    Way.OTHER: _("Other"),
}


class Unsent(StrEnum):
    """Why a link did not go out (QST-5); those that the contact ledger gives have its words."""

    CLOSED = "closed"
    OTHER_WAY = "other_way"
    NO_CUSTOMER = "no_customer"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    NOT_SET_UP = "not_set_up"
    DO_NOT_CONTACT = "do_not_contact"
    OPTED_OUT = "opted_out"
    NO_CONSENT = "no_consent"
    REFUSED_BEFORE = "refused_before"
    GAP = "gap"
    MONTHLY_CAP = "monthly_cap"
    AT_REST = "at_rest"
    OUTSIDE_WINDOW = "outside_window"
    OUTSIDE_HOURS = "outside_hours"


PASSING = frozenset(
    {Unsent.NOT_SET_UP, Unsent.GAP, Unsent.MONTHLY_CAP, Unsent.AT_REST, Unsent.OUTSIDE_WINDOW, Unsent.OUTSIDE_HOURS}
)
"""Reasons that pass by themselves, or as soon as somebody sets something up."""

UNSENT_LABELS: dict[str, str] = {
    Unsent.CLOSED: _("it is answered or has expired"),
    Unsent.OTHER_WAY: _("the customer is asked another way now"),
    Unsent.NO_CUSTOMER: _("no customer is known"),
    Unsent.NO_ADDRESS: _("there is no number or address for it"),
    Unsent.BAD_ADDRESS: _("nothing can be sent to the number or address"),
    Unsent.NOT_SET_UP: _("no account, template or mailbox is set up for it"),
    Unsent.DO_NOT_CONTACT: _("the customer does not want to be contacted"),
    Unsent.OPTED_OUT: _("the customer has opted out of this way"),
    Unsent.NO_CONSENT: _("the customer has not agreed to it"),
    Unsent.REFUSED_BEFORE: _("the customer refused visits"),
    Unsent.GAP: _("the customer was contacted a short while ago"),
    Unsent.MONTHLY_CAP: _("the customer was contacted often enough this month"),
    Unsent.AT_REST: _("it is the customer's time of rest"),
    Unsent.OUTSIDE_WINDOW: _("it is outside the hours of this way"),
    Unsent.OUTSIDE_HOURS: _("the customer likes other hours"),
}
"""Why a link did not go out, in words that stand after a colon."""
