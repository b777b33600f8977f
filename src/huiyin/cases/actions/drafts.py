"""Words that are being typed are kept until they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import F

from huiyin.cases.models import Case, CaseLook, CaseNote, Draft
from huiyin.cases.models.drafts import SENDING
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import NotFound

MOST = 5  # of one person at one part of a case
LONGEST = 20_000


@action("cases.keep_draft")
def keep_draft(
    act: Act, case_id: int, *, part: str, values: Mapping[str, str], draft_id: int | None = None, version: int = 0
) -> Draft | None:
    """Keeps what the actor typed into a part of a case; None when there is nothing to keep, or it was sent meanwhile.

    ``draft_id`` and ``version`` say which draft it continues. Where that was changed elsewhere meanwhile (on another
    device), this one is kept beside it.

    Raises:
        NotFound: the case is out of sight.
    """
    if not Case.objects.visible_to(act.actor).filter(pk=case_id).exists():
        raise NotFound
    me = act.actor.staff_id or 0
    kept = {name: value[:LONGEST] for name, value in values.items() if value.strip()}
    mine = Draft.objects.filter(staff_id=me, case_id=case_id, part=part)
    same = mine.filter(pk=draft_id or 0, version=version)
    sent = _just_sent(act, case_id, kept.get("text", "").strip())
    wrote = {} if sent else {"wrote_at": act.now}
    CaseLook.objects.filter(staff_id=me, case_id=case_id).update(at=act.now, **wrote)
    if sent or not kept:
        same.delete()
        return None
    if same.update(values=kept, version=F("version") + 1, saved_at=act.now):
        return mine.filter(pk=draft_id or 0).first()
    return mine.filter(values=kept).first() or _beside(act, case_id, part, kept)


def _just_sent(act: Act, case_id: int, text: str) -> bool:
    """Whether the page's last keeping came in behind the sending of the same words."""
    just = CaseNote.objects.filter(case_id=case_id, author_id=act.actor.staff_id, at__gte=act.now - SENDING)
    return bool(text) and just.filter(text=text).exists()


def _beside(act: Act, case_id: int, part: str, values: dict[str, str]) -> Draft:
    mine: dict[str, Any] = {"staff_id": act.actor.staff_id, "case_id": case_id, "part": part}
    made = Draft.objects.create(**mine, values=values, saved_at=act.now)
    newest = Draft.objects.filter(**mine).order_by("-saved_at", "-pk").values("pk")[:MOST]
    Draft.objects.filter(**mine).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return made


@action("cases.drop_draft")
def drop_draft(act: Act, draft_id: int) -> None:
    """Throws a draft of the actor away: it was sent, or is wanted no more. Twice is as good as once."""
    draft = Draft.objects.filter(pk=draft_id, staff_id=act.actor.staff_id or 0).first()
    if draft is not None:
        CaseLook.objects.filter(staff_id=draft.staff_id, case_id=draft.case_id).update(wrote_at=None)
        draft.delete()
