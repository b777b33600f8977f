"""Who talks with a visitor: taken, given to a colleague, given to another department, ended."""

from __future__ import annotations

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department, working_staff
from huiyin.web_chat.actions.saying import close, give_to, in_talk, keep_line
from huiyin.web_chat.models import Chat
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.rules.states import HOUSE, ChatState, Outcome


@action("web_chat.take", needs="web_chat.talk")
def take_chat(act: Act, chat_id: int) -> Chat:
    """Takes a waiting visitor; of two who do it at once one gets the visitor.

    Raises:
        Conflict: a colleague has, or the actor talks with as many as one can.
    """
    chat = in_talk(act, chat_id)
    if chat.owner_id == act.actor.id:
        return chat
    if chat.owner_id is not None:
        raise Conflict(message(_("%(name)s talks with this visitor."), name=chat.owner.name if chat.owner else ""))
    most = numbers_on(act.now.date()).talks_at_once
    if Chat.objects.filter(owner_id=act.actor.id, state=ChatState.TALKING).count() >= most:
        raise Conflict(message(_("You talk with %(count)s visitors already; end or hand over one first."), count=most))
    give_to(act, chat, act.actor.id)
    keep_line(act, chat, HOUSE, JOINED, name=act.actor.name)
    act.record(chat, customer_id=chat.customer_id)
    return chat


@action("web_chat.hand_over", needs="web_chat.talk")
def hand_chat_over(
    act: Act, chat_id: int, *, staff_id: int | None = None, department_id: int | None = None, note: str = ""
) -> Chat:
    """Gives the whole talk to a colleague, or to a department where it waits again; they hear why.

    Raises:
        Invalid: nobody is named, or the person is not at work.
    """
    chat = in_talk(act, chat_id)
    colleague = working_staff(act.now.date()).filter(pk=staff_id).first() if staff_id else None
    department = Department.objects.filter(pk=department_id).first() if department_id else None
    if colleague is None and department is None:
        why = message(_("Choose a colleague at work, or a department."))
        raise Invalid(why, {"staff_id": why})
    chat.department = department or (colleague.department if colleague else None) or chat.department
    give_to(act, chat, colleague.pk if colleague else None)
    name = colleague.name if colleague else department.name if department else ""
    keep_line(act, chat, HOUSE, HANDED, name=name)
    people = [colleague.pk] if colleague else [chat.department.head_id] if chat.department else []
    told = message(_("A talk in the chat is handed to you: %(note)s"), note=note.strip()[:120] or "–")
    notify_staff(act.call, [person for person in people if person], told, page="chat", args=[chat.pk])
    act.record(chat, customer_id=chat.customer_id, reason=note[:200], to=name)
    return chat


@action("web_chat.end", needs="web_chat.talk")
def end_chat(act: Act, chat_id: int) -> Chat:
    """Ends an answered talk.

    Raises:
        Conflict: nothing was answered yet; make a case of it instead.
    """
    chat = in_talk(act, chat_id)
    if chat.answered_at is None:
        raise Conflict(message(_("The visitor has no answer yet: answer, or make a case of it.")))
    keep_line(act, chat, HOUSE, OVER)
    close(act, chat, Outcome.ANSWERED)
    return chat


@action("web_chat.end_idle")
def end_idle(act: Act, chat_id: int) -> bool:
    """Ends a talk in which nobody says anything any more; False when somebody has meanwhile."""
    chat = act.lock(Chat.objects.all(), chat_id)
    if not chat.live or act.now - chat.last_at < numbers_on(act.now.date()).idle_after:
        return False
    keep_line(act, chat, HOUSE, OVER)
    close(act, chat, Outcome.ANSWERED)
    return True


JOINED = _("%(name)s is here for you.")
HANDED = _("%(name)s goes on with you and has the whole talk.")
OVER = _("This talk is over. Thank you for your visit.")
