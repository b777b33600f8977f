"""The frame every action runs in: one transaction, the right, the journal, events, and harmless repeats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import connection, models, transaction

from huiyin.foundation.events import tell
from huiyin.foundation.inserting import insert
from huiyin.foundation.kept import know
from huiyin.foundation.models import ActEntry, Once
from huiyin.kernel.actor import Actor
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Forbidden, Invalid, NotFound, Repeated
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)

_TELL = """
    SELECT (SELECT value FROM foundation_settingsstamp WHERE id = 1),
           set_config('huiyin.actor', %s, true), set_config('huiyin.verb', %s, true)
"""
OTHER_BODY = _(
    "This Idempotency-Key was used for another request. Nothing was changed; send the new request with its own key."
)
_speaking: ContextVar[tuple[str, str] | None] = ContextVar("speaking", default=None)


class Act:
    """The running action: who, when, and its ways to lock, record and speak."""

    def __init__(self, call: Call, verb: str) -> None:
        self.actor: Actor = call.actor
        self.now: datetime = call.now
        self.verb = verb
        self.call = Call(actor=call.actor, now=call.now)

    def lock(self, visible: models.QuerySet[M], pk: int) -> M:
        """Loads one visible row and locks it until the transaction ends.

        The row is as it is now, also after waiting for somebody else's change, and so is what is joined to it.

        Raises:
            NotFound: no such row, or outside the actor's scope.
        """
        rows = visible.filter(pk=pk)
        joined = _joins(rows)
        row = rows.select_for_update(of=("self",), skip_locked=joined).first()
        if joined and (row is None or _outran(row)):
            row = rows.first() if _waited(visible.model, pk) else None
        if row is None:
            raise NotFound
        return row

    def record(
        self, subject: models.Model, *, customer_id: int | None = None, reason: str = "", **data: Any
    ) -> ActEntry:
        """Writes one line of history about ``subject``; ``data`` must be JSON."""
        return insert(self._entry(subject, customer_id, reason, data))

    def record_each(
        self,
        subjects: Iterable[tuple[models.Model, dict[str, Any]]],
        *,
        customers: Mapping[int, int | None] | None = None,
    ) -> None:
        """Writes one line of history about each subject with its data, in one statement per thousand.

        ``customers``: whose history it is, by the subject's key.
        """
        whose = customers or {}
        entries = [self._entry(subject, whose.get(subject.pk), "", data) for subject, data in subjects]
        ActEntry.objects.bulk_create(entries, batch_size=1_000)

    def _entry(self, subject: models.Model, customer_id: int | None, reason: str, data: dict[str, Any]) -> ActEntry:
        return ActEntry(
            at=self.now,
            verb=self.verb,
            actor_kind=self.actor.kind,
            actor_id=self.actor.id,
            actor_name=self.actor.name,
            subject=subject._meta.label_lower,
            subject_id=subject.pk,
            customer_id=customer_id,
            reason=reason,
            data=data,
        )

    def emit(self, event: object) -> None:
        """Tells the rooms above, in this transaction."""
        tell(self.call, event)


def _joins(rows: models.QuerySet[Any]) -> bool:
    """Whether the statement reads other tables as well.

    PostgreSQL gives a statement that waited for a lock the row as it has become, but what is joined to it as it was
    before: such a statement must not wait.
    """
    return bool(rows.query.select_related) or sum(1 for n in rows.query.alias_refcount.values() if n) > 1


def _outran(row: models.Model) -> bool:
    """Whether the row changed between the statement's beginning and its lock: what is joined is not what it names."""
    named = (each for each in row._meta.concrete_fields if isinstance(each, models.ForeignKey) and each.is_cached(row))
    there = ((each, each.get_cached_value(row)) for each in named)
    return any(getattr(row, each.attname) != (other and other.pk) for each, other in there)


def _waited(model: type[models.Model], pk: int) -> bool:
    """Waits for the row and locks it; False when there is none."""
    quoted = connection.ops.quote_name
    table, key = quoted(model._meta.db_table), quoted(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {key} = %s FOR UPDATE", [pk])  # noqa: S608 - names of our tables
        return cursor.fetchone() is not None


def action(
    verb: str, *, needs: str | None = None
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Call, P], R]]:
    """Makes a function an action named ``verb`` that only actors with the right ``needs`` may run.

    The wrapped function is called with a :class:`Call` in place of the :class:`Act`. Raises Forbidden without the
    right, Repeated when the call's idempotency key was used before, and Invalid when it came with another body then.
    """

    def decorate(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Call, P], R]:
        @wraps(function)
        def run(call: Call, *args: P.args, **kwargs: P.kwargs) -> R:
            if needs is not None and not call.actor.may(needs):
                raise Forbidden
            with transaction.atomic(), _announced(call.actor, verb):
                used = _use_once(call, verb)
                result = function(Act(call, verb), *args, **kwargs)
                if used:
                    _remember(used, result)
                return result

        return cast("Callable[Concatenate[Call, P], R]", run)

    return decorate


def _use_once(call: Call, verb: str) -> str | None:
    """Takes the idempotency key; waits for a twin that is still running."""
    if not call.once:
        return None
    key = f"{call.actor.kind}:{call.actor.id or ''}:{verb}:{call.once}"[:100]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_once (key, verb, at, body) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING RETURNING key",
            [key, verb, call.now, call.body],
        )
        mine = cursor.fetchone()
    if mine is None:
        first = Once.objects.get(key=key)
        if first.body and call.body and first.body != call.body:
            raise Invalid(message(OTHER_BODY))
        raise Repeated(first.result)
    return key


@contextmanager
def _announced(actor: Actor, verb: str) -> Iterator[None]:
    """Tells the journal's triggers who acts, until this action ends; then the outer action speaks again."""
    who = f"{actor.kind}:{actor.id}" if actor.id else str(actor.kind)
    outer = _speaking.get()
    token = _speaking.set((who, verb))
    _tell_triggers(who, verb)
    try:
        yield
        if outer or len(connection.savepoint_ids) > 0:
            _tell_triggers(*(outer or ("", "")))
    except BaseException:
        know(None)
        raise
    finally:
        _speaking.reset(token)
        if outer is None:
            know(None)


def _tell_triggers(who: str, verb: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [who, verb])
        stamp, _actor, _verb = cursor.fetchone()
        know(stamp)


def _remember(key: str, result: object) -> None:
    made = json.dumps(_result_of(result))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE foundation_once SET result = NULLIF(%s::jsonb, 'null') WHERE key = %s", [made, key])


def _result_of(result: object) -> object:
    """What a repeat is answered with: the key of the row made, or plain JSON."""
    if isinstance(result, models.Model):
        return result.pk
    return result if isinstance(result, (str, int, float, bool, list, dict)) else None
