"""What a change to many cases would do, does, and did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from huiyin.cases.models import BulkItem, BulkState, BulkWork, Case, CaseQuerySet, ItemState
from huiyin.cases.rules.changes import Change, read_changes, why_none
from huiyin.cases.rules.states import STATE_LABELS
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message, message


@dataclass(frozen=True)
class Preview:
    """Of the cases ``chosen``: how many change, how many are so already, and why others are refused, most first."""

    chosen: int
    changes: int
    same: int
    refused: tuple[tuple[Message, int], ...]


def bulk_of(actor: Actor, work_id: int) -> BulkWork:
    """A work of this person's own.

    Raises:
        NotFound: there is none.
    """
    work = BulkWork.objects.select_related("undoes").filter(pk=work_id, asked_by_id=actor.id or 0).first()
    if work is None:
        raise NotFound
    return work


def preview_of(actor: Actor, work: BulkWork) -> Preview:
    """What the work would do to the chosen cases as they are now (three statements, whatever their number)."""
    changes = read_changes(work.changes)
    chosen = Case.objects.filter(pk__in=BulkItem.objects.filter(work=work).values("case_id"))
    seen, area = (_by_state(rows) for rows in (chosen.visible_to(actor), chosen.in_area_of(actor)))
    refused: Counter[tuple[str, tuple[tuple[str, object], ...]]] = Counter()
    possible = 0
    for state, count in seen.items():
        inside = min(area[state], count)
        for number, in_area in ((inside, True), (count - inside, False)):
            why = _why(changes, actor, state, in_area=in_area)
            if why is None:
                possible += number
            elif number:
                refused[why.text, tuple(why.params.items())] += number
    same = same_already(chosen.in_area_of(actor), changes) if possible else 0
    reasons = tuple((message(text, **dict(params)), count) for (text, params), count in refused.most_common())
    return Preview(sum(seen.values()), possible - same, same, reasons)


def _why(changes: tuple[Change, ...], actor: Actor, state: str, *, in_area: bool) -> Message | None:
    rights = {change.kind.right for change in changes if actor.may(change.kind.right)}
    return why_none(changes, state=state, label=STATE_LABELS[state], in_area=in_area, rights=rights)


def _by_state(rows: CaseQuerySet) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("state").annotate(Count("pk"))))


def same_already(rows: CaseQuerySet, changes: tuple[Change, ...]) -> int:
    """How many of the cases are already as a single change would make them."""
    alike = alike_after(changes)
    if alike is None:
        return 0
    return rows.filter(alike, state__in=sorted(changes[0].kind.sources)).count()


def alike_after(changes: tuple[Change, ...]) -> Q | None:
    """What holds for cases that a single change would leave as they are; None when each is changed anyway."""
    if len(changes) != 1:
        return None
    change = changes[0]
    if change.do == "assign":
        return Q(owner_id=change.values["staff_id"])
    if change.do == "route":
        return Q(department_id=change.values["department_id"], owner_id=None)
    if change.do == "triage":
        return Q(level=change.values["level"], level_at__isnull=False)
    return None


@dataclass(frozen=True)
class Progress:
    """How far a work is: cases done, unchanged, refused and waiting."""

    total: int
    done: int
    same: int
    refused: int

    @property
    def behind(self) -> int:
        """How many cases have been looked at."""
        return self.done + self.same + self.refused


def progress_of(work: BulkWork) -> Progress:
    """The counts of a work (one statement)."""
    counts: dict[str, int] = dict(BulkItem.objects.filter(work=work).values_list("state").annotate(Count("pk")))
    return Progress(
        sum(counts.values()),
        counts.get(ItemState.DONE, 0),
        counts.get(ItemState.SAME, 0),
        counts.get(ItemState.REFUSED, 0),
    )


@dataclass(frozen=True)
class RefusedItem:
    """A case that was not changed, and why."""

    case_id: int
    number: str
    title: str
    why: Message


def refused_items(actor: Actor, work: BulkWork, limit: int = 200) -> list[RefusedItem]:
    """The refused cases that the actor still sees, by number, up to a limit."""
    rows = BulkItem.objects.filter(work=work, state=ItemState.REFUSED, case__in=Case.objects.visible_to(actor))
    found = rows.order_by("case__number").values_list("case_id", "case__number", "case__title", "why")[:limit]
    return [RefusedItem(pk, number, title, _message(why)) for pk, number, title, why in found]


def refused_reasons(work: BulkWork) -> list[tuple[Message, int]]:
    """Why cases were refused, most frequent first."""
    rows = BulkItem.objects.filter(work=work, state=ItemState.REFUSED).order_by()
    counted = rows.values_list("why").annotate(count=Count("pk")).order_by("-count")
    return [(_message(why), count) for why, count in counted]


def _message(why: dict[str, Any]) -> Message:
    return message(why.get("text", ""), **why.get("params", {}))


def bulks_of(actor: Actor) -> list[BulkWork]:
    """The last works of a person, newest first."""
    mine = BulkWork.objects.filter(asked_by_id=actor.id or 0).exclude(state=BulkState.CHOOSING)
    return list(mine.order_by("-id")[:20])


def may_undo(work: BulkWork, progress: Progress, now: datetime) -> bool:
    """Whether the change may still be taken back."""
    if work.undo_until is None or now > work.undo_until or hasattr(work, "undone_by"):
        return False
    return progress.done > 0
