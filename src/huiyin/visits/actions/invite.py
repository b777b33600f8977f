"""Sends the link of one visit, and goes on when no answer came: each step once, however often it is asked for."""

from __future__ import annotations

from datetime import timedelta

from huiyin.contact_ledger.public import Purpose
from huiyin.foundation.actions import Act, action
from huiyin.questionnaires.public import Sent, no_reminder, send_link
from huiyin.visits.actions.answering import asking_of
from huiyin.visits.actions.following import end_visit
from huiyin.visits.actions.place import place_owed
from huiyin.visits.actions.plan_invitations import plan_one
from huiyin.visits.link_slot import link_words
from huiyin.visits.models import Invitation, Visit
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.rules.inviting import RUNNING, SELF_WAYS, InviteState, way_after
from huiyin.visits.rules.lifecycle import State

RETRY = timedelta(hours=1)
"""When a reason is looked at again that does not say itself when it passes."""
FOR_EVERY_WAY = frozenset({"do_not_contact", "refused_before", "no_customer"})
OTHER_WAY = "other_way"
NO_ANSWER = "link not answered"
NOT_ASKED = "not asked"
SAVED = ("state", "step_at", "sent_at", "message_id", "why")


@action("visits.invite")
def invite(act: Act, visit_id: int, invitation_id: int) -> Invitation:
    """Does what is due about one invitation: sends its link, or ends the wait for an answer. Safe to run twice at once.

    A link that cannot go out now says why and is tried again until the time to wait for an answer is over; one that
    never can leads to the next way of the kind at once.
    """
    visit, invitation = _both(act, visit_id, invitation_id)
    if invitation.state not in RUNNING or invitation.step_at is None or invitation.step_at > act.now:
        return invitation
    if not visit.self_way or visit.state != State.DUE:
        return _kept(invitation, InviteState.UNANSWERED if invitation.sent_at else InviteState.DROPPED)
    if invitation.state == InviteState.SENT:
        _go_on(act, visit, _kept(invitation, InviteState.UNANSWERED))
        return invitation
    purpose = Purpose.FOLLOW_UP if visit.sampled else Purpose.OWED
    asking = asking_of(act, visit)
    words = link_words(visit)
    sent = send_link(act.call, asking.pk, way=invitation.way, purpose=purpose, sms=words.sms, values=words.values)
    if sent.message is not None:
        _sent(act, visit, invitation, sent.message)
    elif not _held(act, visit, invitation, sent):
        _go_on(act, visit, _kept(invitation, InviteState.UNSENT, sent.unsent))
    return invitation


@action("visits.put_off_link")
def put_off_link(act: Act, invitation_id: int) -> None:
    """Something that is wrong in the settings stopped this step: it is tried again later and holds up nobody else."""
    Invitation.objects.filter(pk=invitation_id, state__in=RUNNING).update(step_at=act.now + RETRY)


@action("visits.link_not_delivered")
def link_not_delivered(act: Act, visit_id: int, invitation_id: int) -> None:
    """The message with the link did not arrive: the next way follows at once."""
    visit, invitation = _both(act, visit_id, invitation_id)
    if invitation.state != InviteState.SENT:
        return
    _kept(invitation, InviteState.UNDELIVERED)
    if visit.self_way == invitation.way and visit.state == State.DUE:
        _go_on(act, visit, invitation)


def _both(act: Act, visit_id: int, invitation_id: int) -> tuple[Visit, Invitation]:
    """Locked, the visit first: as everything else that is done with it."""
    visit = under_policy(act.lock(Visit.objects.all(), visit_id))
    return visit, act.lock(Invitation.objects.all(), invitation_id)


def _kept(invitation: Invitation, state: InviteState, why: str = "") -> Invitation:
    invitation.state, invitation.step_at, invitation.why = state, None, why
    invitation.save(update_fields=SAVED)
    return invitation


def _sent(act: Act, visit: Visit, invitation: Invitation, message: int) -> None:
    invitation.state, invitation.sent_at, invitation.message_id = InviteState.SENT, act.now, message
    invitation.step_at, invitation.why = act.now + visit.policy.invites.wait, ""
    invitation.save(update_fields=SAVED)
    act.record(visit, customer_id=visit.customer_id, way=invitation.way)


def _held(act: Act, visit: Visit, invitation: Invitation, sent: Sent) -> bool:
    """Waits for a reason to pass, as long as an answer would be waited for."""
    again = max(sent.from_when or act.now + RETRY, act.now + timedelta(minutes=1))
    if not sent.passing or again >= invitation.send_at + visit.policy.invites.wait:
        return False
    if invitation.why != sent.unsent:
        act.record(visit, customer_id=visit.customer_id, way=invitation.way, unsent=sent.unsent)
    invitation.step_at, invitation.why = again, sent.unsent
    invitation.save(update_fields=SAVED)
    return True


def _go_on(act: Act, visit: Visit, invitation: Invitation) -> None:
    """The next way of the kind, or the end: as not reached, or with what was answered."""
    following = "" if invitation.why in FOR_EVERY_WAY else way_after(visit.policy.channels, invitation.way)
    act.record(visit, customer_id=visit.customer_id, way=following, before=invitation.state, unsent=invitation.why)
    if following in SELF_WAYS:
        plan_one(act, visit, following)
    elif following:
        _to_an_agent(act, visit)
    else:
        _end(act, visit, invitation)


def _to_an_agent(act: Act, visit: Visit) -> None:
    """An agent makes it: one that is owed is placed at once, a drawn one waits for the plan."""
    no_reminder(act.call, asking_of(act, visit).pk, why=OTHER_WAY)
    visit.self_way = ""
    visit.save(update_fields=["self_way"])
    if not visit.sampled:
        place_owed(act, visit)


def _end(act: Act, visit: Visit, invitation: Invitation) -> None:
    partly = asking_of(act, visit).state == "partial"
    why = NOT_ASKED if invitation.state == InviteState.UNSENT else NO_ANSWER
    end_visit(act, visit, "keep_answered" if partly else "unanswered", why, replace=False)
