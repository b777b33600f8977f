"""Which answers count in figures on a day, and the versions of that decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.foundation.kept import kept
from huiyin.foundation.versions import Difference, Version, versions_of
from huiyin.questionnaires.models import Asking, FigureRules
from huiyin.questionnaires.rules.flags import FLAG_LABELS


@kept
def figure_rules_on(day: date) -> FigureRules:
    """The rules in force on a day; the shipped ones (version 0) where the company has none."""
    found = FigureRules.objects.filter(effective_from__lte=day).order_by("-effective_from", "-version").first()
    return found or FigureRules(version=0, effective_from=day)


def counted(askings: QuerySet[Asking], day: date) -> QuerySet[Asking]:
    """Those of the askings whose answers count in figures by the rules of a day."""
    left_out = figure_rules_on(day).left_out
    return askings.exclude(flags__overlap=left_out) if left_out else askings


def left_out(askings: QuerySet[Asking], day: date) -> QuerySet[Asking]:
    """Those that do not."""
    flags = figure_rules_on(day).left_out
    return askings.filter(flags__overlap=flags) if flags else askings.none()


def newest_figure_rules(today: date) -> FigureRules:
    """The newest version, though it may hold only later."""
    return FigureRules.objects.order_by("-version").first() or FigureRules(version=0, effective_from=today)


def figure_rules_versions(today: date) -> list[Version]:
    """Every version, newest first."""
    return versions_of(FigureRules.objects.all(), today)


def rules_content(rules: FigureRules) -> dict[str, Any]:
    """A version as its form and the API show it."""
    return {"left_out": sorted(rules.left_out), "least_covered": rules.least_covered}


def rules_differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What differs between two versions, in words."""
    pairs = [
        (_("Left out of figures"), _said(before["left_out"]), _said(after["left_out"])),
        (_("Weighted from a coverage of (%)"), str(before["least_covered"]), str(after["least_covered"])),
    ]
    return [Difference(label, old, new) for label, old, new in pairs if old != new]


def _said(flags: list[str]) -> str:
    return "\n".join(_(FLAG_LABELS[flag]) for flag in flags) or "–"


def flags_said(asking: Asking) -> str:
    """Why an answer is doubtful, in words."""
    return ", ".join(_(FLAG_LABELS[flag]) for flag in asking.flags if flag in FLAG_LABELS)
