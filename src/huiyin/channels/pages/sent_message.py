"""One message of ours whole: its words, its way, its fate."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyin.channels.actions.send_again import may_send_again, send_again
from huiyin.channels.models import OutgoingMessage
from huiyin.channels.pages.messages import TONES
from huiyin.channels.queries.messages import sent_message
from huiyin.channels.registry import channel_kinds
from huiyin.channels.rules.sms.segments import characters
from huiyin.channels.texting import sms_texts
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


@dataclass(frozen=True)
class SentMessagePage:
    """The message; ``kind`` and ``template`` are names for people; ``again``: the viewer may have it sent once more."""

    message: OutgoingMessage
    tone: str
    icon: str
    template: str
    characters: int
    again: bool


@page("messages/sent/<int:message_id>/", name="sent-message", needs="channels.see")
def sent_message_page(request: Request, message_id: int) -> HttpResponse:
    """One message of ours."""
    return _shown(request, sent_message(request.actor, message_id), forms.Form())


@page("messages/sent/<int:message_id>/again/", name="sent-message-again", needs="channels.work")
@require_POST
def again_page(request: Request, message_id: int) -> HttpResponse:
    """Sends an SMS once more that did not arrive."""
    message = sent_message(request.actor, message_id)
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        send_again(call_of(request), message_id)
    return go("sent-message", message_id) if not form.errors else _shown(request, message, form)


def _shown(request: Request, message: OutgoingMessage, form: forms.Form) -> HttpResponse:
    known = message.template in sms_texts()
    context = SentMessagePage(
        message=message,
        tone=TONES[message.state],
        icon=channel_kinds()[message.kind].icon,
        template=gettext(sms_texts()[message.template].label) if known else "",
        characters=characters(message.text),
        again=may_send_again(message) and request.actor.may("channels.work"),
    )
    return show(request, "channels/sent_message.html", context, form=form, status=409 if form.errors else 200)
