"""What a new case may say, and what is wrong with it (CAS-2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, REACHES, SEVERITIES, TOPICS
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.years import why_far

LONGEST_TEXT = 20_000
CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True)
class NewCase:
    """The values of a case to be opened; codes as in :mod:`kinds`, empty means unknown, moments are aware.

    ``recorded_by_id``: who heard it from the customer, if not the actor; they keep seeing what becomes of it.
    ``identity_id``: who told it on a platform. ``reporter_language``: that of the page on which it was written.
    """

    kind: str
    topic: str
    channel: str
    description: str
    title: str = ""
    customer_id: int | None = None
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_email: str = ""
    reporter_language: str = ""
    emotion: str = ""
    severity: str = ""
    reach: str = ""
    level: str | None = None
    source: tuple[str, int] | None = None
    happened_at: datetime | None = None
    received_at: datetime | None = None
    product_id: int | None = None
    product_name: str = ""
    serial: str = ""
    frequency: str = ""
    wanted_by: date | None = None
    wish: str = ""
    problem_type_id: int | None = None
    store_id: int | None = None
    recorded_by_id: int | None = None
    identity_id: int | None = None


CHOICES = {
    "kind": KINDS,
    "topic": TOPICS,
    "channel": CHANNELS,
    "emotion": {"": "", **EMOTIONS},
    "severity": {"": "", **SEVERITIES},
    "reach": {"": "", **REACHES},
    "level": LEVELS,
}


def check_new(new: NewCase, now: datetime) -> None:
    """Lets a sensible record pass.

    Raises:
        Invalid: ``fields`` says what is missing, unknown or impossible.
    """
    wrong: dict[str, Message] = {}
    for name, known in CHOICES.items():
        value = getattr(new, name)
        if value is not None and value not in known:
            wrong[name] = message(_("Choose one of the listed values."))
    if not new.description.strip():
        wrong["description"] = message(_("Say what happened."))
    if len(new.description) > LONGEST_TEXT:
        wrong["description"] = message(_("This text is longer than %(limit)d characters."), limit=LONGEST_TEXT)
    for name in ("happened_at", "received_at"):
        moment = getattr(new, name)
        if moment is not None and moment > now + CLOCKS_DIFFER:
            wrong[name] = message(_("This moment lies in the future."))
        elif moment is not None and (why := why_far(moment)):
            wrong[name] = why
    if new.wanted_by is not None and (why := why_far(new.wanted_by)):
        wrong["wanted_by"] = why
    if wrong:
        raise Invalid(
            message(_("The case was not saved. What you typed is kept; please look at the marked fields.")), wrong
        )
