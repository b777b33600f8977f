"""One received message whole, with its attachments; ignored and stuck ones can be taken up after all."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from huiyin.channels.actions.handle import take_up
from huiyin.channels.keeping import kept
from huiyin.channels.models import IncomingAttachment, IncomingMessage, IncomingState
from huiyin.channels.pages.messages import TONES
from huiyin.channels.queries.messages import incoming_seen_by
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound


@dataclass(frozen=True)
class MessagePage:
    """The message, its files, and whether it may still be taken up by the viewer."""

    message: IncomingMessage
    tone: str
    attachments: list[IncomingAttachment]
    can_take_up: bool


def _message(request: Request, message_id: int) -> IncomingMessage:
    found = incoming_seen_by(request.actor).filter(pk=message_id).first()
    if found is None:
        raise NotFound
    return found


@page("messages/<int:message_id>/", name="message", needs="channels.see")
def message_page(request: Request, message_id: int) -> HttpResponse:
    """One received message."""
    return _shown(request, _message(request, message_id), forms.Form())


def _shown(request: Request, message: IncomingMessage, form: forms.Form) -> HttpResponse:
    left_aside = message.state in (IncomingState.IGNORED, IncomingState.STUCK)
    context = MessagePage(
        message=message,
        tone=TONES[message.state],
        attachments=list(message.attachments.all()),
        can_take_up=left_aside and request.actor.may("channels.work"),
    )
    return show(request, "channels/message.html", context, form=form)


@page("messages/<int:message_id>/take-up/", name="message-take-up", needs="channels.work")
@require_POST
def take_up_page(request: Request, message_id: int) -> HttpResponse:
    """Offers the message to the rooms that work on messages."""
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        take_up(call_of(request), message_id)
    return go("message", message_id) if not form.errors else _shown(request, _message(request, message_id), form)


@page("messages/<int:message_id>/files/<int:number>/", name="message-file", needs="channels.see")
def file_page(request: Request, message_id: int, number: int) -> HttpResponse:
    """Downloads an attachment; it is never shown inside our own pages, whatever it claims to be."""
    attachment = _message(request, message_id).attachments.filter(number=number).exclude(path="").first()
    if attachment is None:
        raise NotFound
    disposition = content_disposition_header(as_attachment=True, filename=attachment.name) or "attachment"
    return HttpResponse(
        kept(attachment.path),
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )
