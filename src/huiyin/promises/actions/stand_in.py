"""What falls due while its owner is away finds other hands (ORG-4)."""

from __future__ import annotations

from django.db.models import Q

from huiyin.foundation.actions import Act, action
from huiyin.organisation.public import PersonAway
from huiyin.promises.events import PromisesHandedOver
from huiyin.promises.kinds import promise_kinds
from huiyin.promises.models import Promise, PromiseState


@action("promises.stand_in")
def hand_over_due(act: Act, away: PersonAway) -> int:
    """Gives the running promises due before the leave ends to the stand-in, else to their department or store.

    Returns how many. What nobody but the owner could be found for stays with the owner; what has been handed over stays
    with whoever took it, also when the owner is back.
    """
    rows = Promise.objects.select_for_update().filter(
        owner=away.staff_id, state=PromiseState.OPEN, due_at__lt=away.until, kind__in=_kinds()
    )
    if away.stand_in_id is None:
        rows = rows.filter(Q(department__isnull=False) | Q(store__isnull=False))
    moved = tuple(rows.order_by("pk").values_list("pk", flat=True))
    if moved:
        Promise.objects.filter(pk__in=moved).update(owner=away.stand_in_id)
        act.record_each((row, {"absent": away.name}) for row in Promise.objects.filter(pk__in=moved))
        act.emit(PromisesHandedOver(away.name, away.stand_in_id, moved))
    return len(moved)


def _kinds() -> list[str]:
    return [kind.code for kind in promise_kinds() if not kind.handed_over_by_room]
