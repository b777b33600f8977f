"""Finds cases by number, serial, phone, customer, or words: each way has an index of its own and a limit."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.rules.threads import NUMBER
from huiyin.customers.public import Customer, normal_phone
from huiyin.foundation.bigrams import SHORTEST, contains_text, says_text
from huiyin.kernel.actor import Actor

MOST = 500
CUSTOMERS = 200
NEWEST = 1_000
OFTEN = 30
WALKED = 5_000
WORDS = r"cases_case.title || E'\n' || cases_case.description || E'\n' || cases_case.product_name"


def search_cases(actor: Actor, text: str, *, limit: int) -> list[Case]:
    """Visible cases that fit, newest first, with their customers."""
    found = narrowed(Case.objects.visible_to(actor), text)
    return list(found.select_related("customer").order_by("-received_at", "-id")[:limit])


def narrowed(rows: CaseQuerySet, text: str) -> CaseQuerySet:
    """Those of the cases that fit a search; of very many only the newest :data:`MOST` of each way.

    Of customers whose names begin so, :data:`CUSTOMERS` are looked at; a single character is looked for in the
    :data:`NEWEST` cases alone, since no index knows it; words that very many cases hold, in the :data:`WALKED` newest.
    """
    text = text.strip()
    if not text:
        return rows
    if NUMBER.match(text) or text.upper().startswith("GD"):
        return rows.filter(number__startswith=text.upper())
    keys = {
        key
        for way in _ways(rows, text)
        for key in way.order_by("-received_at", "-id").values_list("pk", flat=True)[:MOST]
    }
    return rows.filter(pk__in=keys)


def _ways(rows: CaseQuerySet, text: str) -> Iterator[CaseQuerySet]:
    yield rows.filter(serial=text)
    yield rows.filter(reporter_phone=normal_phone(text) or text)
    yield rows.filter(customer__number=text.upper())
    named = Customer.objects.filter(name__startswith=text).values_list("pk", flat=True)[:CUSTOMERS]
    yield rows.filter(customer__in=list(named))
    yield _by_words(rows, text)


def _by_words(rows: CaseQuerySet, text: str) -> CaseQuerySet:
    """Words that many of the newest cases hold are looked for going back in time: the index would find too many."""
    if len(text) < SHORTEST:
        return rows.filter(says_text(WORDS, text), pk__in=_newest(rows, NEWEST))
    if _held_often(text):
        return rows.filter(says_text(WORDS, text), pk__in=_newest(rows, WALKED))
    return rows.filter(contains_text(WORDS, text))


def _newest(rows: CaseQuerySet, many: int) -> QuerySet[Case, int]:
    return rows.order_by("-received_at", "-id").values_list("pk", flat=True)[:many]


def _held_often(text: str) -> bool:
    """Whether so many of the newest cases hold the words, whoever may see them, that all of them are very many."""
    holding = Case.objects.filter(says_text(WORDS, text), pk__in=_newest(Case.objects.all(), NEWEST))
    return holding[:OFTEN].count() == OFTEN
