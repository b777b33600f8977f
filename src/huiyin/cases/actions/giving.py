"""Many cases change hands at once, within their departments."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.cases.models import Case
from huiyin.foundation.actions import Act
from huiyin.promises.public import hand_over_many


def give_at_once(act: Act, cases: Sequence[Case], owner: int | None) -> None:
    """Gives locked cases to a person (None: they wait), with what is owed about them, in two statements."""
    ids = [case.pk for case in cases]
    Case.objects.filter(pk__any_of=ids).update(owner_id=owner)
    hand_over_many(act.call, subject_label="cases.case", ids=ids, owner=owner)
    for case in cases:
        case.owner_id = owner
