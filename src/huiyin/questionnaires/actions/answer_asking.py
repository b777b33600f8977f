"""Takes answers: from an agent on the phone, or from the customer by link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.questionnaires.actions.entering import Heard, enter, enter_heard, still_open
from huiyin.questionnaires.models import AnswerLink, Asking
from huiyin.questionnaires.queries.answers import answered
from huiyin.questionnaires.queries.links import digest_of
from huiyin.questionnaires.rules.flags import OTHER_DEVICE, STAFF_HAND
from huiyin.questionnaires.rules.reading import missing, read_answers
from huiyin.questionnaires.rules.words import Way


@dataclass(frozen=True)
class Taken:
    """What became of answers by link: the asking, what was wrong by key, what is still missing."""

    asking: Asking
    wrong: Mapping[str, Message]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Hand:
    """Who holds the browser that answers by link: a member of staff who is signed in there, and what tells the device
    from others ("": nothing does)."""

    staff: int | None = None
    device: str = ""


@action("questionnaires.answer_asking", needs="questionnaires.answer")
def answer_asking(
    act: Act,
    asking_id: int,
    *,
    answers: Mapping[str, object],
    way: str = Way.PHONE,
    emotion: str | None = None,
    emotion_note: str = "",
    partial: bool = False,
) -> Asking:
    """Stores an agent's entries (see :class:`Heard`), all or none; complete unless ``partial``.

    The caller has made sure that the person may see the subject.

    Raises:
        Invalid: a value is impossible or a required question is unanswered (complete form); ``fields`` says which.
        Conflict: the asking is already answered or expired.
    """
    asking = still_open(act, act.lock(Asking.objects.all(), asking_id))
    changed = enter_heard(act, answered(asking), Heard(answers, way, emotion, emotion_note, partial))
    if changed or not partial:
        _record(act, asking, changed)
    return asking


@action("questionnaires.answer_by_link")
def answer_by_link(
    act: Act,
    token: str,
    *,
    answers: Mapping[str, object],
    began_at: datetime | None = None,
    partial: bool = False,
    hand: Hand | None = None,
) -> Taken:
    """Stores what the customer sent: good answers are kept even when others are wrong or missing (VIS-29).

    ``hand`` is who holds the browser: answers from a staff account, or on a second device, are flagged (QST-5).

    Raises:
        NotFound: no such link, or it was revoked.
        Conflict: already answered or expired, or the work of ``hand`` is judged.
    """
    asking = linked(act, token)
    by_hand(asking, hand or Hand())
    before = answered(asking)
    reading = read_answers(before.asks, answers)
    left = missing(before.asks, {**before.given, **reading.good})
    complete = not (partial or reading.wrong or left)
    changed = enter(act, before, reading.good, way=Way.SELF, began_at=began_at, complete=complete)
    if changed or complete:
        _record(act, asking, changed)
    return Taken(asking, reading.wrong, left)


def linked(act: Act, token: str) -> Asking:
    """The asking behind a link, locked, that still waits for answers.

    Raises:
        NotFound: no such link, or it was revoked.
        Conflict: already answered or expired.
    """
    link = AnswerLink.objects.filter(digest=digest_of(token), revoked_at=None).first()
    if link is None:
        raise NotFound
    return still_open(act, act.lock(Asking.objects.all(), link.asking_id))


def by_hand(asking: Asking, hand: Hand) -> None:
    """Notes who answers (not saved): the first device, and what makes the answers doubtful.

    Raises:
        Conflict: the work of whoever is signed in here is judged.
    """
    if hand.staff is not None and hand.staff in (asking.agent_id, asking.asked_by):
        raise Conflict(message(_("Nobody scores their own work: the customer opens this link.")))
    flags = {*asking.flags, *([STAFF_HAND] if hand.staff is not None else [])}
    if hand.device and asking.device not in ("", hand.device):
        flags.add(OTHER_DEVICE)
    asking.flags = sorted(flags)
    asking.device = asking.device or hand.device


def _record(act: Act, asking: Asking, changed: tuple[str, ...]) -> None:
    act.record(asking, customer_id=asking.customer_id, way=asking.way, state=asking.state, answers=list(changed))
