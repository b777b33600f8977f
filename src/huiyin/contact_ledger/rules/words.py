"""Ways to reach a person, what for, and how it went, with their names."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class Way(StrEnum):
    """How a person is reached. A questionnaire's link goes by the way that carries it."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    WECHAT = "wechat"
    IN_PERSON = "in_person"
    OTHER = "other"


class Purpose(StrEnum):
    """What a contact is for; the rules know it by this alone.

    ``answer``: we answer what the person brought up. ``owed``: a visit we owe after it. ``follow_up``: we ask on our
    own account (sampled visits, questionnaires, reminders). ``campaign``: greetings, renewals, offers.
    """

    ANSWER = "answer"
    OWED = "owed"
    FOLLOW_UP = "follow_up"
    CAMPAIGN = "campaign"


class Outcome(StrEnum):
    """What became of a contact. ``claimed`` is being made now; ``released`` never took place."""

    CLAIMED = "claimed"
    REACHED = "reached"
    REFUSED = "refused"
    NOT_REACHED = "not_reached"
    RELEASED = "released"


COUNTED = (Outcome.CLAIMED, Outcome.REACHED, Outcome.REFUSED)

WAY_LABELS: Mapping[str, str] = {
    Way.PHONE: _("Phone"),
    Way.SMS: _("SMS"),
    Way.EMAIL: _("Email"),
    Way.WECHAT: _("WeChat"),
    Way.IN_PERSON: _("In person"),
    Way.OTHER: _("Other"),
}
PURPOSE_LABELS: Mapping[str, str] = {
    Purpose.ANSWER: _("Answer to the customer"),
    Purpose.OWED: _("Owed visit"),
    Purpose.FOLLOW_UP: _("Follow-up"),
    Purpose.CAMPAIGN: _("Care and offers"),
}
RECORDING = "recording"
"""The one consent that is not to a purpose of contact: a call may be recorded (VIS-25)."""
CONSENT_LABELS: Mapping[str, str] = {**PURPOSE_LABELS, RECORDING: _("Recording of calls")}
OUTCOME_LABELS: Mapping[str, str] = {
    Outcome.CLAIMED: _("Being made"),
    Outcome.REACHED: _("Reached"),
    Outcome.REFUSED: _("Refused"),
    Outcome.NOT_REACHED: _("Not reached"),
    Outcome.RELEASED: _("Did not take place"),
}
