"""Takes a message that came by email, SMS or a platform: a line of the case it answers, else a new case."""

from __future__ import annotations

from huiyin.cases.actions.hear_from_platform import hear_from_platform
from huiyin.cases.actions.hearing import hear
from huiyin.cases.actions.keep_sent_files import keep_sent_files
from huiyin.cases.actions.opening import open_new
from huiyin.cases.actions.plan_reply import Message, take_plan_reply
from huiyin.cases.models import Case, CaseNote
from huiyin.cases.queries.customers import reach_of
from huiyin.cases.queries.matters import case_behind_record
from huiyin.cases.queries.merged import standing_case
from huiyin.cases.rules.new_case import LONGEST_TEXT, NewCase
from huiyin.cases.rules.threads import case_number_in
from huiyin.channels.public import IncomingMessage, mark_handled
from huiyin.customers.public import recognise
from huiyin.foundation.actions import Act, action

LABEL = "channels.incomingmessage"
CASE = "cases.case"


@action("cases.receive_message")
def receive_message(
    act: Act,
    *,
    message_id: int,
    channel: str,
    sender: str,
    subject: str,
    text: str,
    thread_of: tuple[str, int] | None,
    identity_id: int | None = None,
) -> Case | None:
    """Keeps the message once, however often it is told.

    A message belongs to a case when it answers a message of ours about it or what belongs to it (an appointment), or
    names its number and comes from the address of its customer. Words to an ended case open a new one that points to
    it; a stranger who names a number gets a case of their own. What answers a merged case stands where that went. A
    plain yes or no answers the plan that waits for it, unless it is about an appointment, or about a merged case that
    had a plan of its own: a person reads those. A message that answers one of ours about something else (a
    questionnaire) is taken like any other: nobody else hears it.
    """
    if _known(message_id):
        return None
    if identity_id is not None:
        return _handled(act, hear_from_platform(act, identity_id, channel, text, (LABEL, message_id)), message_id)
    channel = "email" if channel.startswith("email") else channel
    named = _named(sender, subject, text, thread_of)
    earlier = standing_case(named) if named else None
    if not (_about_plan_of_merged(named, earlier) or _about_what_belongs(thread_of)):
        answered = take_plan_reply(act, Message(channel, sender, text, (LABEL, message_id), earlier))
        if answered is not None:
            return _handled(act, answered, message_id)
    if named and earlier and earlier.live:
        hear(act, earlier, text or subject, channel=channel, source=(LABEL, message_id), said_in=named)
        return _handled(act, earlier, message_id)
    return _handled(act, _opened(act, earlier, message_id, channel, sender, subject, text), message_id)


def _known(message_id: int) -> bool:
    """Whether the message has become a line or a case already."""
    here = CaseNote.objects.filter(message=LABEL, message_id=message_id)
    return here.exists() or Case.objects.filter(source=LABEL, source_id=message_id).exists()


def _named(sender: str, subject: str, text: str, thread_of: tuple[str, int] | None) -> Case | None:
    if answered := case_behind_record(thread_of):
        return answered
    number = case_number_in(subject, text)
    case = Case.objects.filter(number=number).first() if number else None
    reach = reach_of(case) if case else None
    return case if reach and sender.lower() in (reach.email.lower(), reach.phone.removeprefix("+86")) else None


def _about_plan_of_merged(named: Case | None, standing: Case | None) -> bool:
    """Whether a yes would be to the plan of a case that has been merged: it counts for no other one."""
    return named is not None and named != standing and named.plans.filter(sent_at__isnull=False).exists()


def _about_what_belongs(thread_of: tuple[str, int] | None) -> bool:
    """Whether a yes would be to something that belongs to a case (an appointment), not to a plan."""
    return thread_of is not None and thread_of[0] != CASE and case_behind_record(thread_of) is not None


def _opened(
    act: Act, earlier: Case | None, message_id: int, channel: str, sender: str, subject: str, text: str
) -> Case:
    by_phone = channel == "sms"
    known = recognise(phone=sender) if by_phone else recognise(email=sender)
    new = NewCase(
        kind=earlier.kind if earlier else "other",
        topic=earlier.topic if earlier else "other",
        channel=channel,
        title=subject,
        description=(text.strip() or subject.strip() or "–")[:LONGEST_TEXT],
        customer_id=known.pk if known else None,
        reporter_phone=sender if by_phone else "",
        reporter_email="" if by_phone else sender,
        source=(LABEL, message_id),
    )
    case = open_new(act, new)
    if earlier:
        case.repeat_of = earlier
        case.save(update_fields=["repeat_of"])
    return case


def _handled(act: Act, case: Case, message_id: int) -> Case:
    keep_sent_files(act, case, message_id)
    if IncomingMessage.objects.filter(pk=message_id).exists():
        mark_handled(act.call, message_id, about=(CASE, case.pk))
    return case
