"""One talk, for us: the lines, an answer, take, hand over, a case of it, the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.cases.public import KINDS, TOPICS
from huiyin.customers.public import mask_phone
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals, say
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid, NotFound, Repeated
from huiyin.organisation.public import department_choices, working_staff
from huiyin.web_chat.actions.make_case import make_case
from huiyin.web_chat.actions.say import answer
from huiyin.web_chat.actions.take import end_chat, hand_chat_over, take_chat
from huiyin.web_chat.models import Chat
from huiyin.web_chat.pages.visitor import news_answer, number
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.queries.talks import News, chat_seen_by, news, note_typing, talks_of
from huiyin.web_chat.rules.states import OUTCOME_LABELS, STATE_LABELS


class CaseForm(forms.Form):
    """What the case is about; its words are the talk."""

    title = forms.CharField(label=_("Title"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=lambda: [(code, gettext(label)) for code, label in KINDS.items()], initial="inquiry"
    )
    topic = forms.ChoiceField(
        label=_("Topic"), choices=lambda: [(code, gettext(label)) for code, label in TOPICS.items()], initial="other"
    )

    def carry_out(self, call: Call, chat: Chat) -> object:
        """Makes the case."""
        return make_case(call, chat.pk, **self.cleaned_data)


class HandForm(forms.Form):
    """To whom, and what they should know."""

    staff_id = forms.TypedChoiceField(label=_("Colleague"), required=False, coerce=int, empty_value=None)
    department_id = forms.TypedChoiceField(label=_("Or a department"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("What they should know"), required=False, max_length=120)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        people = working_staff(clock.now().date()).filter(roles__overlap=["agent", "engineer"]).order_by("username")
        named = [(str(pk), name) for pk, name in people.values_list("pk", "name")]
        self.fields["staff_id"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["department_id"].choices = [("", "–"), *department_choices()]  # type: ignore[attr-defined]

    def carry_out(self, call: Call, chat: Chat) -> object:
        """Hands over."""
        return hand_chat_over(call, chat.pk, **self.cleaned_data)


class PlainForm(forms.Form):
    """Nothing to fill in."""

    verb = staticmethod(take_chat)

    def carry_out(self, call: Call, chat: Chat) -> object:
        """Takes or ends."""
        return type(self).verb(call, chat.pk)


class EndForm(PlainForm):
    """Nothing to fill in."""

    verb = staticmethod(end_chat)


FORMS: dict[str, type[Any]] = {"take": PlainForm, "end": EndForm, "hand-over": HandForm, "case": CaseForm}


@dataclass(frozen=True)
class ChatPage:
    """One talk; ``mine`` are my other talks. The visitor's phone is masked."""

    chat: Chat
    news: News
    mine: list[Chat]
    state: str
    outcome: str
    phone: str
    may_talk: bool
    is_mine: bool
    every: int
    longest: int


@page("chats/<int:chat_id>/", name="chat", needs="web_chat.see")
def chat_page(request: Request, chat_id: int) -> HttpResponse:
    """The talk."""
    return _shown(request, chat_seen_by(request.actor, chat_id), 200)


@page("chats/<int:chat_id>/say/", name="chat-say", needs="web_chat.talk")
@require_POST
def chat_say(request: Request, chat_id: int) -> HttpResponse:
    """Takes my line: from a program with its problem as JSON, from a form as a page."""
    chat, text = chat_seen_by(request.actor, chat_id), request.POST.get("text", "")
    problem = ""
    try:
        answer(call_of(request), chat.pk, text=text)
    except Repeated:
        problem = ""
    except (Conflict, Invalid) as refusal:
        problem = say(refusal.why)
    if request.headers.get("X-Requested-With"):
        return JsonResponse({"problem": problem}, status=422 if problem else 200)
    return _shown(request, chat, 422, problem, text) if problem else go("chat", chat_id)


@page("chats/<int:chat_id>/news/", name="chat-news", needs="web_chat.see")
@never_cache
def chat_news(request: Request, chat_id: int) -> HttpResponse:
    """What is new since a line."""
    chat = chat_seen_by(request.actor, chat_id)
    found = news(chat, clock.now(), after=number(request.GET.get("after")), for_visitor=False)
    return news_answer(found, visitor=False)


@page("chats/<int:chat_id>/typing/", name="chat-typing", needs="web_chat.talk")
@require_POST
def chat_typing(request: Request, chat_id: int) -> HttpResponse:
    """I type."""
    note_typing(chat_seen_by(request.actor, chat_id), clock.now(), visitor=False)
    return HttpResponse(status=204)


@page("chats/<int:chat_id>/<slug:verb>/", name="chat-step", needs="web_chat.talk")
def chat_step(request: Request, chat_id: int, verb: str) -> HttpResponse:
    """A form for a step (GET), or the step itself (POST)."""
    if verb not in FORMS:
        raise NotFound
    chat = chat_seen_by(request.actor, chat_id)
    form = FORMS[verb](request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, "web_chat/step.html", chat, 422 if form.errors else 200, form=form, verb=verb)
    with refusals(form):
        form.carry_out(call_of(request), chat)
    if form.errors:
        return show(request, "web_chat/step.html", chat, 422, form=form, verb=verb)
    gone = verb == "hand-over" and not request.actor.may("cases.assign")
    return go("chats") if gone else go("chat", chat_id)


def _shown(request: Request, chat: Chat, status: int, problem: str = "", typed: str = "") -> HttpResponse:
    now, actor = clock.now(), request.actor
    numbers = numbers_on(now.date())
    context = ChatPage(
        chat=chat,
        news=news(chat, now, after=0, for_visitor=False),
        mine=[one for one in talks_of(actor) if one.pk != chat.pk],
        state=STATE_LABELS[chat.state],
        outcome=OUTCOME_LABELS.get(chat.outcome, ""),
        phone=mask_phone(chat.phone) if chat.phone else "",
        may_talk=actor.may("web_chat.talk") and chat.live and chat.owner_id in (None, actor.id),
        is_mine=chat.owner_id == actor.id,
        every=numbers.poll_seconds,
        longest=numbers.longest,
    )
    return show(request, "web_chat/chat.html", context, status, problem=problem, typed=typed)
