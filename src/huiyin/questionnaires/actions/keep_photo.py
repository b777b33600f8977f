"""Takes photos from customers one by one, and back again, while the questionnaire is open (QST-1)."""

from __future__ import annotations

from datetime import datetime

from huiyin.channels.public import keep
from huiyin.foundation.actions import Act, action
from huiyin.foundation.photos import MOST_PHOTOS, Photo
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.actions.answer_asking import Hand, by_hand, linked
from huiyin.questionnaires.actions.entering import enter
from huiyin.questionnaires.models import AnswerPhoto, Asking, Question
from huiyin.questionnaires.queries.answers import Answered, answered
from huiyin.questionnaires.rules.reading import Given
from huiyin.questionnaires.rules.words import QuestionKind, Way

FOLDER = "photos"


@action("questionnaires.keep_photo")
def keep_photo(
    act: Act, token: str, code: str, photo: Photo, *, hand: Hand, began_at: datetime | None = None
) -> Asking:
    """Adds a photo to the answer of a photo question; the same photo twice is one.

    Raises:
        NotFound: no such link or question.
        Invalid: there are as many photos as the question takes.
        Conflict: already answered or expired, or another browser answers.
    """
    before, question = _open(act, token, code, hand)
    path, mine = keep(photo.content, FOLDER), _photos(before, code)
    if AnswerPhoto.objects.filter(pk__in=mine, path=path).exists():
        asking: Asking = before.asking
        return asking
    most = question.most_photos or MOST_PHOTOS
    if len(mine) >= most:
        raise Invalid(message(_("This question takes at most %(most)s photos."), most=most))
    row = AnswerPhoto.objects.create(
        asking=before.asking,
        question=question,
        path=path,
        width=photo.width,
        height=photo.height,
        size=len(photo.content),
        made_at=act.now,
    )
    return _enter(act, before, code, (*mine, row.pk), began_at)


@action("questionnaires.drop_photo")
def drop_photo(act: Act, token: str, code: str, photo_id: int, *, hand: Hand) -> Asking:
    """Takes a photo out of the answer again; one that is gone changes nothing.

    Raises:
        NotFound: no such link or question.
        Conflict: already answered or expired, or another browser answers.
    """
    before, _question = _open(act, token, code, hand)
    left = tuple(each for each in _photos(before, code) if each != photo_id)
    return _enter(act, before, code, left, None)


def _open(act: Act, token: str, code: str, hand: Hand) -> tuple[Answered, Question]:
    """The asking behind the link, locked and open, and its photo question."""
    asking = linked(act, token)
    if asking.device not in ("", hand.device):
        raise Conflict(message(_("This questionnaire is being answered on another device.")))
    by_hand(asking, hand)
    before = answered(asking)
    question = next((one for one in before.questions if one.code == code and one.kind == QuestionKind.PHOTO), None)
    if question is None:
        raise NotFound
    return before, question


def _photos(about: Answered, code: str) -> tuple[int, ...]:
    return tuple(about.answers[code].photos) if code in about.answers else ()


def _enter(act: Act, before: Answered, code: str, photos: tuple[int, ...], began_at: datetime | None) -> Asking:
    given = {code: Given(choices=tuple(map(str, photos)))}
    changed = enter(act, before, given, way=Way.SELF, complete=False, began_at=began_at)
    asking: Asking = before.asking
    if changed:
        act.record(asking, customer_id=asking.customer_id, way=asking.way, state=asking.state, answers=list(changed))
    return asking
