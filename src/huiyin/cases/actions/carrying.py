"""What goes along when a case is merged, and comes back when that is undone."""

from __future__ import annotations

from typing import Any

from django.db.models import Max, QuerySet

from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.watch import follow
from huiyin.cases.models import Attachment, Case, CaseNote, CaseTask, CaseTie, CaseWatcher
from huiyin.cases.models.talk import NoteKind
from huiyin.foundation.actions import Act
from huiyin.foundation.inserting import insert

HERE = "cases.case"


def carry(act: Act, case: Case, into: Case) -> dict[str, Any]:
    """Moves words, files, open tasks and links of ``case`` over to ``into``, and lets its followers follow that too.

    The same file is kept once.

    Returns what :func:`bring_back` needs to know.
    """
    last = {name: _newest(into, name) for name in ("stages", "notes", "attachments", "tasks")}
    words = list(case.notes.values_list("pk", flat=True))
    kept = into.attachments.values("digest")
    files = list(case.attachments.exclude(digest__in=kept).values_list("pk", flat=True))
    tasks = list(case.tasks.filter(done_at=None, dropped=False).values_list("pk", flat=True))
    CaseNote.objects.filter(pk__in=words, said_in=None).update(said_in=case)
    CaseNote.objects.filter(pk__in=words).update(case=into)
    Attachment.objects.filter(pk__in=files).update(case=into)
    CaseTask.objects.filter(pk__in=tasks).update(case=into)
    return {
        "notes": [*words, _first_words(case, into).pk],
        "files": files,
        "last": last,
        "watchers": follow(act, into, case.watchers.values_list("staff_id", flat=True), "added"),
        "tasks": tasks,
        "ties": [*_carried_ties(case, into, "case", "other"), *_carried_ties(case, into, "other", "case")],
    }


def _newest(case: Case, name: str) -> int:
    found: int | None = getattr(case, name).aggregate(newest=Max("pk"))["newest"]
    return found or 0


def _first_words(case: Case, into: Case) -> CaseNote:
    """What the case began with becomes a line of the other one."""
    said = {"kind": NoteKind.SAID, "text": case.description, "at": case.received_at, "channel": case.channel}
    return insert(CaseNote(case=into, message=HERE, message_id=case.pk, said_in=case, **said))


def _carried_ties(case: Case, into: Case, end: str, far: str) -> list[list[Any]]:
    moved: list[list[Any]] = []
    there = set(CaseTie.objects.filter(**{end: into}).values_list("kind", f"{far}_id"))
    for tie in CaseTie.objects.filter(**{end: case}).exclude(**{far: into}):
        if (tie.kind, getattr(tie, f"{far}_id")) not in there:
            setattr(tie, end, into)
            tie.save(update_fields=[end])
            moved.append([tie.pk, end])
    return moved


def bring_back(case: Case, into: Case, carried: dict[str, Any]) -> QuerySet[CaseTask]:
    """Gives a case what was carried away with it; returns its tasks that came back."""
    CaseNote.objects.filter(message=HERE, message_id=case.pk).delete()
    words = CaseNote.objects.filter(pk__in=carried["notes"])
    words.filter(said_in=case).update(said_in=None)
    words.update(case=case)
    Attachment.objects.filter(pk__in=carried["files"]).update(case=case)
    tasks = CaseTask.objects.filter(pk__in=carried["tasks"])
    tasks.update(case=case)
    CaseWatcher.objects.filter(case=into, staff__in=carried["watchers"], why="added").delete()
    for pk, end in carried["ties"]:
        CaseTie.objects.filter(pk=pk).update(**{end: case})
    return tasks


def both(act: Act, one: int, other: int) -> tuple[Case, Case]:
    """Two cases in the actor's area, locked in one order, whichever is named first.

    Raises:
        NotFound: one of them is out of sight. Forbidden: the actor only follows it.
    """
    found = {pk: locked(act, pk) for pk in sorted({one, other})}
    return found[one], found[other]
