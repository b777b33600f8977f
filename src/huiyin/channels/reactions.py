"""What the channels do when a lower room speaks: steps of late promises reach the people concerned;
messages follow their customer through a merge and back."""

from __future__ import annotations

from collections import defaultdict

from huiyin.channels.actions.notify_staff import notify_staff
from huiyin.channels.actions.pass_on import pass_on_again
from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.models import OutgoingMessage
from huiyin.channels.queries.staff import NOTICE
from huiyin.channels.rules.staff.groups import STEPS
from huiyin.customers.public import CustomersMerged, MergeUndone
from huiyin.foundation.events import reacts_to
from huiyin.kernel.call import Call
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import PromisesHandedOver, PromisesStepped, StepTaken, heads_of, promise_kinds

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
    kind = kinds[step.kind] if step.kind in kinds else None  # noqa: SIM401 - a registry has no get
    page = kind.page if kind else ""
    text = message(STEPS[step.step], what=kind.label if kind else step.kind, title=step.title)
    notify_staff(call, [person], text, page=page, args=[step.subject_id] if page else [])


@reacts_to(PromisesHandedOver)
def tell_who_takes_over(call: Call, event: PromisesHandedOver) -> None:
    """The stand-in, or whoever leads the departments and stores, hears how much has come."""
    text = message(
        _("%(name)s is away; %(count)s promises are yours now."), name=event.absent, count=len(event.promise_ids)
    )
    people = [event.to] if event.to is not None else heads_of(event.promise_ids)
    notify_staff(call, people, text, page="today")


@reacts_to(MessageNotDelivered)
def try_the_next_way(call: Call, event: MessageNotDelivered) -> None:
    """A notice that did not arrive one way goes the next; on the screen it stands anyway."""
    if event.about and event.about[0] == NOTICE:
        pass_on_again(call, event.about[1])


@reacts_to(CustomersMerged)
def follow_merge(call: Call, event: CustomersMerged) -> None:  # noqa: ARG001 - listeners take the call
    """Messages of the file that went away belong to the kept one; which ones is noted for the way back."""
    rows = OutgoingMessage.objects.filter(customer_id=event.gone_id).select_for_update().order_by("pk")
    moved = list(rows.values_list("pk", flat=True))
    OutgoingMessage.objects.filter(pk__in=moved).update(customer_id=event.kept_id)
    event.moved[OutgoingMessage._meta.label_lower] = moved


@reacts_to(MergeUndone)
def follow_undone_merge(call: Call, event: MergeUndone) -> None:  # noqa: ARG001 - listeners take the call
    """Messages that the merge moved go back."""
    moved = OutgoingMessage.objects.filter(pk__in=event.moved.get(OutgoingMessage._meta.label_lower, ()))
    moved.filter(customer_id=event.kept_id).update(customer_id=event.gone_id)
