"""What the line told of a call: an unanswered one logs itself, an answered one brings its length (VIS-23)."""

from __future__ import annotations

from huiyin.channels.public import PhoneCallMoved, notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Refused
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff, actor_of
from huiyin.visits.actions.dial_joined import complete_dial
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.models import Attempt, Visit
from huiyin.visits.rules.attempts import LINE_LABELS, LineResult
from huiyin.visits.rules.lifecycle import State

ENDED = "ended"


@action("visits.hear_line")
def hear_line(act: Act, told: PhoneCallMoved) -> Attempt | None:
    """Brings a call and its dial together, whichever comes first; saying the same again changes nothing.

    A call that ended unanswered is logged for the agent who asked for it. One that was answered waits for the agent's
    word. None when there is nothing to log yet.
    """
    visit = act.lock(Visit.objects.all(), told.about[1])
    attempt = Attempt.objects.filter(phone_call_id=told.call_id).first()
    if attempt is not None:
        return complete_dial(attempt, told)
    unanswered = told.result in LINE_LABELS and told.result != LineResult.CONNECTED
    if told.state != ENDED or not unanswered or visit.state != State.IN_PROGRESS:
        return None
    return _log(act, visit, told)


def _log(act: Act, visit: Visit, told: PhoneCallMoved) -> Attempt | None:
    """Logs it as the agent's; where a rule stands against it the agent is told and decides."""
    agent = Staff.objects.get(pk=told.staff_id)
    try:
        log_attempt(Call(actor_of(agent), act.now), visit.pk, line=told.result)
    except Refused:
        text = message(_("The line said: %(result)s. Please log the call yourself."), result=LINE_LABELS[told.result])
        notify_staff(act.call, [agent.pk], text, page="visit", args=[visit.pk])
        return None
    return Attempt.objects.filter(phone_call_id=told.call_id).first()
