"""What clocks begin and end with, in words: the events and goals of every company, and the stages of its own."""

from __future__ import annotations

from huiyin.cases.queries.own_stages import stage_called, stages_in_use
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.sla import GOALS, STARTS
from huiyin.foundation.forms import say
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

REACHED = _("Reach “%(stage)s”")
ENTERED = _("The case enters “%(stage)s”")


def goal_message(goal: str) -> Message:
    """What the clock ends with; a stage that is gone is named by its code."""
    if not goal.startswith(PREFIX):
        return message(GOALS[goal])
    code = goal.removeprefix(PREFIX)
    stage = stage_called(code)
    return message(REACHED, stage=stage.shown if stage else code)


def goal_words(goal: str) -> str:
    """The same in the reader's language."""
    return say(goal_message(goal))


def goal_of_kind(kind: str) -> Message:
    """What a promise of a kind such as ``case.stage:on_site`` ends with."""
    return goal_message(kind.removeprefix("case."))


def goal_choices() -> list[tuple[str, str]]:
    """What a new clock may end with: code and words."""
    stages = [f"{PREFIX}{stage.code}" for stage in stages_in_use()]
    return [(goal, goal_words(goal)) for goal in (*GOALS, *stages)]


def start_words(start: str) -> str:
    """What a clock begins with; a stage that is gone is named by its code."""
    if not start.startswith(PREFIX):
        return say(message(STARTS[start]))
    code = start.removeprefix(PREFIX)
    stage = stage_called(code)
    return say(message(ENTERED, stage=stage.shown if stage else code))


def start_choices() -> list[tuple[str, str]]:
    """What a new clock may begin with: code and words."""
    stages = [f"{PREFIX}{stage.code}" for stage in stages_in_use()]
    return [(start, start_words(start)) for start in (*STARTS, *stages)]


def stage_codes() -> set[str]:
    """The codes of the stages that a clock may begin or end with."""
    return {stage.code for stage in stages_in_use()}
