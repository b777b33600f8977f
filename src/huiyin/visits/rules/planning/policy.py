"""The numbers a weekly plan goes by; every one is data of a policy version, these are the shipped defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.rules.planning.prices import PRICES, Prices, price_faults, prices_from, prices_to
from huiyin.visits.rules.weeks import BelongsBy, week_of_month

WHOLE = 100


@dataclass(frozen=True)
class Quota:
    """Successful visits a week: at least, at most, and how many a working day."""

    least: int
    most: int
    a_day: int


@dataclass(frozen=True)
class Band:
    """Purchases from ``low`` up to below ``high`` yuan (None: no upper end) and their share of the week in percent."""

    code: str
    low: Decimal
    high: Decimal | None
    share: int

    def holds(self, amount: Decimal) -> bool:
        """Whether a purchase amount falls into the band."""
        return amount >= self.low and (self.high is None or amount < self.high)


BANDS = (
    Band("below", Decimal(0), Decimal(1500), 0),
    Band("1500", Decimal(1500), Decimal(3000), 20),
    Band("3000", Decimal(3000), Decimal(5000), 30),
    Band("5000", Decimal(5000), None, 50),
)


@dataclass(frozen=True)
class PlanPolicy:
    """How a week is drawn. Bands stand from the lowest amount up; the first one is the last resort when its share is 0.

    ``turns``: store sizes that take turns by week. ``day_slack``: by how many percent a day may exceed its even share
    once nothing else fills the quota. ``minutes_per_visit``: what one visit takes out of a call window, dialling
    included. ``prices``: what it costs when a soft rule gives way.
    """

    first_week: Quota = Quota(150, 180, 30)
    other_weeks: Quota = Quota(250, 300, 50)
    bands: tuple[Band, ...] = BANDS
    turns: tuple[str, ...] = ("large", "small")
    small_store_minimum: int = 15
    minutes_per_visit: int = 5
    day_slack: int = 25
    belongs_by: BelongsBy = BelongsBy.MONDAY
    prices: Prices = PRICES

    def quota_of(self, monday: date) -> Quota:
        """The quota of the week that starts on ``monday``."""
        return self.first_week if week_of_month(monday, self.belongs_by).number == 1 else self.other_weeks

    def band_of(self, amount: Decimal | None) -> str:
        """The code of the band of a purchase amount; no amount counts as nothing paid."""
        return next((band.code for band in self.bands if band.holds(max(amount or Decimal(0), Decimal(0)))), "")


def policy_from(data: Mapping[str, Any]) -> PlanPolicy:
    """Reads a policy version's JSON; what is absent takes the shipped default.

    Raises:
        Invalid: the numbers contradict each other; ``fields`` says which.
    """
    try:
        policy = _read(data)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        raise Invalid(
            message(_("The plan's numbers cannot be read. Check times (10:00), amounts and shares."))
        ) from None
    faults = dict(_faults(policy))
    if faults:
        raise Invalid(message(_("The plan's numbers contradict each other.")), faults)
    return policy


def _read(data: Mapping[str, Any]) -> PlanPolicy:
    default = PlanPolicy()
    return PlanPolicy(
        first_week=Quota(**data["first_week"]) if "first_week" in data else default.first_week,
        other_weeks=Quota(**data["other_weeks"]) if "other_weeks" in data else default.other_weeks,
        bands=tuple(_band(band) for band in data["bands"]) if "bands" in data else default.bands,
        turns=tuple(data.get("turns", default.turns)),
        small_store_minimum=int(data.get("small_store_minimum", default.small_store_minimum)),
        minutes_per_visit=int(data.get("minutes_per_visit", default.minutes_per_visit)),
        day_slack=int(data.get("day_slack", default.day_slack)),
        belongs_by=BelongsBy(data.get("belongs_by", default.belongs_by)),
        prices=prices_from(data.get("prices", {})),
    )


def _band(data: Mapping[str, Any]) -> Band:
    high = data.get("high")
    return Band(data["code"], Decimal(str(data["low"])), None if high is None else Decimal(str(high)), data["share"])


def _faults(policy: PlanPolicy) -> list[tuple[str, Any]]:
    faults: list[tuple[str, Any]] = []
    for name, quota in (("first_week", policy.first_week), ("other_weeks", policy.other_weeks)):
        if not 0 <= quota.least <= quota.most or quota.a_day < 0:
            faults.append((name, message(_("The least must not exceed the most, and nothing is below zero."))))
    if sum(band.share for band in policy.bands) != WHOLE:
        faults.append(("bands", message(_("The shares of the bands must add up to 100 percent."))))
    if any(lower.high != upper.low for lower, upper in zip(policy.bands, policy.bands[1:], strict=False)):
        faults.append(("bands", message(_("Each band must begin where the one below it ends."))))
    if policy.minutes_per_visit < 1 or policy.day_slack < 0 or policy.small_store_minimum < 0:
        faults.append(("minutes_per_visit", message(_("Minutes, slack and minimum must not be negative."))))
    faults += [("prices", fault) for fault in price_faults(policy.prices)]
    return faults


def policy_to(policy: PlanPolicy) -> dict[str, Any]:
    """The policy as JSON, for its version row and for files."""
    return {
        "first_week": vars(policy.first_week),
        "other_weeks": vars(policy.other_weeks),
        "bands": [
            {**vars(band), "low": str(band.low), "high": None if band.high is None else str(band.high)}
            for band in policy.bands
        ],
        "turns": list(policy.turns),
        "small_store_minimum": policy.small_store_minimum,
        "minutes_per_visit": policy.minutes_per_visit,
        "day_slack": policy.day_slack,
        "belongs_by": str(policy.belongs_by),
        "prices": prices_to(policy.prices),
    }
