"""Recalls an unanswered link to the customer, once (QST-6); where nothing goes out, the asking says why (QST-5)."""

from __future__ import annotations

from huiyin.contact_ledger.public import Purpose, Way
from huiyin.foundation.actions import Act, action
from huiyin.questionnaires.actions.send_link import Posting, Sent, put_out
from huiyin.questionnaires.models import AnswerLink, Asking
from huiyin.questionnaires.rules.words import AskingState

REMINDER = "questionnaires.reminder"
WAITING = (AskingState.OPEN, AskingState.PARTIAL)


@action("questionnaires.remind")
def remind(act: Act, asking_id: int) -> Asking:
    """Sends the one reminder of an asking the way its link came, or notes why none went out.

    Settled once and for all, unless the reason may pass by itself: then it is tried again until the link expires.
    """
    asking = act.lock(Asking.objects.select_related("questionnaire"), asking_id)
    if asking.reminded_at is not None or asking.state not in WAITING or asking.expires_at <= act.now:
        return asking
    sent = _send(act, asking)
    if sent.passing and asking.unsent == sent.unsent:
        return asking
    asking.unsent = sent.unsent
    asking.reminded_at = None if sent.passing else act.now
    asking.save(update_fields=["unsent", "reminded_at"])
    act.record(asking, customer_id=asking.customer_id, unsent=asking.unsent)
    return asking


@action("questionnaires.no_reminder")
def no_reminder(act: Act, asking_id: int, *, why: str) -> None:
    """The customer is asked another way from now on: no reminder goes out any more."""
    waiting = Asking.objects.filter(pk=asking_id, reminded_at=None, state__in=WAITING)
    waiting.update(reminded_at=act.now, unsent=why)


def _send(act: Act, asking: Asking) -> Sent:
    """By the way of the link that went out last; one that was passed on by hand is recalled by mail."""
    last = AnswerLink.objects.filter(asking=asking, revoked_at=None).exclude(sent_by="").order_by("pk").last()
    posting = Posting(
        way=last.sent_by if last else Way.EMAIL,
        purpose=last.purpose if last else Purpose.FOLLOW_UP,
        sms=REMINDER,
        once=f"questionnaires.reminder:{asking.pk}",
        reminds=True,
    )
    return put_out(act, asking, posting)
