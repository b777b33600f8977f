"""The table's columns and cells, in one language; screen, Excel, Word and PDF show the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.cases.queries.tracking import Problem
from huiyin.cases.rules.kinds import VERDICTS
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.cases.rules.tracking import Tracked, TrackingFilter
from huiyin.customers.public import mask_name
from huiyin.documents.public import Cell, Fact, Facts, Paper, SheetColumn, Table
from huiyin.documents.public import Column as PaperColumn

LONGEST = 32_000  # characters; a cell of Excel holds 32,767


def name_of_table() -> str:
    """The exact name."""
    return _("Problem tracking table")


def columns() -> tuple[SheetColumn, ...]:
    """Headings with their widths in characters."""
    return (
        SheetColumn(_("Case number"), 18),
        SheetColumn(_("Received at"), 16),
        SheetColumn(_("Customer"), 14),
        SheetColumn(_("Description of the problem"), 44),
        SheetColumn(_("Department"), 12),
        SheetColumn(_("Responsible person"), 12),
        SheetColumn(_("Handling plan"), 44),
        SheetColumn(_("Planned finish"), 16),
        SheetColumn(_("Actual finish"), 16),
        SheetColumn(_("State"), 12),
        SheetColumn(_("Customer's verdict"), 16),
    )


def cells(problem: Problem) -> tuple[Cell, ...]:
    """One problem as cells; moments in the company's zone, the customer's name masked."""
    return (
        problem.number,
        local(problem.received_at),
        mask_name(problem.customer),
        problem.description[:LONGEST],
        problem.department,
        problem.owner,
        problem.plan[:LONGEST],
        local(problem.planned_at),
        local(problem.finished_at),
        _(STATE_LABELS[problem.state]),
        verdict_said(problem),
    )


def verdict_said(problem: Problem) -> str:
    """What the customer said, with the score."""
    if not problem.verdict:
        return ""
    said = _(VERDICTS[problem.verdict])
    return said if problem.score is None else f"{said} {problem.score}/5"


def local(at: datetime | None) -> datetime | None:
    """A moment on the wall clock of the company, as Excel keeps moments."""
    return at.astimezone(timezone.get_default_timezone()).replace(tzinfo=None) if at else None


def heading(wanted: TrackingFilter, found: Tracked, department: str) -> Iterator[tuple[str, str]]:
    """The lines above the table: what it is narrowed to, and its counts."""
    yield _("Received at"), f"{wanted.first:%Y-%m-%d} – {wanted.last:%Y-%m-%d}"
    if department:
        yield _("Department"), department
    yield _("Number of problems"), str(found.total)
    yield _("Finished"), str(found.finished)
    yield _("As planned"), str(found.on_time)
    yield _("Later than planned"), str(found.late)
    yield _("Not finished yet"), str(found.open)
    yield _("Satisfied with the result"), str(found.satisfied)
    yield _("Mostly satisfied"), str(found.mostly)
    yield _("Not satisfied"), str(found.not_satisfied)


def paper(
    head: Iterable[tuple[str, str]], problems: Iterable[Problem], *, language: str, made_at: datetime, by: str
) -> Paper:
    """The table on paper, lying."""
    rows = tuple(tuple(_text(cell) for cell in cells(problem)) for problem in problems)
    table = Table(tuple(PaperColumn(column.heading) for column in columns()), rows, _("No problems in this time."))
    facts = Facts(tuple(Fact(label, value) for label, value in head), across=5)
    foot = _("Made on %(when)s by %(who)s") % {"when": f"{local(made_at):%Y-%m-%d %H:%M}", "who": by}
    return Paper(name_of_table(), (facts, table), made_at, language=language, foot=foot, landscape=True)


def _text(cell: Cell) -> str:
    return f"{cell:%Y-%m-%d %H:%M}" if isinstance(cell, datetime) else str(cell or "")
