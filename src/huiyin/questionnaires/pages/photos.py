"""Photos of a questionnaire: the customer adds and removes them one by one, staff look at them."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from huiyin.channels.public import kept
from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, page, show
from huiyin.foundation.photos import photo_of
from huiyin.kernel.refusal import Invalid, NotFound, Refused
from huiyin.questionnaires.actions.keep_photo import drop_photo, keep_photo
from huiyin.questionnaires.models import Asking
from huiyin.questionnaires.pages.answer import AnswerPage, began, call_for, hand_of, own_answers
from huiyin.questionnaires.pages.device import marked
from huiyin.questionnaires.pages.fields import fields_of
from huiyin.questionnaires.queries.answers import asking_for
from huiyin.questionnaires.queries.links import LinkState, find_link
from huiyin.questionnaires.queries.photos import photo_path

GONE = 409


@page("q/<str:token>/photos/<slug:code>/", name="answer-photos", needs=None)
@never_cache
@csrf_exempt  # as the page itself: the link is the key
def answer_photos(request: Request, token: str, code: str) -> HttpResponse:
    """Adds the photos in ``code``, or removes the one named in ``drop``; gives the question's photos as they are now.

    409 when the link is closed or another device answers; then nothing is kept.
    """
    asking = _open(token)
    if request.method != "POST" or asking is None:
        return HttpResponse(status=GONE)
    error = ""
    try:
        _change(request, token, code, asking)
    except Invalid as refusal:
        error = say(refusal.why)
    except Refused:
        return HttpResponse(status=GONE)
    return _question(request, token, code, asking, error)


def _change(request: Request, token: str, code: str, asking: Asking) -> None:
    hand = hand_of(request)
    question = next((one for one in asking.questionnaire.questions.all() if one.code == code), None)
    drop = request.POST.get("drop", "")
    if drop.isdigit():
        drop_photo(call_for(asking), token, code, int(drop), hand=hand)
    for file in request.FILES.getlist(code):
        photo = photo_of(file.read(), question.most_megabytes if question else None)
        keep_photo(call_for(asking), token, code, photo, hand=hand, began_at=began(request))


def _question(request: Request, token: str, code: str, asking: Asking, error: str) -> HttpResponse:
    asking.refresh_from_db()
    fields = fields_of(own_answers(request, asking), {}, None)
    field = next((one for one in fields if one.question.code == code), None)
    context = AnswerPage(token, asking.questionnaire, fields, began="")
    return marked(
        request,
        show(request, "questionnaires/_photos.html", context, field=field, problem=error, status=422 if error else 200),
    )


@page("q/<str:token>/photos/<slug:code>/<int:photo_id>/", name="answer-photo", needs=None)
@never_cache
def answer_photo(request: Request, token: str, code: str, photo_id: int) -> HttpResponse:
    """One photo, for the browser that sent it."""
    asking = _open(token)
    answer = own_answers(request, asking).answers.get(code) if asking else None
    if asking is None or answer is None or photo_id not in answer.photos:
        raise NotFound
    return _jpeg(asking.pk, photo_id)


@page("askings/<int:asking_id>/photos/<int:photo_id>/", name="asking-photo", needs="questionnaires.see")
@never_cache
def asking_photo(request: Request, asking_id: int, photo_id: int) -> HttpResponse:
    """One photo, for whoever may see the asking (out of scope: 404)."""
    return _jpeg(asking_for(request.actor, asking_id).asking.pk, photo_id)


def _open(token: str) -> Asking | None:
    link = find_link(token, clock.now())
    return link.asking if link.state is LinkState.GOOD else None


def _jpeg(asking_id: int, photo_id: int) -> HttpResponse:
    """The picture; it was written by us, and no browser is to guess anything else in it."""
    content = kept(photo_path(asking_id, photo_id))
    return HttpResponse(
        content, content_type="image/jpeg", headers={"Content-Disposition": "inline; filename=photo.jpg"}
    )
