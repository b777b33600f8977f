"""What the customers room puts on the timeline: purchases, scores from elsewhere, and the file's own history."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.customers.models import GivenScore, Purchase, PurchaseLine, PurchaseState
from huiyin.customers.money import money
from huiyin.customers.timeline import Entry, Older, TimelineKind, act_words, behind
from huiyin.foundation.models import ActEntry
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _

LINES_SHOWN = 3


class _Bought(NamedTuple):
    pk: int
    at: datetime
    number: str
    is_return: bool
    amount: Decimal
    currency: str
    state: str
    store: str | None
    articles: list[dict[str, str]]


def purchase_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Purchases and returns with their first articles."""
    return [_purchase(_Bought(*row)) for row in _bought(actor, customer_id, *page.bound("purchase"), limit=limit)]


@prepared
def _bought(
    actor: Actor, customer: Given, moment: Given, pk: Given, *, limit: int
) -> QuerySet[Purchase, tuple[Any, ...]]:
    rows = Purchase.objects.visible_to(actor).filter(customer_id=customer)
    lines = PurchaseLine.objects.filter(purchase=OuterRef("pk"), line_no__lte=LINES_SHOWN).order_by("line_no")
    said = lines.values_list(JSONObject(d="description", c="article_code", q=Cast("quantity", TextField())))
    return behind(rows, "bought_at", moment, pk).values_list(
        "pk", "bought_at", "number", "is_return", "amount", "currency", "state", "store__name", ArraySubquery(said)
    )[:limit]


def _purchase(row: _Bought) -> Entry:
    title = _("Return %(number)s") if row.is_return else _("Purchase %(number)s")
    return Entry(
        at=row.at,
        kind="purchase",
        id=row.pk,
        icon="undo-2" if row.is_return else "shopping-bag",
        title=gettext(title) % {"number": row.number},
        text=" · ".join(part for part in (money(row.amount, row.currency), row.store or "") if part),
        tone="late" if row.is_return else "accent",
        badge="" if row.state == "done" else str(PurchaseState(row.state).label),
        href=reverse("purchase", args=[row.pk]),
        notes=tuple(f"{line['d'] or line['c']} × {Decimal(line['q']).normalize():f}" for line in row.articles),
    )


def score_entries(_actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Scores and words given in other systems."""
    rows = _scores(customer_id, *page.bound("given_score"), limit=limit)
    return [
        Entry(
            at=at,
            kind="given_score",
            id=pk,
            icon="star",
            title=gettext("Scored %(score)s of %(best)s") % {"score": f"{score.normalize():f}", "best": best},
            text=" — ".join(part for part in (title, words) if part),
            tone="late" if score * 5 <= best * 2 else "kept",
            badge=source,
        )
        for pk, at, score, best, title, words, source in rows
    ]


@prepared
def _scores(customer: Given, moment: Given, pk: Given, *, limit: int) -> QuerySet[GivenScore, tuple[Any, ...]]:
    rows = behind(GivenScore.objects.filter(customer_id=customer), "given_at", moment, pk)
    return rows.values_list("pk", "given_at", "score", "scale_max", "title", "words", "source")[:limit]


def act_entries(_actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """What people did with the file; only acts that have words for people."""
    return [_act(*row) for row in _acts(customer_id, *page.bound("act"), limit=limit)]


@prepared
def _acts(customer: Given, moment: Given, pk: Given, *, limit: int) -> QuerySet[ActEntry, tuple[Any, ...]]:
    rows = behind(ActEntry.objects.filter(customer_id=customer, verb__in=list(act_words())), "at", moment, pk)
    return rows.values_list("pk", "at", "verb", "actor_name", "reason", "data")[:limit]


def _act(pk: int, at: datetime, verb: str, who: str, reason: str, data: dict[str, object]) -> Entry:
    filled = defaultdict(str, {name: _said(value) for name, value in data.items()})
    return Entry(
        at=at,
        kind="act",
        id=pk,
        icon="eye" if verb == "customers.reveal" else "pencil",
        title=gettext(act_words()[verb]) % filled,
        text=reason,
        who=who,
    )


FIELD_NAMES = {
    "phone": _("phone number"),
    "email": _("e-mail address"),
    "wechat": _("WeChat name"),
    "address": _("address"),
}


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return gettext(FIELD_NAMES[value]) if isinstance(value, str) and value in FIELD_NAMES else str(value)


TIMELINE = [
    TimelineKind("purchase", _("Purchases"), "shopping-bag", purchase_entries),
    TimelineKind("given_score", _("Scores elsewhere"), "star", score_entries),
    TimelineKind("act", _("Changes to the file"), "pencil", act_entries),
]
