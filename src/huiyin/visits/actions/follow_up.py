"""What answers set in motion: a case at once, the verdict on a settled case, a visit done by the customer himself."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from huiyin.cases.public import Case, open_case, record_revisit
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import SYSTEM, ActorKind
from huiyin.kernel.call import Call
from huiyin.questionnaires.public import DIMENSION_LABELS, Answered, AnswersGiven, answers_on
from huiyin.visits.actions.contacting import note_answered
from huiyin.visits.actions.finishing import finish
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Invitation, Visit, VisitRecord
from huiyin.visits.rules.findings import Finding, LowScore, finding_of, revisit_outcome
from huiyin.visits.rules.inviting import RUNNING, InviteState

SELF = "self"
UNSETTLED = "unsettled"
WAITS_FOR_REVISIT = "revisit"
CHANNELS = {SELF: "questionnaire"}


def follow_answers(call: Call, given: AnswersGiven) -> None:
    """Answers about a visit came in, over the phone or by the customer's own link; safe to repeat.

    Answers about a visit that is no longer there are left as they are. Most answers set nothing in motion. Those of one
    call for several visits wait for :func:`conclude`.
    """
    if isinstance(given.about, Visit) and given.about.in_talk is not None:
        given.about.in_talk.append((given.about, given))
        return
    visit = given.about if isinstance(given.about, Visit) else _locked(given.subject_id)
    if visit is None:
        return
    ends = given.complete and (given.way == SELF or visit.case_id is not None)
    if ends or finding_in(given):
        take_in_answers(call, visit, given)


def _locked(visit_id: int) -> Visit | None:
    rows = Visit.objects.select_related("customer").filter(pk=visit_id)
    return rows.select_for_update(of=("self",)).first()


@action("visits.take_in_answers")
def take_in_answers(act: Act, visit: Visit, given: AnswersGiven) -> None:
    """Carries out what answers about a visit ask for, on the locked ``visit`` itself.

    A finding opens one case per visit, linked both ways; a revisit after a case passes its finding to that case when
    it is complete. Complete answers by link end the visit.
    """
    lows, finding = lows_in(given), finding_in(given)
    if finding and visit.case_id is None and visit.found_case_id is None:
        _open_case(act, visit, finding, lows, given.way)
    if given.complete and given.way == SELF:
        _finish_by_link(act, visit, given)
    if given.complete and visit.case_id is not None:
        _tell_case(act, visit, visit.case_id, revisit_outcome(lows, given.emotion, given.problem))


def conclude(act: Act, heard: Sequence[tuple[Visit, AnswersGiven]]) -> None:
    """Carries out what the answers of one call for several visits ask for: one case at most, whatever each found.

    Each revisit passes its own finding to its case. What the others found belongs to a case that is in work again
    because of the same call, else to one new case, linked with all of them.
    """
    lows = list({low.dimension: low for _visit, given in heard for low in reversed(lows_in(given))}.values())
    moods, problems = ([given.emotion for _visit, given in heard], [given.problem for _visit, given in heard])
    whole = finding_of(lows, next(filter(None, moods), ""), next(filter(None, problems), ""))
    reopened = [
        visit.case_id
        for visit, given in heard
        if given.complete and visit.case_id is not None and _tell_finding(act, visit, given, whole, lows)
    ]
    found = [visit for visit, given in heard if visit.case_id is None and finding_in(given)]
    known: list[int | None] = [visit.found_case_id for visit in found if visit.found_case_id] or [*reopened]
    if found and whole and not known:
        _open_case(act, found[0], whole, lows, heard[0][1].way)
        known = [found[0].found_case_id]
    for visit in found:
        if visit.found_case_id is None:
            visit.found_case_id = known[0]
            visit.save(update_fields=["found_case"])


def _tell_finding(act: Act, visit: Visit, given: AnswersGiven, whole: Finding | None, lows: list[LowScore]) -> bool:
    """Tells the case of a revisit what the call found; whether the case is in work again."""
    assert visit.case_id is not None  # noqa: S101 - only revisits come here
    outcome = revisit_outcome(lows_in(given), given.emotion, given.problem)
    words = description_of(whole, lows) if whole and outcome == UNSETTLED else ""
    return _tell_case(act, visit, visit.case_id, outcome, words) and outcome == UNSETTLED


def lows_in(given: AnswersGiven) -> list[LowScore]:
    """The low scores among the answers."""
    return [LowScore(low.dimension, low.score, low.why) for low in given.lows]


def finding_in(given: AnswersGiven) -> Finding | None:
    """The case that the answers ask for, if they do."""
    return finding_of(lows_in(given), given.emotion, given.problem)


def _open_case(act: Act, visit: Visit, finding: Finding, lows: list[LowScore], way: str) -> None:
    """Opened by the system, as the responsible department may lie outside the agent's area; who called sees it."""
    case = open_case(
        Call(SYSTEM, act.now),
        title=finding.words.partition("\n")[0],
        recorded_by_id=visit.started_by_id or visit.agent_id,
        kind="complaint",
        topic=finding.topic,
        channel=CHANNELS.get(way, "visit"),
        description=description_of(finding, lows),
        customer_id=visit.customer_id,
        emotion=finding.emotion,
        source=(visit._meta.label_lower, visit.pk),
        happened_at=act.now,
        store_id=visit.store_id,
    )
    visit.found_case_id = case.pk
    visit.save(update_fields=["found_case"])
    act.record(visit, customer_id=visit.customer_id, case=case.pk)


def description_of(finding: Finding, lows: list[LowScore]) -> str:
    """What the case says: the low scores, and the customer's words."""
    scores = [f"{gettext(DIMENSION_LABELS.get(low.dimension, low.dimension))} {low.score}/5" for low in lows]
    return "\n".join(part for part in ("，".join(scores), finding.words) if part) or gettext("The customer is angry.")


def _finish_by_link(act: Act, visit: Visit, given: AnswersGiven) -> None:
    if not visit.is_open and visit.state != "partial":
        return
    Invitation.objects.filter(visit=visit, state__in=RUNNING).update(state=InviteState.ANSWERED, step_at=None, why="")
    note_answered(act, visit, SELF)
    visit.way, visit.contact_at, visit.made_with = SELF, visit.contact_at or act.now, None
    finish(act, visit, VisitRecord(visit=visit, emotion=given.emotion, needs=_said(visit, "need")))


def _said(visit: Visit, purpose: str) -> str:
    asked: list[Answered] = answers_on(visit)
    texts = (
        each.given[question.code].text
        for each in asked
        for question in each.questions
        if question.purpose == purpose and question.code in each.given
    )
    return next((text for text in texts if text), "")


@action("visits.tell_unreached")
def tell_unreached(act: Act, visit_id: int) -> None:
    """Tells the case of a revisit that its customer could not be asked."""
    visit = act.lock(Visit.objects.select_related("policy"), visit_id)
    if visit.case_id is not None:
        _tell_case(act, visit, visit.case_id, "unreached")


def _tell_case(act: Act, visit: Visit, case_id: int, outcome: str, words: str = "") -> bool:
    """The second score goes to the case: content closes it, unsettled reopens it.

    Whoever called has revisited; nobody asked a customer who answered by link. A case that no longer waits for its
    revisit (closed by hand, or in work again) is left as it is: False.
    """
    if not Case.objects.filter(pk=case_id, state=WAITS_FOR_REVISIT).exists():
        return False
    scores = [score for each in answers_on(visit) for score in each.scores.values()]
    tell_who_revisits(act, visit)
    record_revisit(
        act.call if act.actor.kind is ActorKind.STAFF else Call(SYSTEM, act.now),
        case_id,
        outcome=outcome,
        score=round(sum(scores) / len(scores)) if scores else None,
        words=words,
        source=(visit._meta.label_lower, visit.pk),
    )
    return True
