"""Finds cases by number, serial, phone, customer, or words: each way has an index of its own and a limit."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.cases.models import Case, CaseQuerySet
from huiyin.cases.rules.threads import NUMBER
from huiyin.customers.public import normal_phone
from huiyin.foundation.bigrams import SHORTEST, contains_text
from huiyin.kernel.actor import Actor

MOST = 500
WORDS = r"cases_case.title || E'\n' || cases_case.description || E'\n' || cases_case.product_name"


def search_cases(actor: Actor, text: str, *, limit: int) -> list[Case]:
    """Visible cases that fit, newest first, with their customers."""
    found = narrowed(Case.objects.visible_to(actor), text)
    return list(found.select_related("customer").order_by("-received_at", "-id")[:limit])


def narrowed(rows: CaseQuerySet, text: str) -> CaseQuerySet:
    """Those of the cases that fit a search; of very many only the newest :data:`MOST` of each way."""
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
    yield rows.filter(customer__name__startswith=text)
    if len(text) >= SHORTEST:
        yield rows.filter(contains_text(WORDS, text))
    else:
        yield rows.filter(title__icontains=text)
