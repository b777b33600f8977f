"""Decides about a suspected pair: one customer (merge), two customers, or back again (CUS-4)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import ForeignKey, Model, QuerySet

from huiyin.customers.events import CustomersMerged, MergeUndone
from huiyin.customers.models import Customer, MergeSuspect, SuspectReason, SuspectState
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import move_customer

OURS = (MergeSuspect, Customer)
PROMISES = "promises.promise"


@action("customers.merge", needs="customers.merge")
def merge_customers(act: Act, suspect_id: int, *, keep_id: int) -> MergeSuspect:
    """Moves everything of the other file, in every room, to ``keep_id``; what moved is noted for the way back.

    Raises:
        Conflict: the pair was decided already.
        Invalid: ``keep_id`` is none of the two.
    """
    suspect = _open(act, suspect_id)
    if keep_id not in (suspect.first_id, suspect.second_id):
        raise Invalid(message(_("Choose which of the two files is kept.")))
    gone_id = suspect.second_id if keep_id == suspect.first_id else suspect.first_id
    kept = act.lock(Customer.objects.filter(merged_into=None), keep_id)
    gone = act.lock(Customer.objects.filter(merged_into=None), gone_id)
    moved = {_name(field): _move(field, gone, kept) for field in _pointers()}
    moved[PROMISES] = move_customer(act.call, gone.pk, kept.pk)
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    act.record(kept, customer_id=kept.pk, gone=gone.number)
    merged = CustomersMerged(kept_id=kept.pk, gone_id=gone.pk)
    act.emit(merged)
    suspect.moved = {**moved, **merged.moved}
    _decide(act, suspect, SuspectState.MERGED, kept)
    return suspect


@action("customers.undo_merge", needs="customers.merge")
def undo_merge(act: Act, suspect_id: int) -> MergeSuspect:
    """Moves back exactly the rows that the merge moved; the pair is open again.

    Raises:
        Conflict: nothing to undo, or a later merge stands in the way.
    """
    suspect = act.lock(MergeSuspect.objects.filter(state=SuspectState.MERGED), suspect_id)
    gone_id = suspect.second_id if suspect.kept_id == suspect.first_id else suspect.first_id
    gone = act.lock(Customer.objects.all(), gone_id)
    if gone.merged_into_id != suspect.kept_id or suspect.kept is None or suspect.kept.merged_into_id:
        raise Conflict(message(_("One of the two was merged again later. Undo that first.")))
    for field in _pointers():
        rows: QuerySet[Model] = QuerySet(field.model).filter(pk__in=suspect.moved.get(_name(field), ()))
        rows.filter(**{field.attname: suspect.kept_id}).update(**{field.attname: gone.pk})
    move_customer(act.call, suspect.kept.pk, gone.pk, only=suspect.moved.get(PROMISES, ()))
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    act.record(suspect.kept, customer_id=suspect.kept_id, back=gone.number)
    act.emit(MergeUndone(kept_id=suspect.kept.pk, gone_id=gone.pk, moved=suspect.moved))
    suspect.moved = {}
    _decide(act, suspect, SuspectState.OPEN, None)
    return suspect


@action("customers.keep_apart", needs="customers.merge")
def keep_apart(act: Act, suspect_id: int) -> MergeSuspect:
    """They are two customers: the pair will not be suspected again."""
    suspect = _open(act, suspect_id)
    _decide(act, suspect, SuspectState.DISTINCT, None)
    act.record(suspect, customer_id=suspect.first_id)
    return suspect


@action("customers.suspect", needs="customers.change")
def suspect_pair(act: Act, customer_id: int, other_id: int) -> MergeSuspect:
    """A person noticed that two files are one customer."""
    seen = Customer.objects.visible_to(act.actor)
    one, other = act.lock(seen, customer_id), act.lock(seen, other_id)
    if one.pk == other.pk:
        raise Invalid(message(_("These are not two files.")))
    first, second = sorted((one.pk, other.pk))
    suspect, made = MergeSuspect.objects.get_or_create(
        first_id=first, second_id=second, defaults={"reason": SuspectReason.PERSON, "found_at": act.now}
    )
    if made:
        act.record(suspect, customer_id=one.pk)
    return suspect


def _open(act: Act, suspect_id: int) -> MergeSuspect:
    suspect = act.lock(MergeSuspect.objects.all(), suspect_id)
    if suspect.state != SuspectState.OPEN:
        raise Conflict(message(_("This pair was decided already.")))
    return suspect


def _decide(act: Act, suspect: MergeSuspect, state: SuspectState, kept: Customer | None) -> None:
    suspect.state, suspect.kept = state, kept
    suspect.decided_at, suspect.decided_by_id = act.now, act.actor.id
    suspect.save()


def _pointers() -> Iterator[ForeignKey[Model, Model]]:
    """Every foreign key to a customer in the whole house, but for our own bookkeeping."""
    for relation in Customer._meta.related_objects:
        if relation.related_model not in OURS and isinstance(relation.field, ForeignKey):
            yield relation.field


def _name(field: ForeignKey[Model, Model]) -> str:
    return f"{field.model._meta.label_lower}.{field.name}"


def _move(field: ForeignKey[Model, Model], gone: Customer, kept: Customer) -> list[int]:
    rows: QuerySet[Model] = QuerySet(field.model).filter(**{field.attname: gone.pk})
    moved = list(rows.values_list("pk", flat=True))
    rows.update(**{field.attname: kept.pk})
    return moved
