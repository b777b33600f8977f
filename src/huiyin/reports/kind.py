"""What a kind of report is, and all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.documents.public import Document
from huiyin.insights.public import Lens, Period, PeriodKind
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.reports.rules.due import DueRule


@dataclass(frozen=True)
class ReportKind:
    """One kind of report.

    ``label`` is a message id, ``name(period)`` the exact name the practice demands, ``due`` the shipped rule (data may
    change it), ``build(lens)`` the document with the numbers under the lens.
    """

    code: str
    label: str
    period: PeriodKind
    due: DueRule
    name: Callable[[Period], str]
    build: Callable[[Lens], Document]


@cache
def report_kinds() -> dict[str, ReportKind]:
    """Every kind by code (each one folder in ``kinds``)."""
    package = import_module("huiyin.reports.kinds")
    found = [import_module(info.name).KIND for info in iter_modules(package.__path__, f"{package.__name__}.")]
    return {kind.code: kind for kind in found}


def report_kind(code: str) -> ReportKind:
    """The kind with this code.

    Raises:
        NotFound: there is none.
    """
    kind = report_kinds().get(code)
    if kind is None:
        raise NotFound(message(_("No report is called %(code)s."), code=code[:40]))
    return kind
