"""The words of a plan: why this customer, why not that one, which rule gave way (VIS-16)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

Because = tuple[str, Mapping[str, object]]


class Chosen(StrEnum):
    """Why a candidate was chosen."""

    OBLIGATORY = "obligatory"
    OBLIGATORY_LATE = "obligatory_late"
    DRAWN = "drawn"
    SMALL_STORE = "small_store"
    FILLS_BAND = "fills_band"
    LAST_RESORT = "last_resort"
    OFF_TURN = "off_turn"
    SAME_AGENT = "same_agent"
    OTHER_AGENT = "other_agent"
    STAYS = "stays"
    MOVED = "moved"
    TOGETHER = "together"
    REPLACES = "replaces"
    BY_HAND = "by_hand"


class Passed(StrEnum):
    """Why a candidate was not chosen."""

    DO_NOT_CONTACT = "do_not_contact"
    NO_PHONE = "no_phone"
    GAP = "gap"
    MONTHLY_CAP = "monthly_cap"
    REFUSED_BEFORE = "refused_before"
    NOT_DUE = "not_due"
    PAST_DUE = "past_due"
    DUE_BETWEEN = "due_between"
    NO_WINDOW = "no_window"
    PREFERENCE = "preference"
    NOBODY_FIT = "nobody_fit"
    CUSTOMER_PLANNED = "customer_planned"
    OTHER_VISIT = "other_visit"
    TOGETHER = "together"
    NO_BAND = "no_band"
    NO_ROOM = "no_room"
    DAY_FULL = "day_full"
    OFF_TURN = "off_turn"
    LOWEST_BAND = "lowest_band"
    PLACES_TAKEN = "places_taken"
    NOT_DRAWN = "not_drawn"


CHOSEN_TEXTS: dict[str, str] = {
    Chosen.OBLIGATORY: _("Chosen because this visit is owed: due by %(due)s."),
    Chosen.OBLIGATORY_LATE: _("Chosen because this visit is owed; it was due by %(due)s, no call window lay before."),
    Chosen.DRAWN: _("Chosen because it was drawn as number %(place)s of %(of)s in its amount band."),
    Chosen.SMALL_STORE: _("Chosen so that its small store reaches %(minimum)s visited customers this month."),
    Chosen.FILLS_BAND: _("Chosen to fill in for the band from %(low)s yuan, which ran dry."),
    Chosen.LAST_RESORT: _("Chosen from the lowest band because every other band ran dry."),
    Chosen.OFF_TURN: _("Its store has no turn this week; the stores whose turn it is had too few customers."),
    Chosen.SAME_AGENT: _("Given to the person in charge of the customer, or who spoke with the customer before."),
    Chosen.OTHER_AGENT: _(
        "The person who spoke with the customer before has no free place in the windows that suit; a colleague calls."
    ),
    Chosen.STAYS: _("Stays where the plan before had it."),
    Chosen.MOVED: _("Moved: its place in the plan before is no longer there, or somebody else can use no other."),
    Chosen.TOGETHER: _("One call with: %(kinds)s."),
    Chosen.BY_HAND: _("Moved here by %(name)s."),
    Chosen.REPLACES: _("Chosen to replace a visit that could not be completed."),
}
PASSED_TEXTS: dict[str, str] = {
    Passed.DO_NOT_CONTACT: _("Not chosen because the customer does not want to be contacted."),
    Passed.NO_PHONE: _("Not chosen because there is no phone number to call."),
    Passed.GAP: _("Not chosen because the customer was contacted a short while ago."),
    Passed.MONTHLY_CAP: _("Not chosen because the customer has been contacted often enough this month."),
    Passed.REFUSED_BEFORE: _("Not chosen because the customer refused visits; that is respected."),
    Passed.NOT_DUE: _("Not chosen because it is not due before the week ends."),
    Passed.PAST_DUE: _("Not chosen because its time to visit is over."),
    Passed.DUE_BETWEEN: _("Not chosen because no call window lies inside its time to visit."),
    Passed.NO_WINDOW: _("Not chosen because the week has no open call window."),
    Passed.PREFERENCE: _("Not chosen because the customer's own hours leave no call window."),
    Passed.NOBODY_FIT: _("Not chosen because nobody with the skill or language is at work."),
    Passed.CUSTOMER_PLANNED: _("Not chosen because the customer already has a visit this week."),
    Passed.OTHER_VISIT: _(
        "Not chosen because the customer stands in the draw with another visit; a customer has one visit a week."
    ),
    Passed.TOGETHER: _("Has no place of its own: it is made in one call with another visit to the customer."),
    Passed.NO_BAND: _("Not chosen because its amount falls into no band."),
    Passed.NO_ROOM: _("Not chosen because no place was free in the windows that suit."),
    Passed.DAY_FULL: _("Not chosen because the days that suit have as many visits as a day may have."),
    Passed.OFF_TURN: _("Not chosen because it is not its store's turn this week."),
    Passed.LOWEST_BAND: _("Not chosen because amounts this low are drawn only when every other band runs dry."),
    Passed.PLACES_TAKEN: _(
        "Not chosen because small stores' minimums and visits planned before hold all the places it could have."
    ),
    Passed.NOT_DRAWN: _(
        "Not chosen because its draw was number %(place)s; the places of its band were full at number %(last)s."
    ),
}
PASSED_SHORT: dict[str, str] = {
    Passed.DO_NOT_CONTACT: _("Does not want to be contacted"),
    Passed.NO_PHONE: _("No phone number"),
    Passed.GAP: _("Contacted a short while ago"),
    Passed.MONTHLY_CAP: _("Contacted often enough this month"),
    Passed.REFUSED_BEFORE: _("Refused visits"),
    Passed.NOT_DUE: _("Not yet due"),
    Passed.PAST_DUE: _("Time to visit is over"),
    Passed.DUE_BETWEEN: _("No call window in its time"),
    Passed.NO_WINDOW: _("No open call window"),
    Passed.PREFERENCE: _("Own hours leave no window"),
    Passed.NOBODY_FIT: _("Nobody with the skill or language"),
    Passed.CUSTOMER_PLANNED: _("Customer has another visit this week"),
    Passed.OTHER_VISIT: _("In the draw with another visit"),
    Passed.TOGETHER: _("Made in one call with another visit"),
    Passed.NO_BAND: _("Amount in no band"),
    Passed.NO_ROOM: _("No free place that suits"),
    Passed.DAY_FULL: _("Days that suit are full"),
    Passed.OFF_TURN: _("Store has no turn"),
    Passed.LOWEST_BAND: _("Amount too low this week"),
    Passed.PLACES_TAKEN: _("Places held for small stores or by an earlier plan"),
    Passed.NOT_DRAWN: _("Not drawn, places full"),
}
RELAXED_TEXTS: dict[str, str] = {
    "short_week": _("Only %(days)s working days: %(target)s visits instead of at least %(least)s."),
    "quota_missed": _("%(planned)s of %(target)s visits could be filled; %(missing)s places stay open."),
    "people_short": _("The people at work can make %(room)s visits in the week's windows; %(target)s are wanted."),
    "band_empty": _("Nobody who may be called waits in the band from %(low)s yuan."),
    "store_without_people": _("%(stores)s stores have customers whom nobody at work has the skill or language for."),
    "small_stores_too_many": _("Small stores need %(needed)s customers for their minimum; %(target)s places are open."),
    "other_agent": _("%(count)s visits go to a colleague; the person who spoke with the customer before is full."),
    "moved": _("%(count)s visits stand elsewhere than in the plan before."),
    "dropped": _("%(count)s visits of the plan before find no place any more."),
    "band_filled": _("Band from %(low)s yuan ran dry: %(count)s places were filled from the bands beside it."),
    "last_resort": _("Filled from the lowest band because the others ran dry: %(count)s."),
    "off_turn": _("%(count)s visits go to stores without a turn, as those with a turn had too few customers."),
    "small_store_out_of_turn": _("%(count)s visits to small stores out of turn, to reach the month's minimum."),
    "small_store_missed": _("Small stores that stay below %(minimum)s customers this month: %(stores)s."),
    "uneven": _("Days were filled up to %(most)s visits instead of %(share)s."),
    "obligatory_late": _("%(count)s owed visits are planned after they are due; no call window lay before."),
    "obligatory_unplanned": _("%(count)s owed visits found no place this week."),
    "day_limited": _("%(day)s holds %(most)s visits at most, as was asked; the others went to other days."),
    "by_hand": _("Moved by hand: %(count)s."),
    "no_window": _("The week has no open call window."),
    "nobody": _("Nobody is there to make visits."),
}


GAVE_WAY = "gave_way"


def gave_way(said: Message) -> Because:
    """What gave way to a place that somebody chose by hand, to be kept as one of its reasons."""
    return GAVE_WAY, {"text": said.text, "params": {name: str(value) for name, value in said.params.items()}}


def why_chosen(code: str, params: Mapping[str, Any]) -> Message:
    """The sentence for a reason of being chosen."""
    if code == GAVE_WAY:
        return message(params["text"], **params["params"])
    return message(CHOSEN_TEXTS[code], **params)


def why_passed(code: str, place: int, last: int = 0) -> Message:
    """The sentence for a reason of not being chosen: its number in the draw, and the last one drawn of its band."""
    return message(PASSED_TEXTS[code], place=place, last=last)


def what_relaxed(code: str, params: Mapping[str, object]) -> Message:
    """The sentence for a rule that gave way."""
    return message(RELAXED_TEXTS[code], **params)
