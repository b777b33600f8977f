"""What is said apart from the talk itself: the question about recording, the polite close after a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.kernel.actor import Actor
from huiyin.visits.models import Script, Visit
from huiyin.visits.queries.policies import script_in_force, script_of
from huiyin.visits.rules.script_content import SHARED


@dataclass(frozen=True)
class Spoken:
    """One text in the reader's language, and which version of which script it is ("every_talk v1"; "": nowhere)."""

    text: str = ""
    wording: str = ""


def spoken(visit: Visit, actor: Actor, now: datetime, part: str) -> Spoken:
    """The text of a part: the visit's own script's, else the shared one's, names filled in."""
    day = now.date()
    for script in (script_of(visit, day), script_in_force(SHARED, day)):
        text = _text(script, part, english=actor.language.startswith("en")) if script else ""
        if text:
            names = {"customer": visit.customer.name, "agent": actor.name}
            return Spoken(filled(text, names), str(script))
    return Spoken()


def _text(script: Script, part: str, *, english: bool) -> str:
    found = next((each for each in script.blocks if each["part"] == part), None)
    return str((english and found.get("en")) or found["zh"]) if found else ""


def filled(text: str, names: dict[str, str]) -> str:
    """A text with its names in place."""
    for name, value in names.items():
        text = text.replace(f"{{{name}}}", value)
    return text
