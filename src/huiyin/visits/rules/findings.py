"""What the answers of a visit ask for: a case at once when something is wrong (VIS-27)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ANGRY = "angry"
TOPICS = {"product": "product", "response": "process", "process": "process", "staff": "attitude", "value": "need"}
OTHER_TOPIC = "process"


@dataclass(frozen=True)
class LowScore:
    """One low score with its dimension and what the customer said to "why?"."""

    dimension: str
    score: int
    why: str = ""


@dataclass(frozen=True)
class Finding:
    """A case to open: its topic, and how the customer felt."""

    topic: str
    emotion: str
    words: str


def finding_of(lows: Sequence[LowScore], emotion: str, problem: str) -> Finding | None:
    """The case that low scores, anger or a named problem ask for; None when all is well.

    The lowest score names the topic; among equals the first.
    """
    if not lows and emotion != ANGRY and not problem.strip():
        return None
    worst = min(lows, key=lambda low: low.score, default=None)
    topic = TOPICS.get(worst.dimension, OTHER_TOPIC) if worst else "product" if problem.strip() else OTHER_TOPIC
    words = [problem.strip(), *(low.why.strip() for low in lows)]
    return Finding(topic, emotion, "\n".join(word for word in dict.fromkeys(words) if word))


def revisit_outcome(lows: Sequence[LowScore], emotion: str, problem: str) -> str:
    """What a revisit after a case found: ``confirmed`` or ``unsettled``."""
    return "unsettled" if finding_of(lows, emotion, problem) else "confirmed"
