"""What the customers room puts on the timeline: purchases, scores from elsewhere, and the file's own history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext

from huiyin.customers.models import GivenScore, Purchase, PurchaseLine
from huiyin.customers.money import money
from huiyin.customers.timeline import Entry, Older, TimelineKind, act_words
from huiyin.foundation.models import ActEntry
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _

LINES_SHOWN = 3


def purchase_entries(actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Purchases and returns with their first articles."""
    rows = Purchase.objects.visible_to(actor).filter(customer_id=customer_id).select_related("store")
    found = list(page.of(rows, kind="purchase", at="bought_at")[:limit])
    articles = _articles(found)
    return [_purchase(row, articles[row.pk]) for row in found]


def _purchase(row: Purchase, articles: Sequence[str]) -> Entry:
    title = _("Return %(number)s") if row.is_return else _("Purchase %(number)s")
    return Entry(
        at=row.bought_at,
        kind="purchase",
        id=row.pk,
        icon="undo-2" if row.is_return else "shopping-bag",
        title=gettext(title) % {"number": row.number},
        text=" · ".join(
            part for part in (money(row.amount, row.currency), row.store.name if row.store else "") if part
        ),
        tone="late" if row.is_return else "accent",
        badge="" if row.state == "done" else row.get_state_display(),
        href=reverse("purchase", args=[row.pk]),
        notes=tuple(articles),
    )


def _articles(purchases: Sequence[Purchase]) -> dict[int, list[str]]:
    lines = PurchaseLine.objects.filter(purchase__in=purchases, line_no__lte=LINES_SHOWN).order_by("line_no")
    found: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        found[line.purchase_id].append(f"{line.description or line.article_code} × {line.quantity.normalize():f}")
    return found


def score_entries(_actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """Scores and words given in other systems."""
    rows = page.of(GivenScore.objects.filter(customer_id=customer_id), kind="given_score", at="given_at")[:limit]
    return [
        Entry(
            at=row.given_at,
            kind="given_score",
            id=row.pk,
            icon="star",
            title=gettext("Scored %(score)s of %(best)s")
            % {"score": f"{row.score.normalize():f}", "best": row.scale_max},
            text=" — ".join(part for part in (row.title, row.words) if part),
            tone="late" if row.score * 5 <= row.scale_max * 2 else "kept",
            badge=row.source,
        )
        for row in rows
    ]


def act_entries(_actor: Actor, customer_id: int, page: Older, limit: int) -> list[Entry]:
    """What people did with the file; only acts that have words for people."""
    words = act_words()
    rows = ActEntry.objects.filter(customer_id=customer_id, verb__in=list(words))
    return [_act(row, words[row.verb]) for row in page.of(rows, kind="act", at="at")[:limit]]


def _act(row: ActEntry, words: str) -> Entry:
    filled = defaultdict(str, {name: _said(value) for name, value in row.data.items()})
    return Entry(
        at=row.at,
        kind="act",
        id=row.pk,
        icon="eye" if row.verb == "customers.reveal" else "pencil",
        title=gettext(words) % filled,
        text=row.reason,
        who=row.actor_name,
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
