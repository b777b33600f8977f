"""Takes the customer's verdict: from a person who was told, or from the customer's own link."""

from __future__ import annotations

from huiyin.cases.actions.by_link import case_by_link
from huiyin.cases.actions.clocks import reach
from huiyin.cases.actions.hearing import hear
from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.settling import back_to_work, settle
from huiyin.cases.models import Case, CaseVerdict
from huiyin.cases.rules.kinds import CONFIRM_WAYS, VERDICTS
from huiyin.cases.rules.lifecycle import move_to
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

SCORES = range(1, 6)
OVERTAKEN = _("We have worked on this again since you opened the page. Nothing was saved; what is new stands below.")


@action("cases.verdict", needs=NEEDS["verdict"])
def record_verdict(
    act: Act, case_id: int, *, verdict: str, score: int | None = None, words: str = "", way: str = "phone"
) -> Case:
    """Records what the customer said of the result.

    Satisfied or mostly satisfied settles the case and asks for the revisit; not satisfied puts it back into progress by
    itself (CAS-11).

    Raises:
        Invalid: an unknown verdict, or a score outside 1 to 5.
    """
    return _judged(act, locked(act, case_id), verdict, score, words, way)


@action("cases.verdict_by_link")
def verdict_by_link(
    act: Act, token: str, *, verdict: str, score: int | None = None, words: str = "", reopened: int | None = None
) -> str:
    """The customer's own verdict; the same one twice is harmless. Returns the verdict, or ``already``.

    ``reopened`` is how often the case had been reopened when its result was read (None: not known); a verdict on a
    result before that is not taken for the newest one.

    Raises:
        NotFound: the link is unknown; Conflict: it has expired, no result has been told, or another one since.
    """
    case = case_by_link(act, token)
    if case.verdict == verdict:
        _more_words(act, case, words)
        return "already"
    if reopened is not None and reopened != case.reopened_times:
        raise Conflict(message(OVERTAKEN))
    _judged(act, case, verdict, score, words, "link")
    return verdict


def _more_words(act: Act, case: Case, words: str) -> None:
    """Words that come with the same verdict once more are not lost."""
    last = case.verdicts.order_by("-pk").first()
    if words.strip() and case.live and (last is None or last.words != words):
        hear(act, case, words, channel="website")


def _judged(act: Act, case: Case, verdict: str, score: int | None, words: str, way: str) -> Case:
    _check(verdict, score, way)
    move_to("verdict", case.state, State.REOPENED if verdict == "not" else State.ACCEPTED)
    CaseVerdict.objects.create(
        case=case, verdict=verdict, score=score, words=words, way=way, at=act.now, taken_by_id=act.actor.staff_id
    )
    reach(act, case, "verdict", words or verdict)
    act.record(case, customer_id=case.customer_id, reason=words, verdict=verdict, score=score, way=way)
    if verdict == "not":
        return back_to_work(act, case, "verdict", words)
    return settle(act, case, verdict, words)


def _check(verdict: str, score: int | None, way: str) -> None:
    wrong: dict[str, Message] = {}
    if verdict not in VERDICTS:
        wrong["verdict"] = message(_("Choose one of the listed values."))
    if score is not None and score not in SCORES:
        wrong["score"] = message(_("A score is a whole number from 1 to 5."))
    if way not in CONFIRM_WAYS:
        wrong["way"] = message(_("Choose one of the listed values."))
    if wrong:
        raise Invalid(message(_("The verdict was not saved. What you typed is kept.")), wrong)
