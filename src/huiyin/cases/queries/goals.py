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
    return _with_stage(REACHED, goal)


def goal_words(goal: str) -> str:
    """The same in the reader's language."""
    return say(goal_message(goal))


def goal_of_kind(kind: str) -> Message:
    """What a promise of a kind such as ``case.stage:on_site`` ends with."""
    return goal_message(kind.removeprefix("case."))


def goal_choices() -> list[tuple[str, str]]:
    """What a new clock may end with: code and words."""
    return [(goal, goal_words(goal)) for goal in (*GOALS, *_stages())]


def start_words(start: str) -> str:
    """What a clock begins with; a stage that is gone is named by its code."""
    if not start.startswith(PREFIX):
        return say(message(STARTS[start]))
    return say(_with_stage(ENTERED, start))


def start_choices() -> list[tuple[str, str]]:
    """What a new clock may begin with: code and words."""
    return [(start, start_words(start)) for start in (*STARTS, *_stages())]


def _with_stage(text: str, named: str) -> Message:
    code = named.removeprefix(PREFIX)
    stage = stage_called(code)
    return message(text, stage=stage.shown if stage else code)


def _stages() -> list[str]:
    return [f"{PREFIX}{stage.code}" for stage in stages_in_use()]


def stage_codes() -> set[str]:
    """The codes of the stages that a clock may begin or end with."""
    return {stage.code for stage in stages_in_use()}
