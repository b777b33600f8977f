"""How a case settles after a good verdict, and how it goes back to work after a bad one."""

from __future__ import annotations

from django.conf import settings as django_settings
from django.utils import translation
from django.utils.translation import gettext

from huiyin.cases.actions.clocks import drop_clocks, start_clocks
from huiyin.cases.actions.letters import UNREACHED
from huiyin.cases.actions.moving import change, move
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.events import CaseClosed, CaseReopened, CaseSettled
from huiyin.cases.models import Case
from huiyin.cases.queries.facts import facts_of
from huiyin.cases.queries.settings import conduct_at, settings_at
from huiyin.cases.rules.ends import CONTENT, UNREACHABLE, VERDICT
from huiyin.cases.rules.states import State
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def settle(act: Act, case: Case, verdict: str, words: str) -> Case:
    """The customer accepts: kinds that are revisited wait for the revisit, all others close at once."""
    move(act, case, "verdict", State.ACCEPTED, reason=words, verdict=verdict, settled_at=act.now)
    if case.kind in conduct_at(act.now).revisited_kinds:
        return ask_for_revisit(act, case)
    return shut(act, case, "close", words)


def ask_for_revisit(act: Act, case: Case) -> Case:
    """Owes the revisit and tells the rooms above, which plan it for somebody else than the handler."""
    move(act, case, "ask_revisit", starts="settled")
    act.emit(
        CaseSettled(
            case_id=case.pk,
            customer_id=case.customer_id,
            kind=case.kind,
            handler_id=case.handler_id,
            settled_at=case.settled_at or act.now,
        )
    )
    return case


def shut(act: Act, case: Case, verb: str, reason: str) -> Case:
    """Closes the case on the verdict that stands, or by the unreachable rule, which is said; nothing stays owed."""
    ended = VERDICT if case.verdict in CONTENT else UNREACHABLE
    if ended == UNREACHABLE:
        reason = " · ".join(part for part in (_by_rule(act, case), reason) if part)
    move(act, case, verb, State.CLOSED, reason=reason, closed_at=act.now, ended_as=ended)
    if ended == UNREACHABLE:
        tell_customer(act, case, UNREACHED)
    drop_clocks(act, case, case.number)
    act.emit(CaseClosed(case.pk, case.customer_id))
    return case


def _by_rule(act: Act, case: Case) -> str:
    """What the unreachable rule asks for and what was tried, in the company's language."""
    settings, tried = settings_at(act.now), facts_of(case)
    with translation.override(django_settings.LANGUAGE_CODE):
        text = gettext(
            "Closed without a verdict, because the customer could not be reached: %(attempts)d attempts on "
            "%(days)d days by %(ways)d ways (rule version %(version)d)"
        )
    days, ways = len(set(tried.unreached)), len(set(tried.unreached_by))
    return text % {"attempts": len(tried.unreached), "days": days, "ways": ways, "version": settings.conduct_version}


def back_to_work(act: Act, case: Case, verb: str, reason: str) -> Case:
    """Reopens the case by itself: verdict and revisit count no more, clocks start again, the owner is told."""
    move(
        act,
        case,
        verb,
        State.REOPENED,
        reason=reason,
        verdict="",
        revisit="",
        finished_at=None,
        told_at=None,
        settled_at=None,
        closed_at=None,
        ended_as="",
        reopened_times=case.reopened_times + 1,
    )
    drop_clocks(act, case, reason)
    start_clocks(act, case, "reopened", act.now)
    act.emit(CaseReopened(case.pk))
    concerned = {person for person in (case.owner_id, case.handler_id) if person and person != act.actor.id}
    text = message(_("%(number)s is open again: %(reason)s"), number=case.number, reason=reason[:80])
    notify_staff(act.call, sorted(concerned), text, page="case", args=[case.pk])
    return case


def note_revisit(case: Case, outcome: str) -> None:
    """Keeps the newest outcome on the case."""
    change(case, revisit=outcome)
