"""How many and whom a kind of visit would have chosen last month: counted in one pass, nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext

from huiyin.customers.public import Customer, mask_name
from huiyin.foundation.forms import say
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Store
from huiyin.visits.models import PlanRules
from huiyin.visits.queries.bands import band_case
from huiyin.visits.queries.policies import hours_of, rules_in_force, today_in
from huiyin.visits.queries.preview_sql import Sql, chosen_sql, members_sql, occasions_in
from huiyin.visits.rules.falling_due import CASE_TRIGGERS, GROUP_TRIGGERS, OWED_TRIGGERS, Trigger
from huiyin.visits.rules.planning import Band
from huiyin.visits.rules.planning.quota import week_target
from huiyin.visits.rules.policy_content import Content

LONGEST_MS = 8000
FIRST = 50
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One line of a count: what, how many, and of a week how many a plan would take (None: all of them)."""

    label: str
    count: int
    drawn: int | None = None


@dataclass(frozen=True)
class Chosen:
    """One customer that would have been chosen, masked; ``due`` is the first day to visit."""

    customer_id: int
    number: str
    name: str
    store: str
    amount: Decimal | None
    due: date


@dataclass(frozen=True)
class Preview:
    """Last month by this kind of visit. ``silent``: how many of them must not be contacted at all."""

    first: date
    last: date
    total: int
    customers: int
    silent: int
    weeks: list[Line]
    stores: list[Line]
    bands: list[Line]
    chosen: list[Chosen]
    notes: list[str]

    @property
    def drawn(self) -> int | None:
        """How many a plan would take by quota; None where every visit is owed."""
        return (
            sum(line.drawn or 0 for line in self.weeks) if any(line.drawn is not None for line in self.weeks) else None
        )


def preview_of(content: Content, now: datetime, actor: Actor) -> Preview:
    """Whom a kind of visit with these values would have chosen in the last whole month, within what the actor sees.

    Raises:
        Conflict: it takes too long to count.
    """
    rules = rules_in_force(now.date())
    calendar = hours_of(rules)
    today = today_in(calendar, now)
    after = today.replace(day=1)
    first = (after - DAY).replace(day=1)
    sql, values = chosen_sql(content, first, after, calendar.zone)
    bands = rules.plan_policy.bands
    with _bounded():
        counts = _counts((sql, values), bands)
        chosen = _first((sql, values), actor)
        notes = _notes(content, first, after, rules)
    preview = replace(_summary(counts, bands), first=first, last=after - DAY, chosen=chosen, notes=notes)
    return _with_quota(preview, counts, rules) if content["sampled"] else preview


@contextmanager
def _bounded() -> Iterator[None]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [LONGEST_MS])
            yield
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError:
        raise Conflict(message(_("Counting took too long and was stopped. Narrow the group and try again."))) from None


Counted = list[tuple[date | None, int | None, str | None, int, int, int]]


def _counts(chosen: Sql, bands: tuple[Band, ...]) -> Counted:
    """Rows of week, store, band, visits, customers, silent ones; each row has one of the three, the last has none."""
    sql, values = chosen
    band, numbers = band_case(bands)
    statement = f"""
        SELECT week, store_id, band, count(*), count(DISTINCT customer_id),
            count(DISTINCT customer_id) FILTER (WHERE silent), grouping(week, store_id, band)
        FROM (SELECT date_trunc('week', p.due)::date AS week, p.store_id, {band} AS band, p.customer_id,
                c.do_not_contact AS silent
              FROM ({sql}) p JOIN {Customer._meta.db_table} c ON c.id = p.customer_id) x
        GROUP BY GROUPING SETS ((week), (store_id), (band), ())
        ORDER BY grouping(week, store_id, band), week, 4 DESC
    """  # noqa: S608 - pieces of our own; values are parameters
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, **numbers})
        return list(cursor.fetchall())


WEEK, STORE, BAND, ALL = 3, 5, 6, 7  # grouping(): the bits of what is not grouped by


def _summary(counts: list[Any], bands: tuple[Band, ...]) -> Preview:
    names = dict(Store.objects.values_list("pk", "name"))
    nowhere = gettext("No store")
    whole = next(row for row in counts if row[6] == ALL)
    by_band = Counter({row[2]: row[3] for row in counts if row[6] == BAND})
    return Preview(
        first=date.min,
        last=date.min,
        total=whole[3],
        customers=whole[4],
        silent=whole[5],
        weeks=[Line(row[0].isoformat(), row[3]) for row in counts if row[6] == WEEK],
        stores=[Line(names.get(row[1], nowhere), row[3]) for row in counts if row[6] == STORE],
        bands=[Line(band_words(band), by_band[band.code]) for band in bands],
        chosen=[],
        notes=[],
    )


def band_words(band: Band) -> str:
    """An amount band in words."""
    if band.high is None:
        return gettext("¥%(low)s and more") % {"low": f"{band.low:,.0f}"}
    return gettext("¥%(low)s to below ¥%(high)s") % {"low": f"{band.low:,.0f}", "high": f"{band.high:,.0f}"}


def _with_quota(preview: Preview, counts: list[Any], rules: PlanRules) -> Preview:
    """How many of each week a plan would take: at most its quota, by the working days it had."""
    calendar, policy = hours_of(rules), rules.plan_policy
    weeks = []
    for row in (row for row in counts if row[6] == WEEK):
        working = sum(calendar.is_working_day(row[0] + DAY * n) for n in range(7))
        weeks.append(Line(row[0].isoformat(), row[3], min(row[3], week_target(policy, row[0], working))))
    return replace(preview, weeks=weeks)


def _first(chosen: Sql, actor: Actor) -> list[Chosen]:
    sql, values = chosen
    statement = f"SELECT customer_id, store_id, amount, due FROM ({sql}) x ORDER BY due, amount DESC NULLS LAST, 1 LIMIT %(most)s"  # noqa: S608, E501
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, "most": FIRST})
        rows = cursor.fetchall()
    seen = Customer.objects.visible_to(actor).filter(pk__in={row[0] for row in rows})
    people = {pk: (number, name) for pk, number, name in seen.values_list("pk", "number", "name")}
    stores = dict(Store.objects.values_list("pk", "name"))
    return [
        Chosen(customer, people[customer][0], mask_name(people[customer][1]), stores.get(store, ""), amount, due)
        for customer, store, amount, due in rows
        if customer in people
    ]


def _notes(content: Content, first: date, after: date, rules: PlanRules) -> list[str]:
    """What one should know to read the figures."""
    trigger = content["trigger"]
    if trigger == Trigger.SEGMENT:
        sql, values = members_sql(content, after - DAY, hours_of(rules).zone)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            standing = cursor.fetchone()[0]
        text = _("Counted are those who came to belong last month; on its last day %(count)s belonged to the group.")
        return [
            say(message(text, count=standing)),
            gettext("When the kind is taken into use, all who belong are due at once."),
        ]
    if trigger in GROUP_TRIGGERS:
        days = [each.day.isoformat() for each in occasions_in(content, first, after)]
        if not days:
            return [gettext("No occasion of this kind fell into last month.")]
        return [say(message(_("The windows count from %(days)s."), days=", ".join(days)))]
    if trigger in OWED_TRIGGERS - CASE_TRIGGERS or trigger == Trigger.LIST:
        return [gettext("Such visits are made one by one; counted are those that were made last month.")]
    return []
