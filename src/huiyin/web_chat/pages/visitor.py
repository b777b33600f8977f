"""The visitor's side: begin a talk, see it, say something. No sign-in; the token in the address is the key.

It may stand in a frame of the company's sites, where browsers give no cookies: nothing here needs one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.framing import framed_by
from huiyin.foundation.pages import Request, call_of, go, new_once, page, show
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid, Repeated
from huiyin.web_chat.actions.begin_chat import begin_chat
from huiyin.web_chat.actions.say import say as say_line
from huiyin.web_chat.models import Chat, ChatLine
from huiyin.web_chat.queries.settings import numbers_on, opens_at
from huiyin.web_chat.queries.talks import News, chat_of_token, news, note_presence, note_typing

LONGEST_PAGE = 200


class BeginForm(forms.Form):
    """The first words, and who writes; ``website`` is a trap that people never see."""

    text = forms.CharField(
        label=_("What can we do for you?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "autofocus": True})
    )
    name = forms.CharField(label=_("Your name"), required=False, max_length=80)
    phone = forms.CharField(
        label=_("Your phone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("So that we can reach you should this talk break off."),
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_website(self) -> str:
        """Programs fill every field; this one stays empty in a person's hands."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("This could not be sent. Please call us instead."))
        return ""


@dataclass(frozen=True)
class StartPage:
    """When somebody is there again (None: now), and within how many minutes the first answer is promised."""

    opens_at: datetime | None
    minutes: int


@dataclass(frozen=True)
class TalkPage:
    """A talk with its lines; ``key`` is of the next line, ``every`` the seconds between two looks."""

    chat: Chat
    lines: list[ChatLine]
    last: int
    types: bool
    key: str
    every: int
    longest: int


@page("chat/", name="chat-start", needs=None)
@never_cache
@xframe_options_exempt
@csrf_exempt  # inside a frame there are no cookies; there is no session to abuse either
def start(request: Request) -> HttpResponse:
    """The beginning; words that a talk had no more room for (``carried``) stand in the form."""
    now = clock.now()
    carried = {"text": request.POST["text"]} if "carried" in request.POST and "text" in request.POST else None
    form = BeginForm(initial=carried) if carried else BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        token = _begun(request, form)
        if token:
            return _framed(go("chat-talk", token))
    context = StartPage(opens_at(now), numbers_on(now.date()).first_answer_minutes)
    return _framed(show(request, "web_chat/start.html", context, 422 if form.errors else 200, form=form))


@page("chat/<str:token>/", name="chat-talk", needs=None)
@never_cache
@xframe_options_exempt
@csrf_exempt
def talk(request: Request, token: str) -> HttpResponse:
    """The talk; without JavaScript lines are sent as a form, and ``look`` asks for news and keeps what is typed."""
    chat, problem = chat_of_token(token), ""
    if request.method == "POST" and "look" not in request.POST:
        problem = _said(request, token)
        if not problem:
            return _framed(go("chat-talk", token))
    context = _talk(chat, clock.now())
    return _framed(
        show(
            request,
            "web_chat/talk.html",
            context,
            422 if problem else 200,
            problem=problem,
            typed=request.POST.get("text", ""),
        )
    )


@page("chat/<str:token>/say/", name="chat-talk-say", needs=None)
@csrf_exempt
@require_POST
def say_here(request: Request, token: str) -> HttpResponse:
    """Takes a line; says what is wrong with one that was not taken."""
    chat_of_token(token)
    problem = _said(request, token)
    return JsonResponse({"problem": problem}, status=422 if problem else 200)


@page("chat/<str:token>/news/", name="chat-talk-news", needs=None)
@never_cache
def news_here(request: Request, token: str) -> HttpResponse:
    """What is new since a line."""
    chat, now = chat_of_token(token), clock.now()
    note_presence(chat, now)
    return news_answer(news(chat, now, after=number(request.GET.get("after")), for_visitor=True), visitor=True)


@page("chat/<str:token>/typing/", name="chat-talk-typing", needs=None)
@csrf_exempt
@require_POST
def typing_here(request: Request, token: str) -> HttpResponse:  # noqa: ARG001 - pages take it
    """The visitor types."""
    note_typing(chat_of_token(token), clock.now(), visitor=True)
    return HttpResponse(status=204)


def news_answer(found: News, *, visitor: bool) -> HttpResponse:
    """New lines as a piece of the page, with what a program needs to know beside it."""
    html = "".join(render_to_string("web_chat/_line.html", {"line": line, "visitor": visitor}) for line in found.lines)
    stands = {"waits": found.chat.owner_id is None, "over": not found.chat.live}
    return JsonResponse({"html": html, "last": found.last, "types": found.types, **stands})


def number(text: str | None) -> int:
    """A number in the address; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 18 else 0  # noqa: PLR2004 - bigint


def _begun(request: Request, form: BeginForm) -> str:
    given = {name: form.cleaned_data[name] for name in ("text", "name", "phone")}
    token = ""
    with refusals(form):
        try:
            token = begin_chat(
                Call(actor=NOBODY, now=clock.now(), once=call_of(request).once),
                **given,
                page=request.headers.get("Referer", "")[:LONGEST_PAGE],
                address=str(request.META.get("REMOTE_ADDR", "")),
                language=get_language() or "zh-hans",
            )
        except Repeated as repeat:
            token = str(repeat.result or "")
    return token


def _said(request: Request, token: str) -> str:
    """What is wrong; empty when the line is kept."""
    call = Call(actor=NOBODY, now=clock.now())
    try:
        say_line(call, token, text=request.POST.get("text", ""), key=request.POST.get("key", "") or new_once())
    except (Conflict, Invalid) as refusal:
        return say(refusal.why)
    return ""


def _talk(chat: Chat, now: datetime) -> TalkPage:
    found, numbers = news(chat, now, after=0, for_visitor=True), numbers_on(now.date())
    return TalkPage(chat, found.lines, found.last, found.types, new_once(), numbers.poll_seconds, numbers.longest)


def _framed(answer: HttpResponse) -> HttpResponse:
    """May stand in a frame of the sites that the company named."""
    return framed_by(answer, numbers_on(clock.now().date()).sites)
