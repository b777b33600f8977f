"""Hands a list in: from now on it cannot be changed, and customer service owes an answer."""

from __future__ import annotations

import secrets

from procrastinate.contrib.django import app

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import make_promise
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.queries.rules import rules_in_force, today_of
from huiyin.promotions.rules.codes import ANSWER, POLICIES
from huiyin.promotions.rules.lifecycle import LIST
from huiyin.promotions.rules.words import Check, ListState
from huiyin.visits.public import VisitPolicy, policy_called, visiting_department
from huiyin.working_time.public import Span, Unit

PREPARE = "promotions.prepare"
SEEDS = 2**31


@action("promotions.submit", needs="promotions.hand_in")
def submit_list(act: Act, list_id: int, *, seed: int | None = None) -> GiftList:
    """Hands a list in; the worker recognises the recipients and draws whom to ask.

    ``seed`` decides between equally dear gifts and is kept; None: by lot. The numbers in force today hold for the list.

    Raises:
        Conflict: somebody has handed it in already (named), or the check is not in use.
        Invalid: it has no line.
    """
    gifts = act.lock(GiftList.objects.visible_to(act.actor), list_id)
    if gifts.state != ListState.DRAFT:
        who = gifts.submitted_by.name if gifts.submitted_by else "–"
        raise Conflict(message(_("%(name)s has handed this list in already."), name=who))
    if not GiftLine.objects.filter(list=gifts).exists():
        raise Invalid(message(_("The list has no line yet.")))
    policy = policy_in_use(gifts, act)
    rules = rules_in_force(today_of(act.now))
    gifts.state = LIST.move("submit", gifts.state).target
    gifts.rules = rules if rules.pk else None
    gifts.seed = secrets.randbelow(SEEDS) if seed is None else seed
    gifts.submitted_at, gifts.submitted_by_id = act.now, act.actor.staff_id
    promise = make_promise(
        act.call,
        kind=ANSWER,
        subject=gifts,
        span=Span(rules.gift_numbers.answer_days, Unit.WORKING_DAYS),
        department=policy.department_id or visiting_department(),
        title=gifts.title,
        policy=f"gift rules {rules}",
        calendar=rules.calendar,
    )
    gifts.due_at = promise.due_at
    gifts.save()
    act.record(gifts, seed=gifts.seed, rules=rules.version, due_at=gifts.due_at.isoformat())
    app.configure_task(PREPARE, lock=f"gift-list:{gifts.pk}").defer(list_id=gifts.pk)
    return gifts


def policy_in_use(gifts: GiftList, act: Act) -> VisitPolicy:
    """The kind of visit by which the list's lines are asked about.

    Raises:
        Conflict: it is not in use.
    """
    policy = policy_called(POLICIES[Check(gifts.check_kind)], today_of(act.now))
    if not policy.is_active:
        raise Conflict(message(_("Lists of this kind are not checked at present; ask customer service.")))
    return policy
