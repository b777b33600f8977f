"""May this customer be called now, and if not, why and when (VIS-14, VIS-15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.kernel.windows import Liked, OpenWindow, liked_parts
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.rules.planning.reasons import Passed


@dataclass(frozen=True)
class ContactPolicy:
    """How often a customer is contacted over all kinds and channels, and how long a refusal is respected."""

    gap: timedelta = timedelta(days=7)
    monthly_cap: int = 3
    refusal_respected: timedelta = timedelta(days=180)


@dataclass(frozen=True)
class ContactFacts:
    """What is known about contacts with one customer before this one."""

    do_not_contact: bool = False
    has_phone: bool = True
    last_contact: datetime | None = None
    contacts_this_month: int = 0
    refused_at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """Yes or no with its reason; ``code`` is stable, ``from_when`` is the next moment it could be yes, if known.

    ``firm``: not even an override with a reason opens it.
    """

    allowed: bool
    code: str
    why: Message
    from_when: datetime | None = None
    firm: bool = False


YES = Answer(True, "yes", message(_("May be called now.")))
TEXTS: dict[str, str] = {
    Passed.DO_NOT_CONTACT: _("The customer does not want to be contacted."),
    Passed.NO_PHONE: _("There is no phone number to call."),
    Passed.REFUSED_BEFORE: _("The customer refused visits; that is respected."),
    Passed.GAP: _("The customer was contacted a short while ago."),
    Passed.MONTHLY_CAP: _("The customer has been contacted often enough this month."),
    "outside_window": _("Customers are called only in the call windows."),
    "outside_hours": _("The customer likes to be called at another time."),
}


def contact_block(policy: ContactPolicy, facts: ContactFacts, now: datetime, *, owed: bool) -> str:
    """The code of what forbids contact at ``now`` apart from the hour, "" when nothing does.

    ``owed`` visits answer to something the customer brought up: gap, cap and an earlier refusal do not hold them back.
    """
    if facts.do_not_contact:
        return Passed.DO_NOT_CONTACT
    if not facts.has_phone:
        return Passed.NO_PHONE
    if owed:
        return ""
    if facts.refused_at and now < facts.refused_at + policy.refusal_respected:
        return Passed.REFUSED_BEFORE
    if facts.last_contact and now < facts.last_contact + policy.gap:
        return Passed.GAP
    return Passed.MONTHLY_CAP if facts.contacts_this_month >= policy.monthly_cap else ""


def may_call(
    policy: ContactPolicy,
    facts: ContactFacts,
    windows: Sequence[OpenWindow],
    liked: Liked,
    now: datetime,
    *,
    owed: bool = False,
    asked_for: datetime | None = None,
) -> Answer:
    """Whether the customer may be called at ``now``.

    ``windows`` are the open call windows from today on, in order. ``asked_for`` is a time the customer named himself:
    from then on he may be called although it lies outside windows and gap.
    """
    block = contact_block(policy, facts, now, owed=owed or asked_for is not None)
    if block:
        firm = block in (Passed.DO_NOT_CONTACT, Passed.NO_PHONE)
        return Answer(False, block, message(TEXTS[block]), _free_again(policy, facts, block), firm)
    if asked_for is not None:
        if asked_for <= now:
            return YES
        return Answer(False, "not_yet", message(_("The customer asked to be called later.")), asked_for)
    return _hour(windows, liked, now)


def _free_again(policy: ContactPolicy, facts: ContactFacts, block: str) -> datetime | None:
    if block == Passed.GAP and facts.last_contact:
        return facts.last_contact + policy.gap
    if block == Passed.REFUSED_BEFORE and facts.refused_at:
        return facts.refused_at + policy.refusal_respected
    return None


def _hour(windows: Sequence[OpenWindow], liked: Liked, now: datetime) -> Answer:
    parts = [part for window in windows for part in liked_parts(window, liked)]
    if any(part.start <= now < part.end for part in parts):
        return YES
    code = "outside_hours" if any(each.start <= now < each.end for each in windows) else "outside_window"
    return Answer(False, code, message(TEXTS[code]), next((part.start for part in parts if part.start > now), None))
