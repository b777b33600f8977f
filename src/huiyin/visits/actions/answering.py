"""The answers of a visit: its questionnaire is asked once, its attribution frozen when it is asked (QST-5)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from huiyin.foundation.actions import Act
from huiyin.questionnaires.public import Asking, Heard, ask, hear_answers
from huiyin.visits.models import Visit


def asking_of(act: Act, visit: Visit) -> Asking:
    """The visit's asking, for a link; made when it is first needed."""
    return ask(act.call, subject=visit, link=False, **_about(visit))


def take_answers(act: Act, visit: Visit, heard: Heard, repeats: Collection[str] = ()) -> dict[str, Any]:
    """Enters answers, all of them or none; what belongs into the line of history about them.

    ``repeats`` names the dimensions that were asked once for this visit and for another one: over all visits such a
    score counts once.

    What they set in motion happens to ``visit`` itself: a case it found is on it afterwards.

    Raises:
        Invalid: an impossible value, or (unless ``heard.partial``) a required question without an answer.
    """
    return hear_answers(act, subject=visit, heard=heard, **_about(visit, repeats))


def _about(visit: Visit, repeats: Collection[str] = ()) -> dict[str, Any]:
    whose = {
        **visit.attribution,
        "made_with": visit.made_with_id,
        "repeats": sorted(repeats) or None,
        "agent": visit.agent_id,
        "department": visit.department_id,
        "store": visit.store_id,
        "band": visit.band or None,
    }
    return {
        "questionnaire": visit.policy.questionnaire,
        "customer": visit.customer_id,
        "attribution": {name: value for name, value in whose.items() if value is not None},
    }
