"""What the channels do when a lower room speaks: steps of late promises reach the people concerned."""

from __future__ import annotations

from collections import defaultdict

from huiyin.channels.actions.notify_staff import notify_staff
from huiyin.foundation.events import reacts_to
from huiyin.kernel.call import Call
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import PromisesStepped, StepTaken, promise_kinds

TEXTS = {
    "warn": _("Due soon: %(what)s · %(title)s"),
    "breach": _("Late: %(what)s · %(title)s"),
    "escalate": _("Still late, please step in: %(what)s · %(title)s"),
}
MANY = 20


@reacts_to(PromisesStepped)
def tell_people(call: Call, event: PromisesStepped) -> None:
    """One notice per step and person; who would get very many in one pass gets one that counts them."""
    by_person: dict[int, list[StepTaken]] = defaultdict(list)
    for step in event.steps:
        for person in step.staff_ids:
            by_person[person].append(step)
    for person, steps in by_person.items():
        if len(steps) > MANY:
            notify_staff(
                call, [person], message(_("%(count)s promises are due or late."), count=len(steps)), page="today"
            )
            continue
        for step in steps:
            _tell_one(call, person, step)


def _tell_one(call: Call, person: int, step: StepTaken) -> None:
    kinds = promise_kinds()
    kind = kinds[step.kind] if step.kind in kinds else None
    page = kind.page if kind else ""
    text = message(TEXTS[step.step], what=kind.label if kind else step.kind, title=step.title)
    notify_staff(call, [person], text, page=page, args=[step.subject_id] if page else [])
