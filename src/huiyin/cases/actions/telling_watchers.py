"""Tells those who follow a case, each once per action, and nobody who is told of it anyway."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.cases.models import Case, CaseWatcher
from huiyin.cases.rules.stage_words import STAGE_WORDS
from huiyin.cases.rules.states import State
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

_TOLD = "_told_in_action"


def followers(case: Case) -> list[int]:
    """The people who follow the case; nothing is read for a case that nobody ever followed."""
    if not case.watched:
        return []
    return list(CaseWatcher.objects.filter(case=case).order_by("pk").values_list("staff_id", flat=True))


def tell_of_move(act: Act, case: Case, verb: str, target: str) -> None:
    """Says what happened; an action of several moves is told by its first, the rest is on the page.

    Who is responsible for a case that is open again hears why, from the step itself.
    """
    told = {act.actor.staff_id} | (_responsible(case) if target == State.REOPENED else set())
    text = message(
        _("You follow %(number)s: %(what)s. %(title)s"), number=case.number, what=STAGE_WORDS[verb][0], title=case.title
    )
    _tell(act, case, [person for person in followers(case) if person not in told], text)


def _responsible(case: Case) -> set[int | None]:
    return {case.owner_id, case.handler_id}


def _tell(act: Act, case: Case, people: Iterable[int], text: Message) -> None:
    """Leaves the notices for who was not told yet in this action."""
    call, told = getattr(case, _TOLD, (None, set[int]()))
    if call is not act.call:
        told = set()
    fresh = [person for person in people if person not in told]
    setattr(case, _TOLD, (act.call, told | set(fresh)))
    if fresh:
        notify_staff(act.call, fresh, text, page="case", args=[case.pk])
