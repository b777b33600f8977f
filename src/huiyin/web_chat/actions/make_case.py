"""A case of a talk: one contact, one record, with the talk as its words."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from huiyin.cases.public import Case, link_for_customer, open_case
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import gettext_noop as _
from huiyin.web_chat.actions.saying import close, keep_line
from huiyin.web_chat.models import Chat
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.rules.states import HOUSE, VISITOR, Outcome, transcript

LONGEST = 19_000
RECORDED = _("Your matter is recorded under %(number)s. How it goes, and where you can add to it: %(link)s")
MISSED = _(
    "Nobody was free in time; we are sorry. Your words are recorded under %(number)s and will be answered."
    " How it goes, and where you can add to it: %(link)s"
)


@action("web_chat.make_case", needs="web_chat.talk")
def make_case(act: Act, chat_id: int, *, kind: str, topic: str, title: str = "") -> Case:
    """Makes a case of the talk and ends it; of a talk that became one already, that one."""
    chat = act.lock(Chat.objects.visible_to(act.actor), chat_id)
    if chat.case:
        return chat.case
    return _made(act, chat, kind=kind, topic=topic, title=title, outcome=Outcome.CASE, told=RECORDED)


@action("web_chat.miss")
def miss_chat(act: Act, chat_id: int) -> Case | None:
    """A visitor whom nobody answered in time, or who left before: the answer is owed as a case. None when somebody
    answered meanwhile."""
    chat = act.lock(Chat.objects.all(), chat_id)
    numbers = numbers_on(act.now.date())
    left = act.now - chat.presence.seen_at >= numbers.left_after
    if not chat.live or chat.answered_at or not (left or act.now - chat.started_at >= numbers.missed_after):
        return None
    return _made(act, chat, kind="inquiry", topic="other", title="", outcome=Outcome.MISSED, told=MISSED)


def _made(act: Act, chat: Chat, *, kind: str, topic: str, title: str, outcome: Outcome, told: str) -> Case:
    case = open_case(
        act.call,
        kind=kind,
        topic=topic,
        channel="chat",
        title=title or _first_words(chat),
        description=said(chat),
        customer_id=chat.customer_id,
        reporter_name=chat.name,
        reporter_phone=chat.phone,
        reporter_email=chat.email,
        reporter_language=chat.language,
        source=(chat._meta.label_lower, chat.pk),
    )
    keep_line(act, chat, HOUSE, told, number=case.number, link=link_for_customer(act.call, case))
    close(act, chat, outcome, case)
    return case


def _first_words(chat: Chat) -> str:
    """What the visitor said first: a transcript's own first line begins with a time."""
    first = chat.lines.filter(side=VISITOR).order_by("pk").values_list("text", flat=True).first() or ""
    return first.splitlines()[0][:60] if first else ""


def said(chat: Chat) -> str:
    """The talk as plain text, in the company's language and zone."""
    with translation.override(settings.LANGUAGE_CODE):
        visitor = chat.name or gettext("Visitor")
        lines = [
            (
                timezone.localtime(line.at).strftime("%H:%M"),
                line.side,
                visitor if line.side == VISITOR else line.staff.name if line.staff else "",
                line.words,
            )
            for line in chat.lines.select_related("staff").order_by("pk")
        ]
    return transcript(lines, LONGEST)
