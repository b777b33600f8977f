"""May this person be contacted now, by this way, for this purpose, and if not, why and when (VIS-14, VIS-15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from huiyin.contact_ledger.rules.numbers import BINDINGS, ContactNumbers
from huiyin.contact_ledger.rules.words import Purpose
from huiyin.kernel.windows import ANY_TIME, Liked, OpenWindow, liked_parts
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


class Block(StrEnum):
    """What forbids a contact, in the order in which it is looked at."""

    DO_NOT_CONTACT = "do_not_contact"
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    REFUSED_BEFORE = "refused_before"
    GAP = "gap"
    MONTHLY_CAP = "monthly_cap"
    NOT_YET = "not_yet"
    AT_REST = "at_rest"
    OUTSIDE_WINDOW = "outside_window"
    OUTSIDE_HOURS = "outside_hours"


FIRM = frozenset({Block.DO_NOT_CONTACT, Block.OPTED_OUT, Block.NO_ADDRESS, Block.NO_CONSENT, Block.AT_REST})
TEXTS: Mapping[str, str] = {
    Block.DO_NOT_CONTACT: _("The customer does not want to be contacted."),
    Block.OPTED_OUT: _("The customer has opted out of this way of contact."),
    Block.NO_ADDRESS: _("There is no number or address for this way of contact."),
    Block.NO_CONSENT: _("The customer has not agreed to be contacted for this."),
    Block.REFUSED_BEFORE: _("The customer refused visits; that is respected."),
    Block.GAP: _("The customer was contacted a short while ago."),
    Block.MONTHLY_CAP: _("The customer has been contacted often enough this month."),
    Block.NOT_YET: _("The customer asked to be called later."),
    Block.AT_REST: _("It is the customer's time of rest."),
    Block.OUTSIDE_WINDOW: _("Customers are called only in the call windows."),
    Block.OUTSIDE_HOURS: _("The customer likes to be called at another time."),
}


@dataclass(frozen=True)
class ContactFacts:
    """What is known about one person and one way before this contact; contacts about the same matter are not in it.

    ``last_contact``, ``this_month`` and ``refused_at`` count every way and kind; moments are aware.
    """

    do_not_contact: bool = False
    opted_out: bool = False
    has_address: bool = True
    consents: frozenset[str] = frozenset()
    last_contact: datetime | None = None
    this_month: int = 0
    refused_at: datetime | None = None
    liked: Liked = ANY_TIME


@dataclass(frozen=True)
class Answer:
    """Yes or no with its reason; ``code`` is stable, ``from_when`` the next moment it could be yes, if known.

    ``firm``: not even an override with a reason opens it.
    """

    allowed: bool
    code: str
    why: Message
    from_when: datetime | None = None

    @property
    def firm(self) -> bool:
        """Whether no right opens it."""
        return self.code in FIRM


YES = Answer(True, "yes", message(_("May be contacted now.")))


@dataclass(frozen=True)
class Hours:
    """Open hours around now, in order: ``awake`` outside rest time, ``windows`` of the way (None: no narrower ones)."""

    awake: Sequence[OpenWindow]
    windows: Sequence[OpenWindow] | None


def block_of(numbers: ContactNumbers, facts: ContactFacts, purpose: str, now: datetime) -> Block | None:
    """What forbids the contact whatever the hour; None when nothing does."""
    bound = BINDINGS[purpose]
    forbidden = {
        Block.DO_NOT_CONTACT: bound.silence and facts.do_not_contact,
        Block.OPTED_OUT: bound.silence and facts.opted_out,
        Block.NO_ADDRESS: not facts.has_address,
        Block.NO_CONSENT: bound.consent and purpose not in facts.consents,
        Block.REFUSED_BEFORE: bound.refusal and _within(facts.refused_at, numbers.refusal_respected, now),
        Block.GAP: bound.spacing and _within(facts.last_contact, numbers.gap, now),
        Block.MONTHLY_CAP: bound.spacing and facts.this_month >= numbers.monthly_cap,
    }
    return next((block for block, holds in forbidden.items() if holds), None)


def _within(since: datetime | None, span: timedelta, now: datetime) -> bool:
    return since is not None and now < since + span


def may_contact(
    numbers: ContactNumbers,
    facts: ContactFacts,
    hours: Hours,
    purpose: str,
    now: datetime,
    *,
    asked_for: datetime | None = None,
) -> Answer:
    """Whether the person may be contacted at ``now``.

    ``asked_for`` is a time the person named: from then on no window and no spacing holds, only rest and silence do.
    """
    block = block_of(numbers, facts, Purpose.OWED if asked_for and purpose != Purpose.ANSWER else purpose, now)
    if block:
        return Answer(False, block, message(TEXTS[block]), _free_again(numbers, facts, block))
    if not _inside(hours.awake, now):
        return _no(Block.AT_REST, _next(hours.awake, now))
    if asked_for is not None:
        return YES if asked_for <= now else _no(Block.NOT_YET, asked_for)
    if hours.windows is None or not BINDINGS[purpose].windows:
        return YES
    return _hour(hours.windows, facts.liked, now)


def _free_again(numbers: ContactNumbers, facts: ContactFacts, block: Block) -> datetime | None:
    if block == Block.GAP and facts.last_contact:
        return facts.last_contact + numbers.gap
    if block == Block.REFUSED_BEFORE and facts.refused_at:
        return facts.refused_at + numbers.refusal_respected
    return None


def _hour(windows: Sequence[OpenWindow], liked: Liked, now: datetime) -> Answer:
    parts = [part for window in windows for part in liked_parts(window, liked)]
    if _inside(parts, now):
        return YES
    return _no(Block.OUTSIDE_HOURS if _inside(windows, now) else Block.OUTSIDE_WINDOW, _next(parts, now))


def _no(block: Block, from_when: datetime | None) -> Answer:
    return Answer(False, block, message(TEXTS[block]), from_when)


def _inside(windows: Sequence[OpenWindow], now: datetime) -> bool:
    return any(window.start <= now < window.end for window in windows)


def _next(windows: Sequence[OpenWindow], now: datetime) -> datetime | None:
    return next((window.start for window in windows if window.start > now), None)
