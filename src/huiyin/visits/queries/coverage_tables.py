"""The coverage report as tables for Excel and CSV, and as plain data for the API and the command line."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from huiyin.documents.public import Cell, Document, Sheet, SheetColumn
from huiyin.foundation.forms import say
from huiyin.kernel.words import gettext_noop as _
from huiyin.visits.queries.coverage import Coverage, Part
from huiyin.visits.rules.coverage.counts import Counts
from huiyin.visits.rules.coverage.fates import FATE_LABELS
from huiyin.visits.rules.coverage.weighing import Weighing

NUMBERS = {
    "population": _("Population"),
    "planned": _("Put in the plan"),
    "tried": _("Were asked"),
    "done": _("Done"),
    "replaced": _("Replaced by another"),
    "not_asked": _("Not asked"),
}
WHAT_LABELS = {**NUMBERS, "in_vain": _("Asked without success"), **FATE_LABELS}
SHARES = {"achieved": _("Done of planned"), "reached": _("Done of the population")}
DIGITS = 4


def document_of(report: Coverage) -> Document:
    """The report in the reader's language: the strata with all their fates, and what holds for all together."""
    name = gettext("Visit coverage %(period)s") % {"period": report.time.code}
    return Document(name, (strata_sheet(report), reasons_sheet(report)))


def strata_sheet(report: Coverage) -> Sheet:
    """One row a stratum: numbers, shares, the weight of an answer, and how many have each fate."""
    fates = [fate for fate in FATE_LABELS if fate in report.whole.fates]
    columns = (
        SheetColumn(gettext(report.split.label), 24),
        *(SheetColumn(gettext(label), 10, "0") for label in NUMBERS.values()),
        *(SheetColumn(gettext(label), 12, "0.0%") for label in SHARES.values()),
        SheetColumn(gettext("Weight of an answer"), 10, "0.000"),
        *(SheetColumn(gettext(FATE_LABELS[fate]), 12, "0") for fate in fates),
    )
    rows = tuple(_row(part, fates) for part in report.parts)
    return Sheet(gettext("By stratum"), _head(report), columns, rows)


def _row(part: Part, fates: list[str]) -> tuple[Cell, ...]:
    counts = part.counts
    return (
        part.name,
        *(getattr(counts, name) for name in NUMBERS),
        *(_rounded(getattr(counts, name)) for name in SHARES),
        _rounded(part.weight),
        *(counts.fates.get(fate, 0) for fate in fates),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _head(report: Coverage) -> tuple[tuple[str, str], ...]:
    whole, weighing = report.whole, report.weighing
    numbers = [(gettext(label), str(getattr(whole, name))) for name, label in NUMBERS.items()]
    period = (gettext("Period"), f"{say(report.time.name)} ({report.time.first} – {report.time.last})")
    return (period, *numbers, *(() if weighing.design_effect is None else _weighed(weighing, weighing.design_effect)))


def _weighed(weighing: Weighing, effect: float) -> tuple[tuple[str, str], ...]:
    return (
        (gettext("Design effect of the weights"), f"{effect:.3f}"),
        (gettext("Effective number of answers"), f"{weighing.effective_n:.1f}"),
        (gettext("Population in strata with answers"), f"{weighing.covered:.1%}"),
    )


def reasons_sheet(report: Coverage) -> Sheet:
    """Why people were not asked, and what calls without success brought."""
    columns = (SheetColumn(gettext("What became of it"), 40), SheetColumn(gettext("Visits"), 10, "0"))
    found = [*report.whole.why_not(), *report.whole.in_vain()]
    rows = tuple((gettext(FATE_LABELS[fate]), count) for fate, count in found)
    return Sheet(gettext("Not asked and why"), (), columns, rows)


def coverage_answer(report: Coverage) -> dict[str, Any]:
    """The report as JSON."""
    return {
        "period": report.time.code,
        "first_day": report.time.first.isoformat(),
        "last_day": report.time.last.isoformat(),
        "by": report.split.code,
        "wanted": report.wanted,
        "weeks_without_plan": report.unplanned,
        **_numbers(report.whole),
        "weights": {
            "design_effect": _rounded(report.weighing.design_effect),
            "effective_n": _rounded(report.weighing.effective_n),
            "covered": _rounded(report.weighing.covered),
        },
        "strata": [
            {"key": part.key, "name": part.name, **_numbers(part.counts), "weight": _rounded(part.weight)}
            for part in report.parts
        ],
    }


def _numbers(counts: Counts) -> dict[str, Any]:
    return {
        **{name: getattr(counts, name) for name in NUMBERS},
        **{name: _rounded(getattr(counts, name)) for name in SHARES},
        "not_asked_because": dict(counts.why_not()),
        "called_in_vain": dict(counts.in_vain()),
    }
