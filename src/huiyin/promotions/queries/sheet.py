"""The result sheet of a list: drawn fresh until it is signed, as signed afterwards."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from huiyin.customers.public import mask_name
from huiyin.promotions.models import GiftLine, GiftList
from huiyin.promotions.rules.sheet import Share, Sheet, SheetLine, amounts_of, from_json, tally
from huiyin.questionnaires.public import scores

DIGITS = 1


def sheet_of(gifts: GiftList) -> Sheet:
    """What the list came to: as it was signed, else as it stands."""
    return from_json(gifts.sheet) if gifts.sheet is not None else fresh_sheet(gifts)


def fresh_sheet(gifts: GiftList) -> Sheet:
    """The sheet as the list stands now."""
    rows = GiftLine.objects.filter(list=gifts).select_related("error").order_by("position")
    lines = tuple(_line(row) for row in rows)
    counted = tally(lines)
    answered = sum(counted.values()) - counted["not_reached"]
    shares = tuple(
        _share(code, count, answered if code != "not_reached" else sum(counted.values()))
        for code, count in counted.items()
    )
    return Sheet(_head(gifts, len(lines)), shares, amounts_of(lines), lines)


def _line(row: GiftLine) -> SheetLine:
    error = getattr(row, "error", None)
    return SheetLine(
        position=row.position,
        name=mask_name(row.name),
        gift=row.gift,
        quantity=row.quantity,
        value=str(row.value),
        given_on=row.given_on.isoformat(),
        purchase=row.purchase,
        standing=row.standing,
        hindrance=row.hindrance,
        error=error.state if error else "",
    )


def _share(code: str, count: int, of: int) -> Share:
    """Results are shares of those who answered, those not reached of all who were asked."""
    found = scores.share(count, of)
    return Share(code, count, of, _rounded(found.value), _rounded(found.low), _rounded(found.high))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _head(gifts: GiftList, lines: int) -> dict[str, str]:
    numbers = gifts.numbers
    return {
        "promotion": gifts.name,
        "store": gifts.store.name,
        "check": gifts.check_kind,
        "submitted_at": _moment(gifts.submitted_at),
        "submitted_by": gifts.submitted_by.name if gifts.submitted_by else "",
        "checked_at": _moment(gifts.checked_at),
        "completed_at": _moment(gifts.completed_at),
        "lines": str(lines),
        "share": f"{numbers.share_of(gifts.check_kind)}",
        "wanted": str(gifts.wanted),
        "seed": str(gifts.seed),
        "rules": str(gifts.rules or "v0"),
    }


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else f"{timezone.localtime(moment, timezone.get_default_timezone()):%Y-%m-%d %H:%M}"
