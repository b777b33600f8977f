"""Finds cases by number, serial, phone, customer, or words: each way has an index of its own and a limit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache, partial, reduce
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.rules.threads import NUMBER
from huiyin.customers.public import Customer, normal_phone
from huiyin.foundation.bigrams import SHORTEST, bigrams, contains_pairs
from huiyin.foundation.lookups import anywhere, beginning
from huiyin.foundation.prepared import SHAPES, Given, Statement, compiled, outline, prepared
from huiyin.kernel.actor import Actor

MOST = 500
CUSTOMERS = 200
NEWEST = 1_000
OFTEN = 30
WALKED = 5_000
WORDS = r"cases_case.title || E'\n' || cases_case.description || E'\n' || cases_case.product_name"
YES_NO = BooleanField()


@dataclass(frozen=True)
class FoundCase:
    """A case that fits a search; ``customer`` is a name."""

    id: int
    number: str
    title: str
    state: str
    customer: str


@dataclass(frozen=True)
class Sought:
    """What the ways look for: values, or where the values will stand."""

    text: Any
    phone: Any
    customers: Any
    pairs: Any
    pattern: Any

    def values(self) -> tuple[Any, ...]:
        """In the order of :data:`LATER`, which counts from 1: at 0 stands the person."""
        return self.text, self.phone, self.customers, self.pairs, self.pattern


LATER = Sought(*(Given(place) for place in range(1, 6)))


def search_cases(actor: Actor, text: str, *, limit: int) -> list[FoundCase]:
    """Visible cases that fit, newest first."""
    text = text.strip()
    if not text:
        return []
    try:
        if _is_number(text):
            rows = _numbered(actor, beginning(text.upper()), limit=limit)
        else:
            sought = _sought(text)
            rows = _fitting(outline(actor), _walked(text), limit).ask([actor.id, *sought.values()])
    except EmptyResultSet:
        return []
    return [FoundCase(key, number, title, state, name or "") for key, number, title, state, name in rows]


def first_case(actor: Actor, text: str) -> Case | None:
    """The newest visible case that fits, with its customer."""
    return _newest(narrowed(Case.objects.visible_to(actor), text)).select_related("customer").first()


def narrowed(rows: CaseQuerySet, text: str) -> CaseQuerySet:
    """Those of the cases that fit a search; of very many only the newest :data:`MOST` of each way.

    Of customers whose names begin so, :data:`CUSTOMERS` are looked at; a single character is looked for in the
    :data:`NEWEST` cases alone, since no index knows it; words that very many cases hold, in the :data:`WALKED` newest.
    """
    text = text.strip()
    if not text:
        return rows
    if _is_number(text):
        return rows.filter(number__startswith=text.upper())
    try:
        sought, walked = _sought(text), _walked(text)
        found = _keys(rows, _ways(sought), sought, walked)
    except EmptyResultSet:
        return rows.none()
    return rows.filter(pk__in={key for key, _received_at in found.ask([], planned=False)})


def _is_number(text: str) -> bool:
    return bool(NUMBER.match(text)) or text.upper().startswith("GD")


def _sought(text: str) -> Sought:
    keys = [key for (key,) in _called().ask([text.upper(), beginning(text)], planned=False)]
    return Sought(text, normal_phone(text) or text, keys, bigrams(text), anywhere(text.lower()))


@cache
def _called() -> Statement:
    """Keys of customers of a number, and of those whose names begin so."""
    customers = Customer.objects.values_list("pk")
    named = customers.filter(name__like=Given(1))[:CUSTOMERS]
    return _all_of([compiled(customers.filter(number=Given(0))), compiled(named)])


def _walked(text: str) -> int:
    """Among how many of the newest cases words are looked for; 0: the index finds them in all.

    What many of the newest cases hold is looked for going back in time: the index would find too many.
    """
    if len(text) < SHORTEST:
        return NEWEST
    return WALKED if _held_often(text) else 0


def _held_often(text: str) -> bool:
    """Whether so many of the newest cases hold the words, whoever may see them, that all of them are very many."""
    return len(_holding(NEWEST, OFTEN).ask([anywhere(text.lower())])) == OFTEN


@cache
def _holding(newest: int, limit: int) -> Statement:
    return _among_newest(Case.objects.all(), newest, Given(0), limit)


@partial(prepared, planned=False)
def _numbered(actor: Actor, number: Given, *, limit: int) -> QuerySet[Case, tuple[Any, ...]]:
    return _shown(Case.objects.visible_to(actor).filter(number__like=number))[:limit]


@lru_cache(SHAPES)
def _fitting(looks: Actor, walked: int, limit: int) -> Statement:
    """The newest cases of all ways as they are shown; the short ways are one, so that who sees them is asked once."""
    keys = _keys(Case.objects.visible_to(looks), [reduce(or_, _ways(LATER))], LATER, walked, limit)
    of_keys = f"cases_case.id = ANY (ARRAY(SELECT id FROM ({keys.sql}) AS found))"  # noqa: S608 - our own SQL
    rows = Case.objects.filter(RawSQL(of_keys, keys.params, YES_NO))  # noqa: S611 - values are parameters
    return compiled(_shown(rows)[:limit])


def _shown(rows: QuerySet[Case]) -> QuerySet[Case, tuple[Any, ...]]:
    return rows.order_by("-received_at", "-id").values_list("id", "number", "title", "state", "customer__name")


def _ways(sought: Sought) -> list[Q]:
    """All ways but the words; conditions of the partial indexes are named, since a plan for any values needs them."""
    return [
        ~Q(serial="") & Q(serial=sought.text),
        ~Q(reporter_phone="") & Q(reporter_phone=sought.phone),
        Q(RawSQL("cases_case.customer_id = ANY (%s::bigint[])", [sought.customers], YES_NO)),
    ]


def _keys(rows: CaseQuerySet, ways: list[Q], sought: Sought, walked: int, most: int = MOST) -> Statement:
    """Key and time of the newest :data:`MOST` cases of each way, and of the words, all in one statement.

    Who shows fewer looks for common words no further back than that (``most``). Where an index leads the way a small
    limit would tempt PostgreSQL to go back in time instead.
    """
    parts = [_keys_of(rows.filter(way)) for way in ways]
    if walked:
        parts.append(_among_newest(rows, walked, sought.pattern, most))
    else:
        parts.append(_keys_of(rows.filter(contains_pairs(WORDS, sought.pairs, sought.pattern))))
    return _all_of(parts)


def _all_of(parts: list[Statement]) -> Statement:
    sql = " UNION ALL ".join(f"({part.sql})" for part in parts)
    return Statement(sql, tuple(each for part in parts for each in part.params))


def _keys_of(rows: CaseQuerySet) -> Statement:
    return compiled(_newest(rows).values_list("id", "received_at")[:MOST])


def _newest(rows: CaseQuerySet) -> CaseQuerySet:
    return rows.order_by("-received_at", "-id")


def _among_newest(rows: CaseQuerySet, many: int, pattern: Any, limit: int) -> Statement:
    """Those of the newest that hold words; the limit inside makes PostgreSQL go back in time, and no further."""
    words = RawSQL(WORDS, [])  # noqa: S611 - a constant
    newest = compiled(_newest(rows).annotate(words=words).values_list("id", "received_at", "words")[:many])
    return Statement(
        f"SELECT id, received_at FROM ({newest.sql}) AS newest WHERE lower(words) LIKE %s"  # noqa: S608 - our own SQL
        f" ORDER BY received_at DESC, id DESC LIMIT {limit:d}",
        (*newest.params, pattern),
        (),
    )
