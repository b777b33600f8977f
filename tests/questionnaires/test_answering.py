"""Asking, answering, correcting, expiring: every answer counts once and nothing is edited away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry, RowChange
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.questionnaires.actions.answer_asking import answer_by_link
from huiyin.questionnaires.actions.expire import expire
from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.models import Answer, AnswerLink, Questionnaire, QuestionnaireState
from huiyin.questionnaires.public import (
    Asking,
    Low,
    answer_asking,
    answers_on,
    ask,
    correct_answer,
    make_link,
    revoke_links,
    ship,
    visible_askings,
)
from huiyin.questionnaires.queries.links import LinkState, find_link
from tests.conftest import Company, MovableClock
from tests.questionnaires.conftest import FIVE, SUBJECT, asked


def test_shipping_twice_ships_once(shipped: Company) -> None:
    assert ship(system_call()) == 0
    service = Questionnaire.objects.get(code="service")
    assert [q.code for q in service.questions.all()] == [*FIVE, "problem", "need", "suggestion", "emotion"]
    assert Questionnaire.objects.get(code="quick").questions.count() == 3


def test_asking_freezes_version_and_attribution(shipped: Company) -> None:
    asking = asked(shipped)
    newer = Questionnaire.objects.create(code="service", version=2, title_zh="新", state=QuestionnaireState.PUBLISHED)
    asking.refresh_from_db()
    assert asking.questionnaire.version == 1
    assert asking.agent_id == shipped.staff["agent"].pk
    assert asked(shipped, subject=("organisation.store", 8)).questionnaire == newer


def test_asking_twice_is_one_asking_with_two_links(shipped: Company) -> None:
    first, second = asked(shipped), asked(shipped)
    assert first.pk == second.pk
    assert first.token != second.token
    assert Asking.objects.count() == 1


def test_only_the_hash_of_a_token_is_kept(shipped: Company) -> None:
    asking = asked(shipped)
    assert asking.token is not None
    assert len(asking.token) == 43
    assert asking.token not in str(AnswerLink.objects.values()) + str(list(RowChange.objects.values_list("data")))
    assert find_link(asking.token, system_call().now).asking == asking


def test_a_complete_answer_is_stored_and_told_once(shipped: Company, heard: list[AnswersGiven]) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers={**FIVE, "problem": "漏水"}, emotion="neutral")
    asking.refresh_from_db()
    assert (asking.state, asking.way, asking.emotion) == ("complete", "phone", "neutral")
    assert heard == [AnswersGiven(asking.pk, *SUBJECT, 3, (), "neutral", "漏水", "phone", True)]
    assert answers_on(SUBJECT)[0].scores == FIVE


def test_low_scores_and_anger_are_told_with_their_reason(shipped: Company, heard: list[AnswersGiven]) -> None:
    asking = asked(shipped)
    answers = {**FIVE, "product": 2, "product.why": "坏了", "staff": 1}
    answer_asking(shipped.call("agent"), asking.pk, answers=answers, emotion="angry", emotion_note="等了三天")
    assert heard[0].lows == (Low("product", "product", 2, "坏了"), Low("staff", "staff", 1))
    assert heard[0].emotion == "angry"


def test_a_missing_question_is_refused_and_nothing_is_stored(shipped: Company, heard: list[AnswersGiven]) -> None:
    asking = asked(shipped)
    with pytest.raises(Invalid) as refused:
        answer_asking(shipped.call("agent"), asking.pk, answers={"product": 5})
    assert set(refused.value.fields) == {"response", "staff", "process", "value"}
    assert (Answer.objects.count(), heard) == (0, [])


def test_a_score_of_six_is_refused_and_nothing_is_stored(shipped: Company) -> None:
    asking = asked(shipped)
    with pytest.raises(Invalid) as refused:
        answer_asking(shipped.call("agent"), asking.pk, answers={**FIVE, "value": 6})
    assert str(refused.value.fields["value"]) == "Choose a number from 1 to 5."
    assert Answer.objects.count() == 0


def test_partial_answers_are_kept_and_completed_later(shipped: Company, heard: list[AnswersGiven]) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers={"product": 5}, partial=True)
    asking.refresh_from_db()
    assert asking.state == "partial"
    rest = {code: value for code, value in FIVE.items() if code != "product"}
    answer_asking(shipped.call("agent"), asking.pk, answers=rest)
    asking.refresh_from_db()
    assert (asking.state, [event.complete for event in heard]) == ("complete", [False, True])
    assert Answer.objects.filter(current=True).count() == 5


def test_the_same_answer_again_makes_no_new_version(shipped: Company) -> None:
    asking = asked(shipped)
    for _again in range(2):
        answer_asking(shipped.call("agent"), asking.pk, answers={"product": 5}, partial=True)
    assert Answer.objects.count() == 1


def test_an_answered_asking_is_closed(shipped: Company) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    with pytest.raises(Conflict, match="already been answered"):
        answer_asking(shipped.call("agent"), asking.pk, answers={**FIVE, "product": 1})


def test_a_correction_is_a_new_version_with_reason_and_author(shipped: Company, heard: list[AnswersGiven]) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    correct_answer(shipped.call("agent"), asking.pk, "product", value=2, why="坏了", reason="听错了")
    versions = Answer.objects.filter(question__code="product").order_by("version")
    assert [(one.version, one.number, one.current, one.reason) for one in versions] == [
        (1, 5, False, ""),
        (2, 2, True, "听错了"),
    ]
    assert versions[1].author_id == shipped.staff["agent"].pk
    assert heard[-1].lows == (Low("product", "product", 2, "坏了"),)


def test_a_correction_needs_a_reason_a_right_and_the_scope(shipped: Company) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    with pytest.raises(Invalid, match="needs a reason"):
        correct_answer(shipped.call("agent"), asking.pk, "product", value=2, reason=" ")
    with pytest.raises(Forbidden):
        correct_answer(shipped.call("auditor"), asking.pk, "product", value=2, reason="x")
    with pytest.raises(NotFound):
        correct_answer(shipped.call("agent2"), asking.pk, "product", value=2, reason="x")
    assert Answer.objects.filter(version=2).count() == 0


def test_people_see_what_their_scope_allows(shipped: Company) -> None:
    asking = asked(shipped)
    seen = {who for who in shipped.staff if visible_askings(shipped.actor(who)).filter(pk=asking.pk).exists()}
    assert seen == {"director", "service_manager", "agent", "quality", "administrator", "auditor"}


def test_asking_needs_the_right(shipped: Company) -> None:
    with pytest.raises(Forbidden):
        asked(shipped, who="store_manager")
    assert Asking.objects.count() == 0


def test_a_questionnaire_that_does_not_exist_is_not_asked(shipped: Company) -> None:
    with pytest.raises(NotFound):
        ask(shipped.call("agent"), questionnaire="none", subject=SUBJECT)


def test_time_runs_out_and_what_was_said_stays(shipped: Company, clock: MovableClock) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers={"product": 5}, partial=True)
    clock.advance(days=14, seconds=-1)
    assert expire(system_call()) == 0
    clock.advance(seconds=1)
    assert (expire(system_call()), expire(system_call())) == (1, 0)
    asking.refresh_from_db()
    assert (asking.state, asking.answers.count()) == ("expired", 1)
    assert asked(shipped).pk != asking.pk


def test_an_overdue_asking_refuses_even_before_the_sweep(shipped: Company, clock: MovableClock) -> None:
    asking = asked(shipped)
    clock.advance(days=14)
    with pytest.raises(Conflict, match="is over"):
        answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    assert asked(shipped).pk != asking.pk


def test_links_live_until_revoked(shipped: Company, clock: MovableClock) -> None:
    asking = asked(shipped)
    again = make_link(shipped.call("agent"), asking.pk)
    assert revoke_links(shipped.call("agent"), asking.pk, reason="发错号码") == 2
    fresh = make_link(shipped.call("agent"), asking.pk)
    states = [find_link(token or "", clock.now).state for token in (asking.token, again, fresh, "guess", "x" * 500)]
    assert states == [LinkState.REVOKED, LinkState.REVOKED, LinkState.GOOD, LinkState.UNKNOWN, LinkState.UNKNOWN]
    with pytest.raises(NotFound):
        answer_by_link(system_call(), asking.token or "", answers=FIVE)


def test_answers_within_seconds_are_flagged(shipped: Company, clock: MovableClock) -> None:
    began = clock.now
    fast, slow = asked(shipped), asked(shipped, subject=("organisation.store", 8))
    clock.advance(seconds=7)
    answer_by_link(system_call(), fast.token or "", answers=FIVE, began_at=began)
    clock.advance(seconds=1)
    answer_by_link(system_call(), slow.token or "", answers=FIVE, began_at=began)
    found = Asking.objects.order_by("pk").values_list("seconds", "flags", "way")
    assert list(found) == [(7, ["fast"], "self"), (8, [], "self")]


def test_a_beginning_in_the_future_counts_as_now(shipped: Company, clock: MovableClock) -> None:
    asking = asked(shipped)
    answer_by_link(system_call(), asking.token or "", answers=FIVE, began_at=clock.now + timedelta(hours=1))
    asking.refresh_from_db()
    assert asking.seconds == 0


def test_by_link_good_answers_are_kept_beside_wrong_ones(shipped: Company) -> None:
    asking = asked(shipped)
    taken = answer_by_link(system_call(), asking.token or "", answers={"product": "5", "staff": "9"})
    assert set(taken.wrong) == {"staff"}
    assert taken.missing == ("response", "staff", "process", "value")
    asking.refresh_from_db()
    assert (asking.state, asking.answers.get().number) == ("partial", 5)


def test_each_answering_is_a_line_of_history(shipped: Company) -> None:
    asking = asked(shipped)
    answer_asking(shipped.call("agent"), asking.pk, answers=FIVE)
    lines = ActEntry.objects.filter(subject="questionnaires.asking", subject_id=asking.pk).order_by("pk")
    assert [line.verb for line in lines] == ["questionnaires.ask", "questionnaires.answer_asking"]
    assert lines[0].customer_id == 3
