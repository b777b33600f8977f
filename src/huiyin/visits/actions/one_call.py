"""Several visits made in one call: who takes part, what was heard for each, and what their answers ask for together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.public import AnswersGiven, Heard
from huiyin.visits.actions.answering import take_answers
from huiyin.visits.actions.follow_up import conclude
from huiyin.visits.actions.following import TALKED
from huiyin.visits.actions.joining import locked_others
from huiyin.visits.actions.taking import take, take_over
from huiyin.visits.models import Visit
from huiyin.visits.queries.one_talk import dimensions_of, talk_about
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.rules.lifecycle import State
from huiyin.visits.rules.one_talk import MOOD, Talk

WAITING = (State.DUE, State.PLANNED)


def take_call(act: Act, leader: Visit, shown: Sequence[int] | None) -> list[Visit]:
    """Makes a locked visit the actor's and returns those made in its call, taken up with it.

    These are all of them, or those the agent had ``shown``: what was asked because it stood on the screen counts, also
    when the calls were put together otherwise meanwhile.

    Raises:
        Conflict: somebody else is on one of them, it has ended, the actor handled its case, or (unless shown otherwise)
            the visit itself is made in another one's call.
    """
    if shown is not None and leader.made_with_id is not None:
        leader.made_with = None
        leader.save(update_fields=["made_with"])
    take(act, leader)
    every = locked_others([leader])
    if shown is not None:
        every = [each for each in every if each.pk in shown]
        every += _put_elsewhere(leader, set(shown) - {each.pk for each in every})
    for each in every:
        take_over(act, each)
    return every


def _put_elsewhere(leader: Visit, missing: set[int]) -> list[Visit]:
    """Visits that are by themselves or in another call by now, unless somebody holds or has begun them."""
    if not missing:
        return []
    rows = Visit.objects.filter(pk__in=missing, customer=leader.customer_id, state__in=WAITING)
    found = [under_policy(each) for each in rows.order_by("pk").select_for_update(of=("self",), skip_locked=True)]
    for each in found:
        each.made_with, each.customer = leader, leader.customer
    return found


def hear_all(act: Act, leader: Visit, others: Sequence[Visit], heard: Heard) -> dict[str, object]:
    """Enters what was heard for each visit's questionnaire; what belongs into the leader's line of history.

    Of a talk that broke off (``heard.partial``) the visits of which nothing was answered are left out.

    Raises:
        Invalid: impossible or missing answers; ``fields`` names them as the one form does, and nothing is saved.
    """
    every, talk = [leader, *others], talk_about(leader, others)
    together: list[tuple[Visit, AnswersGiven]] = []
    said: dict[int, dict[str, object]] = {}
    wrong: dict[str, Message] = {}
    asked = [each for each in every if talk.answers_of(each.pk, heard.answers) or not heard.partial]
    for each in asked:
        each.save(update_fields=TALKED)
        each.in_talk = together
        try:
            said[each.pk] = _hear(act, each, talk, heard)
        except Invalid as refusal:
            wrong |= {_key_of(talk, each.pk, code): why for code, why in refusal.fields.items()}
    if wrong:
        raise Invalid(message(_("Some answers are missing or not possible.")), wrong)
    conclude(act, together)
    return {**said.pop(leader.pk, {}), "with": {str(pk): what for pk, what in said.items()}}


def _key_of(talk: Talk, visit: int, code: str) -> str:
    plain, dot, end = code.rpartition(".")
    keys = talk.keys[visit]
    return keys.get(code) or (f"{keys[plain]}.{end}" if dot and plain in keys else code)


def _hear(act: Act, visit: Visit, talk: Talk, heard: Heard) -> dict[str, object]:
    mine = replace(heard, answers=talk.answers_of(visit.pk, heard.answers))
    if not asks_mood(visit, talk):
        mine = replace(mine, emotion=None, emotion_note="")
    return take_answers(act, visit, mine, dimensions_of(visit, talk.shared_by(visit.pk)))


def asks_mood(visit: Visit, talk: Talk) -> bool:
    """Whether a visit's questionnaire has the question of the customer's mood."""
    moods = {once.key for once in talk.questions if once.question.kind == MOOD}
    return not moods.isdisjoint(talk.keys[visit.pk].values())
