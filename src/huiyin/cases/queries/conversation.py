"""A case as one conversation: the customer's words, ours, notes and steps, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.cases.models import Case
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.rules.stage_words import STAGE_WORDS


@dataclass(frozen=True)
class TalkItem:
    """One entry. ``side`` is customer, ours, note or event; ``label`` a message id; empty ``who`` is the customer."""

    at: datetime
    side: str
    who: str
    text: str
    label: str = ""
    icon: str = ""
    channel: str = ""
    reached: bool | None = None


SIDES = {NoteKind.NOTE: "note", NoteKind.SAID: "customer", NoteKind.TOLD: "ours", NoteKind.CONTACT: "event"}


def conversation(case: Case) -> list[TalkItem]:
    """Everything said and done, oldest first (two queries)."""
    first = TalkItem(case.received_at, "customer", "", case.description, channel=case.channel)
    return [first, *sorted([*_stages(case), *_notes(case)], key=lambda item: item.at)]


def _notes(case: Case) -> list[TalkItem]:
    return [
        TalkItem(
            at=note.at,
            side=SIDES[NoteKind(note.kind)],
            who=note.author.name if note.author else "",
            text=note.text,
            icon="phone" if note.reached is not False else "phone-missed",
            channel=note.channel,
            reached=note.reached,
        )
        for note in case.notes.select_related("author").order_by("at", "id")
    ]


def _stages(case: Case) -> list[TalkItem]:
    return [
        TalkItem(
            at=stage.at,
            side="event",
            who=stage.actor.name if stage.actor else "",
            text=stage.reason,
            label=STAGE_WORDS[stage.verb][0],
            icon=STAGE_WORDS[stage.verb][1],
        )
        for stage in case.stages.select_related("actor").order_by("id")
    ]
