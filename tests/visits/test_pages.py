"""Pages of visits: what they show to whom, in both languages, and what their buttons do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.cases.public import Case
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.visits.actions.complete import complete_visit
from huiyin.visits.actions.do_plan_work import do_plan_work
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.publish_plan import publish_plan
from huiyin.visits.models import Attempt, OwedAnswer, PlanWork, Visit, VisitRecord, WeekPlan
from huiyin.visits.public import draw_due
from tests.conftest import Company, MovableClock
from tests.visits.conftest import GOOD, policy

SCORES = {code: str(score) for code, score in GOOD.items()}


def post(client: Client, visit: Visit, do: str, **data: str):
    return client.post(reverse("visit", args=[visit.pk]), {"do": do, "once": do, "way": "phone", **data})


@pytest.mark.parametrize(
    ("who", "status"),
    [("agent", 200), ("agent2", 200), ("service_manager", 200), ("auditor", 200), ("engineer", 404), ("rnd_head", 404)],
)
def test_who_opens_the_workstation(
    visiting: Company, visit_for: Callable, sign_in: Callable, who: str, status: int
) -> None:
    visit = visit_for()
    assert sign_in(who).get(reverse("visit", args=[visit.pk])).status_code == status


def test_the_card_masks_the_phone_until_the_visit_is_taken_and_the_look_is_logged(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    client = sign_in("agent")
    before = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "138****0001" in before
    assert "13800000001" not in before
    after = post(client, visit, "start").content.decode()
    assert "tel:13800000001" in after
    assert ActEntry.objects.filter(verb="customers.reveal", customer_id=visit.customer_id).count() == 1
    visit.refresh_from_db()
    assert (visit.state, visit.started_by) == ("in_progress", visiting.staff["agent"])


def test_the_card_shows_past_scores_flags_and_the_goal(
    visiting: Company, visit_for: Callable, sign_in: Callable, clock: MovableClock
) -> None:
    visit = visit_for(tier="vip", preferred_time="morning", language="en")
    complete_visit(visiting.call("agent"), visit.pk, answers={**GOOD, "staff": 2})
    clock.set("2026-09-23 10:05")
    later = Visit.objects.create(
        kind="by_hand",
        policy=policy("by_hand"),
        customer=visit.customer,
        due_from=clock.now,
        due_by=clock.now,
        breach_at=clock.now,
        created_at=clock.now,
        agent=visiting.staff["agent"],
    )
    text = sign_in("agent").get(reverse("visit", args=[later.pk])).content.decode()
    for words in (
        "VIP 客户",
        "上次不满意：人员专业度",
        "偏好：上午",
        "语言：en",
        "回答提出回访的人想知道的问题",
        "4.2",
    ):
        assert words in text


def test_one_post_saves_a_whole_visit_and_leads_to_the_next(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit, following = visit_for(), visit_for()
    answer = post(sign_in("agent"), visit, "complete", **SCORES, emotion="satisfied", need="滤芯", goal_met="true")
    assert (answer.status_code, answer["Location"]) == (302, reverse("visit", args=[following.pk]))
    record = VisitRecord.objects.get()
    assert (record.needs, record.emotion, record.goal_met) == ("滤芯", "satisfied", True)


def test_a_result_is_one_button(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    answer = post(sign_in("agent"), visit, "no_answer")
    assert answer["Location"] == reverse("visits")
    assert Attempt.objects.get().line == "no_answer"


def test_a_double_click_dials_once(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    client = sign_in("agent")
    assert [post(client, visit, "no_answer").status_code for _ in range(2)] == [302, 302]
    assert Attempt.objects.count() == 1


def test_what_was_typed_stays_when_an_answer_is_missing(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    answer = post(sign_in("agent"), visit, "complete", product="4", problem="门关不上", notes="记一下")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'name="product" value="4" aria-label="4" checked' in text
    assert "门关不上" in text
    assert "记一下" in text
    assert text.count('class="question has-error"') == 4
    assert not Case.objects.exists()


def test_a_call_back_without_a_time_is_asked_for_one(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    answer = post(sign_in("agent"), visit, "call_back")
    assert answer.status_code == 422
    later = post(sign_in("agent"), visit, "call_back", again_at="2026-09-16T15:00", once="2")
    assert later.status_code == 302
    visit.refresh_from_db()
    assert visit.again_asked


def test_a_low_score_leads_to_the_case_on_the_same_page(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    client = sign_in("agent")
    answer = post(client, visit, "complete", **{**SCORES, "product": "2", "product.why": "漏水"})
    assert answer["Location"] == reverse("visit", args=[visit.pk])
    assert Case.objects.get().number in client.get(answer["Location"]).content.decode()


def test_the_second_agent_is_told_who_has_the_visit(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    post(sign_in("agent"), visit, "start")
    answer = post(sign_in("agent2"), visit, "no_answer")
    assert answer.status_code == 422
    assert "agent 已经在做这次回访。" in answer.content.decode()


def test_outside_the_windows_the_page_says_when_calls_open(
    visiting: Company, visit_for: Callable, sign_in: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    clock.set("2026-09-15 12:30")
    text = sign_in("agent").get(reverse("visit", args=[visit.pk])).content.decode()
    assert "只在呼叫时段内联系客户。" in text
    assert "override_reason" not in text
    manager = sign_in("service_manager").get(reverse("visit", args=[visit.pk])).content.decode()
    assert "override_reason" in manager


def test_the_questionnaire_link_is_shown_once(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    client = sign_in("agent")
    assert "/q/" in post(client, visit, "link").content.decode()
    assert "/q/" not in client.get(reverse("visit", args=[visit.pk])).content.decode()


def test_a_done_visit_shows_its_record_and_is_corrected_as_a_version(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    complete_visit(visiting.call("agent"), visit.pk, answers=GOOD, notes="甲")
    client = sign_in("agent")
    assert "甲" in client.get(reverse("visit", args=[visit.pk])).content.decode()
    address = reverse("visit-correct", args=[visit.pk])
    assert client.post(address, {"notes": "乙", "reason": "", "once": "1"}).status_code == 422
    assert client.post(address, {"notes": "乙", "reason": "写错", "once": "2"}).status_code == 302
    assert VisitRecord.objects.get(current=True).notes == "乙"
    assert sign_in("auditor").get(address).status_code == 403


def test_my_day_groups_visits_by_window(
    visiting: Company, visit_for: Callable, sign_in: Callable, clock: MovableClock
) -> None:
    visit_for(name="现在可拨")
    later = visit_for(name="下午再拨")
    Visit.objects.filter(pk=later.pk).update(
        window_start=clock.set("2026-09-15 14:00"), window_end=clock.set("2026-09-15 16:30")
    )
    clock.set("2026-09-15 10:05")
    text = sign_in("agent").get(reverse("visits")).content.decode()
    assert text.index("现在可以拨打") < text.index("现在可拨") < text.index("今天稍后") < text.index("下午再拨")
    assert "现在可拨" not in sign_in("agent2").get(reverse("visits")).content.decode()


@pytest.mark.parametrize("tab", ["open", "pool", "done"])
def test_lists_are_filtered_and_paged(visiting: Company, visit_for: Callable, sign_in: Callable, tab: str) -> None:
    for _ in range(3):
        visit_for()
    client = sign_in("service_manager")
    for query in ("", "&text=CS2026", "&text=0001", "&kind=regular&state=planned", "&mine=1", "&after=rubbish"):
        assert client.get(f"{reverse('visits')}?tab={tab}{query}").status_code == 200


def test_lists_take_the_same_number_of_queries_whatever_their_length(
    visiting: Company, visit_for: Callable, sign_in: Callable, django_assert_max_num_queries
) -> None:
    for _ in range(12):
        visit_for()
    client = sign_in("agent")
    with django_assert_max_num_queries(18):
        client.get(reverse("visits"))
    with django_assert_max_num_queries(18):
        client.get(f"{reverse('visits')}?tab=open")


def test_the_workstation_takes_few_queries(
    visiting: Company, visit_for: Callable, sign_in: Callable, django_assert_max_num_queries
) -> None:
    visit = visit_for()
    client = sign_in("agent")
    with django_assert_max_num_queries(45):
        client.get(reverse("visit", args=[visit.pk]))


def test_an_owed_answer_is_promised_and_given_on_pages(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit = visit_for()
    client = sign_in("agent")
    engineer = visiting.staff["engineer"].pk
    address = reverse("owe-answer", args=[visit.pk])
    wrong = client.post(address, {"owed-question": "x", "owed-owner": engineer, "owed-due_at": "2020-01-01T10:00"})
    assert wrong.status_code == 422
    data = {"owed-question": "接地暖？", "owed-owner": engineer, "owed-due_at": "2026-09-16T10:00", "once": "1"}
    assert client.post(address, data).status_code == 302
    owed = OwedAnswer.objects.get()
    page = reverse("owed-answer", args=[owed.pk])
    assert "接地暖？" in sign_in("engineer").get(page).content.decode()
    assert sign_in("engineer").post(page, {"answer": "可以", "once": "1"}).status_code == 302
    assert "可以" in client.get(page).content.decode()
    assert sign_in("rnd_head").get(page).status_code == 404


def test_a_week_is_drawn_explained_and_published_on_the_plan_page(
    visiting: Company, buyer: Callable, sign_in: Callable
) -> None:
    bought = [buyer(days=5) for _ in range(5)]
    client = sign_in("service_manager")
    address = f"{reverse('plan')}?week=2026-W39"
    assert client.get(address).status_code == 200
    assert client.post(address, {"do": "draw", "seed": "7", "once": "1"}).status_code == 302
    do_plan_work(system_call(), PlanWork.objects.latest("id").pk)
    plan = WeekPlan.objects.get()
    text = client.get(f"{address}&text={bought[0].customer.number}").content.decode()
    assert "抽中" in text
    assert client.post(address, {"do": "publish", "plan": plan.pk, "once": "2"}).status_code == 302
    do_plan_work(system_call(), PlanWork.objects.latest("id").pk)
    assert Visit.objects.filter(state="planned").count() == 5
    day = client.get(reverse("plan-day", args=[plan.pk, "2026-09-21"]))
    assert day.status_code == 200
    why = client.get(reverse("plan-why", args=[plan.pk, Visit.objects.first().pk])).content.decode()
    assert "抽中" in why
    assert client.get(address).status_code == 200


def test_the_plan_page_refuses_nonsense(visiting: Company, sign_in: Callable) -> None:
    client = sign_in("service_manager")
    assert client.post(f"{reverse('plan')}?week=2026-W39", {"do": "draw", "seed": "x"}).status_code == 422
    assert client.post(f"{reverse('plan')}?week=2026-W30", {"do": "draw", "seed": "1"}).status_code == 422
    assert client.post(reverse("plan"), {"do": "publish", "plan": "x"}).status_code == 404
    assert client.get(f"{reverse('plan')}?week=2026-W99").status_code == 200
    assert client.get(reverse("plan-day", args=[1, "2026-13-01"])).status_code == 404


def test_agents_do_not_plan(visiting: Company, sign_in: Callable) -> None:
    assert sign_in("agent").get(reverse("plan")).status_code == 403
    assert sign_in("auditor").post(f"{reverse('plan')}?week=2026-W39", {"do": "draw", "seed": "1"}).status_code == 403
    assert not WeekPlan.objects.exists()


def test_marked_visits_are_handed_over_on_the_day_page(visiting: Company, buyer: Callable, sign_in: Callable) -> None:
    for _ in range(4):
        buyer(days=5)
    draw_due(system_call())
    plan = plan_week(system_call(), date(2026, 9, 21), seed=1)
    publish_plan(system_call(), plan.pk)
    visit = Visit.objects.filter(planned_on="2026-09-21").first()
    other = visiting.staff["agent2" if visit.agent.name == "agent" else "agent"]
    client = sign_in("service_manager")
    address = reverse("plan-day", args=[plan.pk, "2026-09-21"])
    data = {"visit": [visit.pk], "agent": other.pk, "reason": "请假", "once": "1"}
    assert client.post(address, data).status_code == 302
    visit.refresh_from_db()
    assert visit.agent == other


def test_policies_are_readable_in_both_languages(visiting: Company, sign_in: Callable) -> None:
    assert "常规回访" in sign_in("agent").get(reverse("visit-policies")).content.decode()
    visiting.staff["auditor"].language = "en"
    visiting.staff["auditor"].save()
    assert "Regular visit" in sign_in("auditor").get(reverse("visit-policies")).content.decode()


def test_the_customers_page_shows_the_visit_to_come(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    shown = sign_in("agent").get(reverse("customer", args=[visit.customer_id])).content.decode()
    assert reverse("visit", args=[visit.pk]) in shown
