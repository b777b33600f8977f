"""What the API of policies takes and gives."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema


class AgreeIn(Schema):
    """For whom, which kind, and from which day on."""

    customer_id: int
    kind: str
    on: date


class AgreedOut(Schema):
    """The visit that was made."""

    visit_id: int


class SwitchIn(Schema):
    """Whether a kind is in use from today on, and why."""

    active: bool
    reason: str = Field(max_length=200)


class PreviewIn(Schema):
    """The values of a kind of visit to look at; they need not be saved."""

    content: dict[str, Any]


class LineOut(Schema):
    """One line of a count."""

    label: str
    count: int
    drawn: int | None


class ChosenOut(Schema):
    """One customer, masked."""

    customer_id: int
    number: str
    name: str
    store: str
    amount: float | None
    due: date


class PreviewOut(Schema):
    """Whom a kind of visit would have chosen last month."""

    first: date
    last: date
    total: int
    customers: int
    silent: int
    drawn: int | None
    weeks: list[LineOut]
    stores: list[LineOut]
    bands: list[LineOut]
    chosen: list[ChosenOut]
    notes: list[str]


class FileIn(Schema):
    """The text of a file; ``take`` False only looks."""

    text: str
    take: bool = False
    reason: str = Field("", max_length=200)


class ChangeOut(Schema):
    """What a file changes in one thing."""

    what: str
    code: str
    after_version: int
    effective_from: date
    fields: list[str]


class ChangesOut(Schema):
    """What a file changes, or changed when ``taken``."""

    taken: bool
    changes: list[ChangeOut]


class MeasuredOut(Schema):
    """A figure with its sample size and 95 % interval; ``enough`` tells whether it can be compared."""

    value: float | None
    n: int
    low: float | None
    high: float | None
    enough: bool


class GapOut(Schema):
    """By how much the other version differs, with its 95 % interval; null where there are too few visits to say."""

    value: float | None
    low: float | None
    high: float | None


class SplitMeasureOut(Schema):
    """One measure of both versions; ``differs``: the interval of the difference leaves zero out."""

    name: str
    unit: str
    one: MeasuredOut
    other: MeasuredOut
    difference: GapOut | None
    differs: bool


class SplitOut(Schema):
    """A test of two versions of a script; ``one_due`` and ``other_due`` count the visits that fell to each."""

    one: int
    other: int
    share: int
    until: date
    seed: int
    least: int
    one_due: int
    other_due: int
    measures: list[SplitMeasureOut]


class ResultsOut(Schema):
    """What visits brought under one version of a script."""

    version: int
    success: MeasuredOut
    score: MeasuredOut
    minutes: MeasuredOut
