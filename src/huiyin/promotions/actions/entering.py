"""Lines enter a list: checked, told apart, and marked where they cannot be asked about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Max

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.rules import today_of
from huiyin.promotions.rules.lines import LineDraft, can_be_reached, faults_of
from huiyin.promotions.rules.words import Hindrance, ListState

MOST_LINES = 20_000
HANDED_IN = _("This list was handed in; it cannot be changed any more. Nothing was changed.")
Identity = tuple[str, str, date, str]


def check_draft(gifts: GiftList) -> None:
    """Raises Conflict when the list was handed in."""
    if gifts.state != ListState.DRAFT:
        raise Conflict(message(HANDED_IN))


def identity_of(line: LineDraft) -> Identity:
    """By what a line is known again when the list comes once more: its number and its value may be corrected."""
    return (line.name, line.gift, line.given_on, line.purchase)


def enter_new(act: Act, gifts: GiftList, drafts: Sequence[LineDraft]) -> list[GiftLine]:
    """Adds lines to a locked list.

    Raises:
        Invalid: a line cannot be kept; the first one that cannot says why, with its place in ``drafts``.
        Conflict: the list would become too long.
    """
    today = today_of(act.now)
    for place, draft in enumerate(drafts):
        wrong = faults_of(draft, today)
        if wrong:
            raise Invalid(_told(place, len(drafts), wrong), wrong)
    seen = Counter(identity_of(line.draft) for line in GiftLine.objects.filter(list=gifts))
    made = add_rows(gifts, [(draft, _next(seen, draft)) for draft in drafts])
    review(gifts)
    return made


def _told(place: int, count: int, wrong: dict[str, Message]) -> Message:
    if count == 1:
        return message(_("Nothing was saved. Please look at the marked fields."))
    why = next(iter(wrong.values()))
    return message(_("Line %(line)s cannot be kept: %(why)s No line was added."), line=place + 1, why=str(why))


def _next(seen: Counter[Identity], draft: LineDraft) -> int:
    seen[identity_of(draft)] += 1
    return seen[identity_of(draft)]


def add_rows(gifts: GiftList, drafts: Iterable[tuple[LineDraft, int]]) -> list[GiftLine]:
    """Writes new lines at the end of the list, each with its number among lines that are known by the same."""
    last = GiftLine.objects.filter(list=gifts).aggregate(last=Max("position"))["last"] or 0
    rows = [_row(gifts, place, draft, nth) for place, (draft, nth) in enumerate(drafts, last + 1)]
    if last + len(rows) > MOST_LINES:
        raise Conflict(message(_("A list has at most %(most)s lines; make several lists."), most=MOST_LINES))
    return GiftLine.objects.bulk_create(rows, batch_size=1_000)


def _row(gifts: GiftList, position: int, draft: LineDraft, nth: int) -> GiftLine:
    return GiftLine(
        list=gifts,
        position=position,
        nth=nth,
        name=draft.name,
        phone=draft.phone,
        number=draft.number,
        gift=draft.gift,
        value=draft.value,
        quantity=draft.quantity,
        given_on=draft.given_on,
        purchase=draft.purchase,
    )


def review(gifts: GiftList) -> None:
    """Marks anew which lines have a wrong phone or say again what an earlier line said."""
    seen: set[object] = set()
    changed = []
    for line in GiftLine.objects.filter(list=gifts).order_by("position"):
        draft = line.draft
        again = draft.said in seen
        seen.add(draft.said)
        wrong = not can_be_reached(line.number, gifts.check_kind)
        hindrance = Hindrance.WRONG_PHONE if wrong else Hindrance.DUPLICATE if again else Hindrance.NONE
        if hindrance != line.hindrance:
            line.hindrance = hindrance
            changed.append(line)
    GiftLine.objects.bulk_update(changed, ["hindrance"], batch_size=1_000)
