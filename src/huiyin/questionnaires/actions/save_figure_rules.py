"""Decides which doubtful answers are left out of figures, as a version (QST-5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.models import FigureRules
from huiyin.questionnaires.queries.figure_rules import newest_figure_rules, rules_content
from huiyin.questionnaires.rules.flags import FLAG_LABELS
from huiyin.working_time.public import calendar_of

CHANGE = "questionnaires.change"
WHOLE = 100


@action("questionnaires.change_figure_rules", needs=CHANGE)
def save_figure_rules(
    act: Act, data: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> FigureRules:
    """Saves ``left_out`` (flags) and ``least_covered`` (percent) as a new version from a day on.

    From that day on all figures, also of earlier periods, are reckoned by it; no answer is changed.

    Raises:
        Invalid: a flag or a number that is none, the day has passed, or there is no reason.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    why, content = demand_reason(reason), _checked(data)
    today = act.now.astimezone(calendar_of().zone).date()
    demand_future(effective_from, today)
    last = newest_figure_rules(today)
    if rules_content(last) == content and expected in (None, last.version):
        raise Conflict(message(SAME, version=last.version))
    return new_version(act, FigureRules, {}, content, effective_from=effective_from, reason=why, expected=expected)


def _checked(data: Mapping[str, Any]) -> dict[str, Any]:
    flags, least = data.get("left_out", []), data.get("least_covered")
    if not isinstance(flags, list) or any(flag not in FLAG_LABELS for flag in flags):
        why = message(_("These reasons for doubt are known: %(codes)s."), codes=", ".join(FLAG_LABELS))
        raise Invalid(why, {"left_out": why})
    if not isinstance(least, int) or not 0 <= least <= WHOLE:
        why = message(_("This must be a number from %(least)s to %(most)s."), least=0, most=WHOLE)
        raise Invalid(why, {"least_covered": why})
    return {"left_out": sorted(set(flags)), "least_covered": least}
