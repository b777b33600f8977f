"""A case as one conversation: the customer's words, ours, notes and steps, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from django.utils.translation import gettext

from huiyin.cases.models import Case
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.around import Around, Stage
from huiyin.cases.rules.kinds import REVISIT_OUTCOMES, VERDICTS
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


SIDES: dict[str, str] = {
    NoteKind.NOTE.value: "note",
    NoteKind.SAID.value: "customer",
    NoteKind.TOLD.value: "ours",
    NoteKind.CONTACT.value: "event",
}


def conversation(case: Case, story: Around) -> list[TalkItem]:
    """Everything said and done, oldest first; steps, and what was said, stay in the order in which they happened."""
    first = TalkItem(case.received_at, "customer", "", case.description, channel=case.channel)
    stages, merged, notes = _stages(story, story.stages), _stages(story, story.merged), _notes(story)
    placed = [*_placed(stages), *_placed(merged), *_placed(notes)]
    return [first, *(item for _at, item in sorted(placed, key=lambda each: each[0]))]


def _placed(items: list[TalkItem]) -> Iterator[tuple[datetime, TalkItem]]:
    """Each with its place in time: none comes before the one that happened before it, as a clock set back would say."""
    return zip(accumulate((item.at for item in items), max), items, strict=True)


def _notes(story: Around) -> list[TalkItem]:
    return [
        TalkItem(
            at=note.at,
            side=SIDES[note.kind],
            who=note.who,
            text=note.text,
            icon="phone" if note.reached is not False else "phone-missed",
            channel=note.channel,
            reached=note.reached,
        )
        for note in story.notes
    ]


def _stages(story: Around, stages: list[Stage]) -> list[TalkItem]:
    judged = _judgements(story)
    return [
        TalkItem(
            at=stage.at,
            side="event",
            who=stage.who,
            text=" · ".join(part for part in (judged.get((stage.verb, stage.at)), stage.reason) if part),
            label=STAGE_WORDS[stage.verb][0],
            icon=STAGE_WORDS[stage.verb][1],
        )
        for stage in stages
    ]


def _judgements(story: Around) -> dict[tuple[str, datetime], str]:
    """What verdicts and revisits said, by verb and moment."""
    verdicts = {("verdict", one.at): _with_score(VERDICTS[one.code], one.score) for one in story.verdicts}
    revisits = {
        ("record_revisit", one.at): _with_score(REVISIT_OUTCOMES[one.code], one.score) for one in story.revisits
    }
    return verdicts | revisits


def _with_score(label: str, score: int | None) -> str:
    return gettext(label) if score is None else f"{gettext(label)} {score}/5"
