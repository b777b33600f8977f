"""Asks one recipient: a visit is owed, which goes out as a link by SMS or is made by an agent, as its kind says."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from huiyin.channels.public import is_set_up
from huiyin.contact_ledger.public import Answer, ask
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.actions.drawing import go_on
from huiyin.promotions.actions.submit import policy_in_use
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.recipients import HINDERS, HOURS, WAYS, purpose_of
from huiyin.promotions.rules.codes import SMS
from huiyin.promotions.rules.words import RUNNING, Check, Standing
from huiyin.visits.public import VisitPolicy, owe_visit
from huiyin.working_time.public import Span, Unit, calendar_of, deadline

NOT_SET_UP = _("No SMS can be sent yet: an account with a template for this question is missing.")
WISH_LENGTH = 400
BY_SMS = "sms"


@action("promotions.ask")
def ask_line(act: Act, line_id: int) -> bool:
    """Asks the recipient of a drawn line whose day has come; False when nobody was asked now.

    Somebody who may not be contacted these days is tried again later; when the time to wait for an answer is over, or
    the recipient must not be contacted at all, the next dearest takes the place. Safe to run twice at once.
    """
    list_id = GiftLine.objects.values_list("list_id", flat=True).get(pk=line_id)
    gifts = act.lock(GiftList.objects.visible_to(act.actor), list_id)
    line = GiftLine.objects.select_for_update().get(pk=line_id)
    if line.standing != Standing.DRAWN or gifts.state not in RUNNING:
        return False
    policy = policy_in_use(gifts, act)
    if policy.self_way == BY_SMS and not is_set_up(BY_SMS, SMS):
        _note(line, NOT_SET_UP)
        return False
    check = Check(gifts.check_kind)
    answer = ask(line.customer_id or 0, WAYS[check], purpose_of(check), act.now)
    if not answer.allowed and answer.code not in HOURS:
        return _not_now(act, gifts, line, policy, answer)
    _owe(act, gifts, line, policy)
    return True


def _owe(act: Act, gifts: GiftList, line: GiftLine, policy: VisitPolicy) -> None:
    begins = act.now + policy.invites.wait if policy.self_way else act.now
    line.visit = owe_visit(
        act.call,
        policy,
        customer_id=line.customer_id or 0,
        due_by=_working_days_on(gifts, begins, gifts.numbers.call_days),
        store=gifts.store_id,
        about=(line._meta.label_lower, line.pk),
        wish=wish_of(gifts, line),
    )
    line.standing, line.asked_at, line.note = Standing.ASKED, act.now, ""
    line.save(update_fields=["standing", "asked_at", "visit", "note"])
    act.record(line, customer_id=line.customer_id, visit=line.visit_id)


def wish_of(gifts: GiftList, line: GiftLine, more: str = "") -> str:
    """What the agent must know to ask, in the company's language."""
    with translation.override(settings.LANGUAGE_CODE):
        said = gettext(
            "%(store)s, “%(promotion)s”: %(gift)s × %(quantity)s, %(value)s yuan each, given on %(day)s."
        ) % {
            "store": gifts.store.name,
            "promotion": gifts.name,
            "gift": line.gift,
            "quantity": line.quantity,
            "value": f"{line.value:.2f}".removesuffix(".00"),
            "day": line.given_on.isoformat(),
        }
    return f"{said} {more}".strip()[:WISH_LENGTH]


def _working_days_on(gifts: GiftList, start: datetime, days: int) -> datetime:
    return deadline(calendar_of(gifts.calendar), start, Span(days, Unit.WORKING_DAYS)).at


def _not_now(act: Act, gifts: GiftList, line: GiftLine, policy: VisitPolicy, answer: Answer) -> bool:
    hindrance = HINDERS.get(answer.code)
    late = act.now - _day_of(gifts, line) >= policy.invites.wait
    if hindrance:
        line.hindrance, line.standing = hindrance, Standing.LISTED
    elif late:
        line.standing = Standing.NOT_REACHED
    _note(line, str(answer.why))
    if hindrance or late:
        act.record(line, customer_id=line.customer_id, why=answer.code)
        go_on(act, gifts)
    return False


def _note(line: GiftLine, why: str) -> None:
    line.note = why
    line.save(update_fields=["hindrance", "standing", "note"])


def _day_of(gifts: GiftList, line: GiftLine) -> datetime:
    """The first moment of the day that was planned for asking."""
    day = line.asked_on or line.given_on
    return datetime(day.year, day.month, day.day, tzinfo=calendar_of(gifts.calendar).zone)
