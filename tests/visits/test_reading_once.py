"""What a visit needs is read once: each step passes on what it has, and what is kept in memory is never stale."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.cases.public import Case
from huiyin.foundation.kept import settings_as_of
from huiyin.foundation.models import ActEntry, RowChange, SettingsStamp
from huiyin.kernel.refusal import Conflict
from huiyin.promises.public import Promise
from huiyin.questionnaires.models import Question, Questionnaire, QuestionnaireState
from huiyin.questionnaires.public import Asking, answers_on
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.start import start_visit
from huiyin.visits.models import PlanRules, Script, Visit, VisitPolicy
from huiyin.visits.queries.contacts import reach_of
from huiyin.visits.queries.policies import policy_of, rules_in_force, script_in_force
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD

SAVING = 29
"""Of these 1 finds out who it is, 2 make a double click harmless, 1 finds the next visit, and 1 would not be asked
outside of a test's transaction: the journal is told that the action is over. 7 are the contact ledger's: is the call
claimed, the customer's turn, who else claimed it, the answer, the entry, and the journal is told twice who writes. 4
are for what comes with a call: wishes of demand forms (twice), its recording, what the exchange said of the line."""
SAVING_BEGUN = 25
"""The call was claimed when the visit was taken: settling it is 1, and the journal is told twice."""


def save(client: Client, visit: Visit, **data: str) -> None:
    scores = {code: str(score) for code, score in GOOD.items()} | data
    answer = client.post(
        reverse("visit", args=[visit.pk]), {"do": "complete", "once": str(visit.pk), "way": "phone", **scores}
    )
    assert answer.status_code == 302


@pytest.mark.parametrize(("begun", "asks"), [(False, SAVING), (True, SAVING_BEGUN)])
def test_saving_a_visit_asks_each_thing_once(
    visiting: Company, visit_for: Callable, sign_in: Callable, begun: bool, asks: int
) -> None:
    client = sign_in("agent")
    save(client, visit_for())
    visit = visit_for()
    if begun:
        start_visit(visiting.call("agent"), visit.pk)
    with CaptureQueriesContext(connection) as asked:
        save(client, visit)
    assert len([query for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]) == asks


def test_completing_is_one_line_of_history_that_names_the_answers(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD, emotion="satisfied")
    line = ActEntry.objects.get(verb="visits.complete")
    assert (line.subject_id, line.customer_id) == (visit.pk, visit.customer_id)
    assert line.data == {"late": False, "asking": Asking.objects.get().pk, "answers": sorted([*GOOD, "emotion"])}
    changes = RowChange.objects.filter(verb="visits.complete").values_list("shape__subject", "operation")
    assert set(changes) >= {("questionnaires_asking", "insert"), ("questionnaires_answer", "insert")}


def test_partial_answers_are_named_with_their_call_and_completed_later(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    later = clock.now + timedelta(minutes=10)
    log_attempt(
        visiting.call("agent"), visit.pk, line="connected", business="call_back", again_at=later, answers={"product": 3}
    )
    assert ActEntry.objects.get(verb="visits.log_attempt").data["answers"] == ["product"]
    clock.set(later)
    complete_visit(visiting.call("agent"), visit.pk, answers={**GOOD, "product": 3})
    (answered,) = answers_on(visit)
    assert (answered.asking.state, dict(answered.scores)) == ("complete", {**GOOD, "product": 3})
    assert answered.asking.scores == {**GOOD, "product": 3}


def test_a_case_that_answers_open_is_on_the_visit_that_was_saved(visiting: Company, visit_for: Callable) -> None:
    done = complete_visit(visiting.call("agent"), visit_for().pk, answers={**GOOD, "product": 1})
    case = Case.objects.get()
    assert (done.found_case, Visit.objects.get(pk=done.pk).found_case) == (case, case)


def test_somebody_who_asks_the_same_at_that_moment_leads_to_a_clear_answer(
    visiting: Company, visit_for: Callable
) -> None:
    from huiyin.foundation.actions import Act
    from huiyin.questionnaires.actions.ask import asking_of
    from huiyin.questionnaires.actions.entering import Heard, enter_heard
    from huiyin.questionnaires.public import answered, ask

    visit, act = visit_for(), Act(visiting.call("agent"), "test.hear")
    unsaved = asking_of(act, "service", visit, visit.customer_id, {})
    ask(visiting.call("agent2"), questionnaire="service", subject=visit, customer=visit.customer_id)
    with pytest.raises(Conflict, match="has just been asked by somebody else"):
        enter_heard(act, answered(unsaved), Heard({"product": 5}, partial=True))


def test_a_revisit_saved_without_being_begun_keeps_its_promise_though_it_reopens_the_case(
    visiting: Company, buyer: Callable
) -> None:
    case = Cases(visiting, buyer().customer).until("verdict", cost=0)
    visit = Visit.objects.get(case=case)
    complete_visit(visiting.call("agent2"), visit.pk, answers={**GOOD, "product": 1})
    visit.refresh_from_db()
    case.refresh_from_db()
    assert (case.state, visit.state, visit.ended_because) == ("reopened", "done", "")
    assert Promise.objects.get(kind="visit.call", subject_id=visit.pk).state == "kept"


def test_the_number_dialled_is_the_first_there_is(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    visit.customer.contacts.update(phone="")
    visit.customer.contacts.create(name="王工", phone="+8613900000009")
    reach = reach_of(visit)
    assert (reach.name, reach.phone, reach.number) == (visit.customer.name, "", "+8613900000009")
    visit.customer.contacts.update(phone="")
    assert (reach_of(visit).phone, reach_of(visit).number) == ("", "")


def test_a_changed_policy_rule_or_script_holds_at_once(visiting: Company, clock: MovableClock) -> None:
    day, policy = clock.now.date(), VisitPolicy.objects.get(code="regular")
    with settings_as_of(SettingsStamp.objects.get().value):
        assert (policy_of(policy.pk).name_zh, rules_in_force(day).version) == (policy.name_zh, 1)
        assert script_in_force("regular", day) is not None
    VisitPolicy.objects.filter(pk=policy.pk).update(name_zh="新名")
    rules = PlanRules.objects.get()
    PlanRules.objects.create(version=2, effective_from=day, plan=rules.plan)
    Script.objects.filter(code="regular").delete()
    with settings_as_of(SettingsStamp.objects.get().value):
        assert (policy_of(policy.pk).name_zh, rules_in_force(day).version) == ("新名", 2)
        assert script_in_force("regular", day) is None


def test_a_new_version_of_a_questionnaire_is_asked_from_the_next_visit_on(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    client = sign_in("agent")
    save(client, visit_for())
    newer = Questionnaire.objects.create(code="service", version=2, title_zh="新", state=QuestionnaireState.PUBLISHED)
    old = Question.objects.filter(questionnaire__version=1, questionnaire__code="service")
    Question.objects.bulk_create(
        Question(questionnaire=newer, order=each.order, code=each.code, kind=each.kind, text_zh="新问题")
        for each in old
    )
    visit = visit_for()
    assert "新问题" in client.get(reverse("visit", args=[visit.pk])).content.decode()
    save(client, visit)
    assert Asking.objects.get(subject_id=visit.pk).questionnaire == newer


def test_who_takes_a_visit_over_has_it_on_the_next_page(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    start_visit(visiting.call("agent2"), visit.pk)
    page = sign_in("agent").post(reverse("visit", args=[visit.pk]), {"do": "busy", "once": "1"})
    assert (page.status_code, visiting.staff["agent2"].name in page.content.decode()) == (422, True)
