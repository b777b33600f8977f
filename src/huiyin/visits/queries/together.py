"""Visits that are made in one call, as they stand in the tables (VIS-15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from huiyin.contact_ledger.public import Way, rules_at, windows_of
from huiyin.kernel.actor import Actor
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.rules.falling_due import Trigger
from huiyin.visits.rules.lifecycle import OPEN, State
from huiyin.visits.rules.together import Due, Means, OneCall

DAYS_AHEAD = 31
WAITING = (State.DUE, State.PLANNED)


def waiting_of(customer_id: int, now: datetime) -> QuerySet[Visit]:
    """A customer's visits that nobody has begun and whose hour the customer has not named; ``leader_state`` says
    where the visit stands that they are made with."""
    waits = Visit.objects.filter(
        customer=customer_id, state__in=WAITING, again_asked=False, contact_at=None, self_way=""
    )
    return waits.exclude(sampled=True, due_by__lte=now).annotate(leader_state=F("made_with__state"))


def due_of(visit: Visit) -> Due:
    """A visit, with its policy at hand, as the rules of merging see it."""
    policy = visit.policy
    start, end = visit.window_start, visit.window_end
    return Due(
        id=visit.pk,
        kind=visit.kind,
        due_from=visit.due_from,
        due_by=visit.due_by,
        owed=not visit.sampled,
        merges=policy.may_be_merged and not visit.apart,
        agreed=policy.trigger == Trigger.AGREED_DATE,
        department=policy.department_id,
        skill=policy.skill,
        not_agent=visit.not_agent_id,
        policy=policy.pk,
        place=(start, end) if visit.state == State.PLANNED and start and end else None,
    )


def means_at(now: datetime) -> Means:
    """The call windows of the weeks ahead and the minimum gap between contacts."""
    rules, calendar = rules_at(now)
    today = now.astimezone(calendar.zone).date()
    days = [today + timedelta(days=n) for n in range(DAYS_AHEAD)]
    return Means(windows_of(Way.PHONE, now, days, not_before=now), rules.contact_numbers.gap)


def in_order(others: Iterable[Visit]) -> list[Visit]:
    """Visits of one call in the order in which they are asked about: owed ones, then what is due first."""
    return sorted(others, key=lambda each: (each.sampled, each.due_by, each.pk))


def others_with(leader: Visit) -> list[Visit]:
    """The open visits that are made with a visit, with their policies, in the order in which they are asked about."""
    if not leader.leads:
        return []
    return in_order(under_policy(each) for each in leader.others.filter(state__in=sorted(OPEN)))


def made_together(visit: Visit) -> list[Visit]:
    """The other visits of a visit's call, with what a screen shows of them: made along with it, or, of a visit that is
    done, those that were. No query where there never were any."""
    if not visit.leads and visit.made_with_id is None:
        return []
    rows = Visit.objects.select_related("purchase", "case").exclude(pk=visit.pk)
    if visit.is_open:
        return in_order(under_policy(each) for each in rows.filter(made_with=visit.pk, state__in=sorted(OPEN)))
    leader = visit.made_with_id or visit.pk
    done = rows.filter(Q(made_with=leader) | Q(pk=leader), state=State.DONE)
    return in_order(under_policy(each) for each in done)


def call_of_visit(actor: Actor, visit: Visit) -> int | None:
    """The visit whose call an open visit is made in, if the actor may see it."""
    if visit.made_with_id is None or not visit.is_open:
        return None
    return Visit.objects.visible_to(actor).filter(pk=visit.made_with_id).values_list("pk", flat=True).first()


def of_the_same_customer(visit: Visit, ids: Collection[int]) -> list[Visit]:
    """Other visits to the customer of a visit, with their policies, in the order in which they are asked about."""
    if not ids:
        return []
    rows = Visit.objects.filter(pk__in=ids, customer=visit.customer_id).exclude(pk=visit.pk)
    return in_order(under_policy(each) for each in rows)


def calls_led_by(leaders: Collection[int]) -> dict[int, OneCall]:
    """The calls that visits lead, by leader; who leads nothing now is not in it. One query."""
    led = Q(made_with__in=leaders, state__in=sorted(OPEN))
    found = [under_policy(each) for each in Visit.objects.filter(led | Q(pk__in=leaders))]
    others: dict[int, list[Due]] = defaultdict(list)
    for each in found:
        if each.made_with_id:
            others[each.made_with_id].append(due_of(each))
    return {each.pk: OneCall(due_of(each), tuple(others[each.pk])) for each in found if each.pk in others}


def customers_with_several(now: datetime) -> list[int]:
    """Customers of whom several kinds of visits wait that are not yet one call, or whose call no longer holds."""
    waits = Visit.objects.filter(state__in=WAITING, again_asked=False, contact_at=None, self_way="", apart=False)
    alone = waits.filter(made_with=None).exclude(sampled=True, due_by__lte=now)
    several = alone.order_by().values("customer").annotate(kinds=Count("kind", distinct=True)).filter(kinds__gt=1)
    astray = Visit.objects.filter(state__in=WAITING, made_with__isnull=False).exclude(made_with__state__in=sorted(OPEN))
    found = {*several.values_list("customer", flat=True), *astray.values_list("customer", flat=True)}
    return sorted(found)
