"""A case as one conversation: the customer's words, ours, notes and steps, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from huiyin.cases.models import Case
from huiyin.cases.models.talk import NoteKind
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
    stages = list(case.stages.select_related("actor").order_by("id"))
    judged = _judgements(case, {stage.verb for stage in stages})
    return [
        TalkItem(
            at=stage.at,
            side="event",
            who=stage.actor.name if stage.actor else "",
            text=" · ".join(part for part in (judged.get((stage.verb, stage.at)), stage.reason) if part),
            label=STAGE_WORDS[stage.verb][0],
            icon=STAGE_WORDS[stage.verb][1],
        )
        for stage in stages
    ]


def _judgements(case: Case, verbs: set[str]) -> dict[tuple[str, datetime], str]:
    """What verdicts and revisits said, by verb and moment; asks for nothing while there is none."""
    found: dict[tuple[str, datetime], str] = {}
    if "verdict" in verbs:
        for verdict in case.verdicts.all():
            found["verdict", verdict.at] = _with_score(VERDICTS[verdict.verdict], verdict.score)
    if "record_revisit" in verbs:
        for revisit in case.revisits.all():
            found["record_revisit", revisit.at] = _with_score(REVISIT_OUTCOMES[revisit.outcome], revisit.score)
    return found


def _with_score(label: str, score: int | None) -> str:
    return gettext(label) if score is None else f"{gettext(label)} {score}/5"
