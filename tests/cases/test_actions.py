"""A case from first word to verdict: state, clocks, history and words to the customer after each step."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.cases.actions.answer_plan import answer_plan_by_link, confirm_plan, decline_plan
from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.attach import attach_file
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.close import close_case
from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.note import add_note, answer_customer, log_contact
from huiyin.cases.actions.record_revisit import record_revisit
from huiyin.cases.actions.reopen import reopen_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.take import take_case
from huiyin.cases.actions.tasks import add_task, finish_task
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.actions.verdict import record_verdict, verdict_by_link
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.events import CaseSettled
from huiyin.cases.models import Case, CaseLink, CasePlan, CaseStage
from huiyin.cases.models.case import NO_CLOCK
from huiyin.contact_ledger.public import ContactEntry
from huiyin.customers.public import Contact
from huiyin.foundation import events
from huiyin.foundation.models import ActEntry
from huiyin.kernel.actor import NOBODY
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.promises.public import Promise
from tests.cases.conftest import STEPS, Cases, owed
from tests.conftest import Company, MovableClock


def test_opening_gives_number_level_department_clocks_and_a_receipt(cases: Cases, company: Company) -> None:
    case = cases.open(emotion="angry")
    assert (case.number, case.state, case.level) == ("GD20260928-0001", "open", "urgent")
    assert case.suggested_level == "urgent"
    assert [reason["factor"] for reason in case.suggested_because] == ["emotion", "tier", "kind"]
    assert (case.department, case.owner, case.policy) == (
        company.departments["technical"],
        company.staff["agent"],
        "standard",
    )
    assert owed(case) == {"first_response": "09-28 11:00", "verify": "09-29 09:00", "solve": "09-29 09:00"}
    assert case.due_at == Promise.objects.get(kind="case.first_response").due_at
    receipt = case.notes.get()
    assert receipt.kind == "told"
    assert case.number in receipt.text
    assert "2026-09-28 11:00" in receipt.text
    assert CaseLink.objects.get(case=case).token in receipt.text


def test_numbers_of_a_day_run_on(cases: Cases, clock: MovableClock) -> None:
    assert [cases.open().number for _n in range(2)] == ["GD20260928-0001", "GD20260928-0002"]
    clock.set("2026-09-29 00:00")
    assert cases.open().number == "GD20260929-0001"


def test_a_case_about_attitude_goes_to_the_head_of_service(cases: Cases, company: Company) -> None:
    case = cases.open(topic="attitude")
    assert (case.department, case.owner) == (company.departments["service"], company.staff["service_manager"])


def test_a_second_complaint_of_the_same_customer_is_seen_as_a_repeat(cases: Cases, clock: MovableClock) -> None:
    first = cases.open()
    clock.advance(days=90)
    again = cases.open(channel="email")
    assert (again.repeated, again.repeat_of, again.needs_senior) == (True, first, True)
    clock.advance(days=91)
    assert not cases.open().repeated


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "riddle"},
        {"topic": ""},
        {"description": "  "},
        {"level": "dire"},
        {"happened_at": "tomorrow"},
        {"description": "x" * 20_001},
    ],
)
def test_a_record_that_makes_no_sense_is_not_saved(cases: Cases, company: Company, wrong: dict[str, object]) -> None:
    if "happened_at" in wrong:
        wrong = {"happened_at": company.call("agent").now + timedelta(days=1)}
    with pytest.raises(Invalid) as refusal:
        cases.open(**wrong)
    assert set(refusal.value.fields) == set(wrong)
    assert Case.objects.count() == 0


def test_the_whole_way_to_a_closed_case(cases: Cases, company: Company, clock: MovableClock) -> None:
    told: list[object] = []
    events.reacts_to(CaseSettled)(lambda _call, event: told.append(event))
    case = cases.open()
    assert case.level == "important"
    clock.set("2026-09-28 11:00")
    cases.step(case, "verify")
    assert owed(case) == {"plan": "10-08 09:00"}
    cases.step(case, "plan")
    assert owed(case) == {}
    cases.step(case, "send_plan")
    assert owed(case) == {"agree": "09-30 11:00"}
    cases.step(case, "confirm", way="phone")
    assert owed(case) == {"solve": "09-30 11:00"}
    cases.step(case, "start")
    clock.set("2026-09-29 15:00")
    cases.step(case, "finish")
    assert owed(case) == {"tell_result": "09-30 15:00"}
    cases.step(case, "tell")
    assert owed(case) == {"verdict": "10-09 15:00"}
    cases.step(case, "verdict")
    assert (case.state, case.verdict) == ("revisit", "satisfied")
    assert owed(case) == {"revisit": "09-30 15:00"}
    settled = told[-1]
    assert isinstance(settled, CaseSettled)
    assert (settled.case_id, settled.handler_id, settled.kind) == (case.pk, company.staff["agent"].pk, "complaint")
    record_revisit(company.call("quality"), case.pk, outcome="confirmed", score=4)
    case.refresh_from_db()
    assert (case.state, case.closed_at, owed(case)) == ("closed", clock.now, {})
    stages = list(CaseStage.objects.filter(case=case).order_by("id").values_list("verb", "to_state"))
    assert stages == [
        ("open", "open"),
        ("verify", "verified"),
        ("plan", "planned"),
        ("send_plan", "planned"),
        ("confirm", "confirmed"),
        ("start", "executing"),
        ("finish", "done"),
        ("tell", "told"),
        ("verdict", "accepted"),
        ("ask_revisit", "revisit"),
        ("record_revisit", "closed"),
    ]
    executing = CaseStage.objects.get(case=case, verb="finish")
    assert (executing.lasted, executing.worked) == (timedelta(hours=28), timedelta(hours=11))
    kept = dict(Promise.objects.filter(subject_id=case.pk, state="kept").values_list("kind", "margin"))
    assert kept["case.first_response"] == timedelta(hours=2)
    assert set(kept) == {
        f"case.{goal}"
        for goal in ("first_response", "verify", "plan", "agree", "solve", "tell_result", "verdict", "revisit")
    }
    verbs = set(ActEntry.objects.filter(subject="cases.case", subject_id=case.pk).values_list("verb", flat=True))
    assert {"cases.open", "cases.verify", "cases.plan", "cases.confirm", "cases.verdict"} <= verbs


def test_a_customer_who_is_not_satisfied_puts_the_case_back_by_itself(cases: Cases, company: Company) -> None:
    case = cases.until("tell")
    cases.step(case, "verdict", verdict="not", score=1, words="还是停机")
    assert (case.state, case.verdict, case.reopened_times, case.closed_at) == ("reopened", "", 1, None)
    assert owed(case) == {"plan": "10-08 09:00"}
    with pytest.raises(Conflict):
        close_case(company.call("agent"), case.pk)
    cases.step(case, "plan")
    cases.step(case, "start")
    cases.step(case, "finish")
    cases.step(case, "tell")
    cases.step(case, "verdict", verdict="mostly")
    assert case.state == "revisit"


def test_a_revisit_that_finds_the_problem_unsettled_reopens(cases: Cases, company: Company) -> None:
    case = cases.until("verdict")
    record_revisit(company.call("quality"), case.pk, outcome="unsettled", score=2, words="又坏了")
    case.refresh_from_db()
    assert (case.state, case.verdict, case.revisit) == ("reopened", "", "")
    assert [(r.outcome, r.score) for r in case.revisits.all()] == [("unsettled", 2)]


def test_a_revisit_that_reaches_nobody_leaves_the_case_to_be_closed_on_its_verdict(cases: Cases, company: Company):
    case = cases.until("verdict")
    with pytest.raises(Conflict):
        close_case(company.call("quality"), case.pk)
    record_revisit(company.call("quality"), case.pk, outcome="unreached")
    close_case(company.call("quality"), case.pk, reason="两次未接通")
    case.refresh_from_db()
    assert (case.state, owed(case)) == ("closed", {})


def test_the_handler_cannot_make_the_revisit(cases: Cases, company: Company) -> None:
    case = cases.until("verdict")
    with pytest.raises(Conflict):
        record_revisit(company.call("agent"), case.pk, outcome="confirmed")
    case.refresh_from_db()
    assert (case.state, case.revisits.count()) == ("revisit", 0)


def test_an_inquiry_closes_with_its_verdict(cases: Cases) -> None:
    case = cases.open(kind="inquiry", topic="other")
    for verb in ("verify", "start", "finish", "tell", "verdict"):
        cases.step(case, verb)
    assert (case.state, owed(case)) == ("closed", {})


def test_an_unreachable_customer_is_documented_before_the_case_closes(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.until("tell")
    for moment in ("2026-09-28 10:00", "2026-09-28 15:00"):
        clock.set(moment)
        log_contact(company.call("agent"), case.pk, reached=False)
    with pytest.raises(Conflict):
        close_case(company.call("agent"), case.pk)
    clock.set("2026-09-29 10:00")
    log_contact(company.call("agent"), case.pk, reached=False)
    close_case(company.call("agent"), case.pk)
    case.refresh_from_db()
    assert (case.state, case.verdict) == ("closed", "")


def test_reaching_the_customer_is_the_first_response(cases: Cases, company: Company, clock: MovableClock) -> None:
    case = cases.open()
    clock.set("2026-09-28 14:30")
    log_contact(company.call("agent"), case.pk, reached=False)
    assert "first_response" in owed(case)
    log_contact(company.call("agent"), case.pk, reached=True, text="约了明天")
    kept = Promise.objects.get(kind="case.first_response")
    assert (kept.state, kept.margin, kept.broken_at) == ("kept", timedelta(minutes=-30), kept.due_at)
    noted = ContactEntry.objects.filter(subject="cases.case", subject_id=case.pk).order_by("id")
    assert [(each.way, each.purpose, each.outcome) for each in noted] == [
        ("phone", "answer", "not_reached"),
        ("phone", "answer", "reached"),
    ]


def test_writing_to_the_customer_is_a_response_too(cases: Cases, company: Company) -> None:
    case = cases.open()
    note = answer_customer(company.call("agent"), case.pk, text="师傅今天 16 点前到")
    assert (note.kind, "first_response" in owed(case)) == ("told", False)


def test_waiting_for_the_customer_stops_the_clocks_over_the_holiday(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.open(kind="inquiry", topic="other", level="general")
    cases.step(case, "verify")
    assert owed(case) == {"solve": "10-10 09:00"}
    clock.set("2026-09-29 09:00")
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等客户发照片")
    case.refresh_from_db()
    assert (case.state, case.waiting_for) == ("waiting", "customer")
    assert Promise.objects.get(subject_id=case.pk, kind="case.solve").state == "paused"
    assert case.due_at == Promise.objects.get(subject_id=case.pk, kind="case.follow_up").due_at
    clock.set("2026-10-08 09:00")
    resume_case(company.call("agent"), case.pk)
    case.refresh_from_db()
    assert (case.state, case.waiting_for) == ("verified", "")
    assert owed(case) == {"solve": "10-12 18:00"}


def test_waiting_for_a_part_does_not_stop_the_clocks(cases: Cases, company: Company) -> None:
    case = cases.open()
    before = owed(case)
    wait_for(company.call("agent"), case.pk, waiting_for="part", reason="压缩机缺货")
    case.refresh_from_db()
    assert (case.state, owed(case), case.has_clock) == ("waiting", before | {"follow_up": "10-08 09:00"}, True)


def test_a_late_clock_stays_late_when_the_case_waits(cases: Cases, company: Company, clock: MovableClock) -> None:
    case = cases.open()
    clock.set("2026-09-28 16:00")
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等客户")
    states = dict(Promise.objects.filter(subject_id=case.pk).values_list("kind", "state"))
    assert (states["case.first_response"], states["case.verify"]) == ("open", "paused")


@pytest.mark.parametrize("values", [{"waiting_for": "rain", "reason": "x"}, {"waiting_for": "customer", "reason": " "}])
def test_waiting_names_whom_for_and_why(cases: Cases, company: Company, values: dict[str, str]) -> None:
    case = cases.open()
    with pytest.raises(Invalid):
        wait_for(company.call("agent"), case.pk, **values)
    case.refresh_from_db()
    assert case.state == "open"


def test_triage_keeps_suggestion_and_decision_and_restarts_the_clocks(cases: Cases, company: Company) -> None:
    case = cases.open()
    assert owed(case) == {"first_response": "09-28 14:00", "verify": "09-29 09:00", "plan": "10-08 09:00"}
    with pytest.raises(Invalid):
        triage_case(company.call("agent"), case.pk, level="general")
    triage_case(company.call("agent"), case.pk, level="urgent", severity="down")
    case.refresh_from_db()
    assert (case.suggested_level, case.level, case.level_by, case.level_rank) == (
        "urgent",
        "urgent",
        company.staff["agent"],
        1,
    )
    assert owed(case) == {"first_response": "09-28 11:00", "verify": "09-29 09:00", "solve": "09-29 09:00"}
    assert Promise.objects.get(kind="case.plan").state == "cancelled"


def test_who_decides_the_level_says_of_what_kind_a_mail_is(cases: Cases, company: Company) -> None:
    case = cases.open(kind="other", channel="email")
    with pytest.raises(Invalid):
        triage_case(company.call("agent"), case.pk, level=case.level, kind="nonsense")
    triage_case(company.call("agent"), case.pk, level="important", kind="complaint", reason="投诉")
    case.refresh_from_db()
    assert (case.kind, {because["factor"] for because in case.suggested_because}) == ("complaint", {"tier", "kind"})


def test_a_goal_already_reached_is_not_owed_again_after_triage(cases: Cases, company: Company) -> None:
    case = cases.open()
    cases.step(case, "verify")
    triage_case(company.call("agent"), case.pk, level="urgent", severity="down")
    assert set(owed(case)) == {"solve"}


def test_routing_passes_the_case_and_its_clocks_to_the_other_department(cases: Cases, company: Company) -> None:
    case = cases.open()
    route_case(company.call("agent"), case.pk, topic="product", reason="质量问题")
    case.refresh_from_db()
    assert (case.topic, case.department, case.owner) == ("product", company.departments["rnd"], None)
    promises = Promise.objects.filter(subject_id=case.pk, state="open")
    assert set(promises.values_list("owner", "department")) == {(None, company.departments["rnd"].pk)}


def test_assigning_hands_over_the_clocks(cases: Cases, company: Company) -> None:
    case = cases.open()
    assign_case(company.call("technical_head"), case.pk, staff_id=company.staff["engineer"].pk)
    case.refresh_from_db()
    assert case.owner == company.staff["engineer"]
    assert set(Promise.objects.filter(subject_id=case.pk).values_list("owner", flat=True)) == {case.owner_id}


def test_a_person_of_another_department_takes_the_case_along_and_the_first_one_keeps_seeing_it(
    cases: Cases, company: Company
) -> None:
    case = cases.open(by="agent2", topic="technical")
    technical, service = company.departments["technical"], company.departments["service"]
    helper = company.staff["agent"]
    assign_case(company.call("technical_head"), case.pk, staff_id=helper.pk, reason="请客服协助")
    case.refresh_from_db()
    assert (case.owner, case.department, case.involved) == (helper, service, [technical.pk])
    promises = Promise.objects.filter(subject_id=case.pk).values_list("owner", "department")
    assert set(promises) == {(helper.pk, service.pk)}
    for who, sees in {"technical_head": True, "service_manager": True, "agent": True, "rnd_head": False}.items():
        assert Case.objects.visible_to(company.actor(who)).filter(pk=case.pk).exists() is sees, who
    entry = ActEntry.objects.get(verb="cases.assign")
    assert (entry.reason, entry.data["department_id"], entry.data["involved"]) == (
        "请客服协助",
        service.pk,
        [technical.pk],
    )


def test_a_case_that_comes_back_is_no_longer_only_involving_its_department(cases: Cases, company: Company) -> None:
    case = cases.open(by="agent2", topic="technical")
    for person in ("agent", "engineer"):
        assign_case(company.call("director"), case.pk, staff_id=company.staff[person].pk)
    case.refresh_from_db()
    assert (case.department, case.involved) == (company.departments["technical"], [company.departments["service"].pk])


def test_assigning_to_a_colleague_leaves_the_department(cases: Cases, company: Company) -> None:
    case = cases.open(by="agent2", topic="technical")
    assign_case(company.call("technical_head"), case.pk, staff_id=company.staff["engineer"].pk)
    case.refresh_from_db()
    assert (case.department, case.involved) == (company.departments["technical"], None)
    assert "department_id" not in ActEntry.objects.get(verb="cases.assign").data


@pytest.mark.parametrize(("address", "last"), [("", "contact us"), ("lin@customer.example", "subject")])
def test_only_a_customer_with_mail_is_asked_to_answer_by_mail(cases: Cases, address: str, last: str) -> None:
    Contact.objects.update(email=address)
    cases.customer.language = "en"
    cases.customer.save()
    note = cases.open().notes.get()
    assert (note.channel, last in note.text) == ("email" if address else "", True)
    assert ("answer this message" in note.text) is bool(address)


def test_a_case_knows_from_when_on_its_next_deadline_is_near(cases: Cases, clock: MovableClock) -> None:
    case = cases.open()
    for step in ("", *STEPS):
        if step:
            clock.advance(minutes=5)
            cases.step(case, step)
        case.refresh_from_db()
        running = Promise.objects.filter(subject="cases.case", subject_id=case.pk, state="open").order_by(
            "due_at", "id"
        )
        first = running.first()
        assert (case.due_at, case.warn_at) == ((first.due_at, first.ladder_at[0]) if first else (NO_CLOCK, None)), step


def test_a_case_that_waits_for_its_customer_warns_of_the_next_question_only(cases: Cases, company: Company) -> None:
    case = cases.open()
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等客户发照片")
    case.refresh_from_db()
    [asking] = Promise.objects.filter(subject_id=case.pk, state="open")
    assert (case.due_at, case.warn_at) == (asking.due_at, asking.ladder_at[0])


def test_a_plan_that_costs_money_waits_for_the_written_word(cases: Cases, company: Company) -> None:
    case = cases.until("send_plan", cost=Decimal(380))
    call = company.call("agent")
    with pytest.raises(Conflict):
        confirm_plan(call, case.pk, way="phone")
    with pytest.raises(Conflict):
        start_work(call, case.pk)
    confirm_plan(call, case.pk, way="link")
    start_work(call, case.pk)
    case.refresh_from_db()
    assert case.state == "executing"


def stranger(company: Company) -> Call:
    return Call(actor=NOBODY, now=company.call("agent").now)


def test_the_customer_confirms_by_link_and_twice_is_harmless(cases: Cases, company: Company) -> None:
    case = cases.until("send_plan", cost=Decimal(380))
    token = case.links.get().token
    assert answer_plan_by_link(stranger(company), token, version=1, agreed=True) == "confirmed"
    assert answer_plan_by_link(stranger(company), token, version=1, agreed=True) == "already"
    case.refresh_from_db()
    plan = CasePlan.objects.get(case=case)
    assert (case.state, plan.answer, plan.way, plan.answer_by) == ("confirmed", "confirmed", "link", None)
    assert CaseStage.objects.filter(case=case, verb="confirm").count() == 1


def test_an_answer_to_a_plan_that_has_changed_since_is_not_taken(cases: Cases, company: Company) -> None:
    case = cases.until("send_plan")
    token = case.links.get().token
    cases.step(case, "plan", steps="改为更换整机")
    with pytest.raises(Conflict, match="changing"):
        answer_plan_by_link(stranger(company), token, version=1, agreed=True)
    case.refresh_from_db()
    assert case.state == "planned"


def test_a_guessed_link_leads_nowhere_and_an_expired_one_says_so(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.until("send_plan")
    with pytest.raises(NotFound):
        answer_plan_by_link(stranger(company), "guessed", version=1, agreed=True)
    clock.advance(days=91)
    with pytest.raises(Conflict, match="expired"):
        answer_plan_by_link(stranger(company), case.links.get().token, version=1, agreed=True)


def test_a_declined_plan_goes_back_to_planning_with_the_reason(cases: Cases, company: Company) -> None:
    case = cases.until("send_plan")
    with pytest.raises(Invalid):
        decline_plan(company.call("agent"), case.pk, way="phone", words="")
    decline_plan(company.call("agent"), case.pk, way="phone", words="太慢")
    case.refresh_from_db()
    assert (case.state, case.plans.get().answer_words) == ("verified", "太慢")


def test_the_verdict_by_link_settles_and_twice_is_harmless(cases: Cases, company: Company) -> None:
    case = cases.until("tell")
    token = case.links.get().token
    assert verdict_by_link(stranger(company), token, verdict="satisfied", score=5) == "satisfied"
    assert verdict_by_link(stranger(company), token, verdict="satisfied", score=5) == "already"
    case.refresh_from_db()
    assert (case.state, case.verdicts.count(), case.verdicts.get().way) == ("revisit", 1, "link")


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_one_to_five_is_refused(cases: Cases, company: Company, score: int) -> None:
    case = cases.until("tell")
    with pytest.raises(Invalid):
        record_verdict(company.call("agent"), case.pk, verdict="satisfied", score=score)
    assert case.verdicts.count() == 0


def test_open_tasks_keep_the_work_from_being_finished(cases: Cases, company: Company) -> None:
    case = cases.until("start")
    call = company.call("agent")
    task = add_task(call, case.pk, title="带压缩机上门", person_id=company.staff["engineer"].pk)
    with pytest.raises(Conflict):
        finish_work(call, case.pk, test="正常")
    finish_task(call, case.pk, task_id=task.pk)
    finish_task(call, case.pk, task_id=task.pk)
    finish_work(call, case.pk, test="正常")
    task.refresh_from_db()
    assert (task.done_by, case.tasks.count()) == (company.staff["agent"], 1)


def test_a_cancelled_case_owes_nothing_and_says_why(cases: Cases, company: Company) -> None:
    first, second = cases.open(), cases.open()
    call = company.call("technical_head")
    with pytest.raises(Invalid):
        cancel_case(call, second.pk, why="duplicate", reason="同一件事", same_as=second.number)
    cancel_case(call, second.pk, why="duplicate", reason="同一件事", same_as=first.number)
    second.refresh_from_db()
    assert (second.state, second.repeat_of, owed(second)) == ("cancelled", first, {})


def test_a_closed_case_is_reopened_with_a_reason(cases: Cases, company: Company) -> None:
    case = cases.until("verdict")
    record_revisit(company.call("quality"), case.pk, outcome="confirmed")
    with pytest.raises(Invalid):
        reopen_case(company.call("agent"), case.pk, reason="")
    reopen_case(company.call("agent"), case.pk, reason="一周后复发")
    case.refresh_from_db()
    assert (case.state, case.reopened_times, case.closed_at) == ("reopened", 1, None)


def test_a_file_is_kept_once_and_a_liar_not_at_all(cases: Cases, company: Company, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = cases.open()
    for _twice in range(2):
        attach_file(company.call("agent"), case.pk, upload=SimpleUploadedFile("照片.jpg", b"\xff\xd8\xff" + b"0" * 99))
    assert [(file.name, file.media_type, file.size) for file in case.attachments.all()] == [
        ("照片.jpg", "image/jpeg", 102)
    ]
    with pytest.raises(Invalid):
        attach_file(company.call("agent"), case.pk, upload=SimpleUploadedFile("照片.jpg", b"<script>"))
    with pytest.raises(Invalid):
        attach_file(company.call("agent"), case.pk, upload=SimpleUploadedFile("大.txt", b"a" * (10 * 1024 * 1024 + 1)))
    assert case.attachments.count() == 1


def test_a_new_policy_version_leaves_running_cases_theirs(cases: Cases, company: Company) -> None:
    from huiyin.cases.models import SlaPolicy

    case = cases.open(kind="inquiry", topic="other", level="general")
    old = SlaPolicy.objects.get(code="standard", version=1)
    clocks = [clock | {"amount": 1} for clock in old.clocks]
    SlaPolicy.objects.create(
        code="standard",
        version=2,
        name="2",
        clocks=clocks,
        pauses=[],
        effective_from=company.call("agent").now.date(),
    )
    newer = cases.open(kind="inquiry", topic="other", level="general")
    assert (case.policy_version, newer.policy_version) == (1, 2)
    assert (owed(case)["solve"], owed(newer)["solve"]) == ("10-10 09:00", "09-29 09:00")
    triage_case(company.call("agent"), case.pk, level="important", reason="客户再次来电")
    assert owed(case)["plan"] == "10-08 09:00"


def test_a_note_is_kept_and_an_empty_one_refused(cases: Cases, company: Company) -> None:
    case = cases.open()
    add_note(company.call("agent"), case.pk, text=" 本月第三次 ")
    with pytest.raises(Invalid):
        add_note(company.call("agent"), case.pk, text=" ")
    assert list(case.notes.filter(kind="note").values_list("text", flat=True)) == ["本月第三次"]


def test_nobody_takes_what_somebody_has(cases: Cases, company: Company) -> None:
    case = cases.open(topic="other")
    route_case(company.call("agent"), case.pk, topic="other")
    take_case(company.call("agent2"), case.pk)
    with pytest.raises(Conflict, match="agent2"):
        take_case(company.call("service_manager"), case.pk)
    verify_case(company.call("agent2"), case.pk)
    case.refresh_from_db()
    assert (case.owner, case.state) == (company.staff["agent2"], "verified")
