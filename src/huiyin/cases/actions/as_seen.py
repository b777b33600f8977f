"""Takes a step only if the case is still as the person saw it when the form was opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.cases.models import Case, CaseNote, CaseStage
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.desk import seen_now
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

MINDED = frozenset(
    {
        *("answer", "tell", "plan", "send_plan", "wait", "resume", "finish", "close", "cancel", "triage", "route"),
        *("assign", "verify", "confirm", "decline", "start", "verdict", "ask_revisit", "record_revisit", "reopen"),
        *("merge", "unmerge"),
    }
)
"""Steps that somebody else's news may make wrong; a note among ourselves is right at any time."""

WRITTEN = _("%(name)s has written to the customer in the meantime. Your words are kept; read the news, then send.")
SAID = _("There are new words of the customer. Your words are kept; read the news, then send.")
MOVED = _("%(name)s has moved this case on in the meantime. Your words are kept; read the news, then send.")
CHANGED = _("This case has moved on in the meantime. Your words are kept; read the news, then send.")


@action("cases.as_seen")
def take_as_seen(act: Act, case_id: int, *, seen: str, step: Callable[..., Any], values: dict[str, Any]) -> Any:
    """Carries out ``step`` unless others moved the case, or words were exchanged with the customer, since ``seen``.

    Raises:
        Conflict: there is news; nothing was done. Whatever the step itself raises.
    """
    act.lock(Case.objects.visible_to(act.actor), case_id)
    if seen_now(act.actor, case_id) != seen:
        raise Conflict(_news(act, case_id))
    return step(act.call, case_id, **values)


def _news(act: Act, case_id: int) -> Message:
    """What others did last."""
    stages = CaseStage.objects.filter(case_id=case_id).exclude(actor_id=act.actor.id).order_by("-id")
    notes = CaseNote.objects.filter(case_id=case_id, kind__in=[NoteKind.SAID, NoteKind.TOLD]).order_by("-id")
    note = notes.exclude(author_id=act.actor.id).select_related("author").first()
    stage = stages.select_related("actor").first()
    if note and (stage is None or note.at > stage.at or (note.at == stage.at and note.kind == NoteKind.TOLD)):
        return message(WRITTEN, name=note.author.name) if note.author else message(SAID)
    return message(MOVED, name=stage.actor.name) if stage and stage.actor else message(CHANGED)
