"""Several visits on one workstation: the kinds as chips, one list of questions, each asked once (VIS-15)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.questionnaires.public import Answered
from huiyin.visits.models import Visit
from huiyin.visits.pages.fields import Item, item_of
from huiyin.visits.queries.one_talk import answers_so_far, talk_about, worded
from huiyin.visits.queries.preparation import Work
from huiyin.visits.rules.one_talk import Once, Talk

TOGETHER = "together"
GOAL_MET = "goal_met_"
TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True)
class OneCall:
    """The other visits on the screen: those made along in this call, or (``done``) those that were.

    ``count`` are all visits of the call, ``asked`` its questions beside those for which there must be time.
    """

    others: tuple[Visit, ...]
    goals: tuple[tuple[Visit, str], ...] = ()
    asked: int = 0
    most: int = 0
    done: bool = False

    @property
    def count(self) -> int:
        """How many visits there are with the one shown."""
        return len(self.others) + 1


def call_shown(others: Sequence[Visit], items: Sequence[Item], shown: Visit, post: Mapping[str, str]) -> OneCall:
    """What the screen says of the call; of the goals what was entered so far."""
    goals = tuple((each, post.get(f"{GOAL_MET}{each.pk}", "")) for each in others if each.policy.goal)
    asked = sum(item.required for item in items)
    return OneCall(tuple(others), goals, asked, shown.policy.most_questions, done=not shown.is_open)


def merged_items(
    shown: Visit,
    others: Sequence[Visit],
    asked: Answered | None,
    work: Work | None,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> list[Item]:
    """The questions of the call in the order in which they are asked; what needs time left over comes last."""
    talk = talk_about(shown, others)
    rows, given = worded([shown, *others]), answers_so_far(shown, asked, others, talk)
    bridges = dict(work.bridges) if work else {}
    names = {each.pk: each.policy.name for each in others}
    items, said = [], {shown.pk}
    for once in sorted(talk.questions, key=lambda once: once.spare):
        row = rows[once.visit, once.question.code]
        if row.kind == "photo":  # no agent can take one
            continue
        item = item_of(row, given.get(once.key), typed, wrong, once.key)
        before = _before(once, said, bridges, names)
        condition = json.dumps(once.only_if) if once.only_if else ""
        items.append(replace(item, required=once.required, only_if=condition, before=before))
    return items


SPARE = -1


def _before(once: Once, said: set[int], bridges: Mapping[int, str], names: Mapping[int, str]) -> str:
    """What leads over to the questions of another visit, or to those that may be left out; said once."""
    about = SPARE if once.spare else once.visit
    if about in said:
        return ""
    said.add(about)
    if once.spare:
        return _("If there is time:")
    return bridges.get(about) or _("One more thing while we are talking (%(kind)s):") % {"kind": names[about]}


def kinds_of(talk: Talk) -> dict[str, str]:
    """The keys of a talk's questions with their kinds."""
    return {once.key: once.question.kind for once in talk.questions}


def together_in(post: QueryDict) -> list[int]:
    """The other visits that stood on the screen."""
    return [int(pk) for pk in post.getlist(TOGETHER) if pk.isascii() and pk.isdigit()]


def goals_in(post: QueryDict, others: Sequence[int]) -> dict[int, bool | None]:
    """Whether the goal of each other visit was reached, as far as it was said."""
    return {pk: TRUTHS.get(post.get(f"{GOAL_MET}{pk}", "")) for pk in others}
