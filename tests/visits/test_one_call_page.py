"""A call for several visits on one workstation, with one list of questions (VIS-15, VIS-22)."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from huiyin.foundation.calls import system_call
from huiyin.organisation.public import create_token
from huiyin.questionnaires.public import answers_on
from huiyin.visits.models import Attempt, Visit, VisitRecord
from tests.conftest import Company
from tests.visits.conftest import GOOD


def test_one_screen_shows_the_kinds_and_asks_each_question_once(
    visiting: Company, pair: tuple[Visit, Visit], sign_in: Callable[[str], Client]
) -> None:
    page = sign_in("agent").get(f"/visits/{pair[0].pk}/")
    items = page.context["page"].items
    assert [item.code for item in items] == [
        "overall",
        "recommend",
        "suggestion",
        "product",
        "response",
        "staff",
        "process",
        "value",
        "emotion",
        "problem",
        "need",
    ]
    assert [item.before for item in items if item.before] == [
        "另外，借这次通话再请教您一两个小问题。",
        "时间允许再问：",
    ]
    assert [item.code for item in items if item.required] == ["overall", "recommend", *GOOD]
    assert f'name="together" value="{pair[1].pk}"' in page.content.decode()


def test_who_opens_a_visit_of_a_call_is_led_to_the_call(
    pair: tuple[Visit, Visit], sign_in: Callable[[str], Client]
) -> None:
    page = sign_in("agent").get(f"/visits/{pair[1].pk}/")
    assert (page.status_code, page.headers["Location"]) == (302, f"/visits/{pair[0].pk}/")


def test_the_form_saves_every_visit_that_stood_on_the_screen(
    pair: tuple[Visit, Visit], sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("agent")
    entered = {"do": "complete", "together": str(pair[1].pk), f"goal_met_{pair[1].pk}": "true", "way": "phone"}
    answered = {**GOOD, "overall": 4, "recommend": 10, "emotion": "satisfied", "need": "滤芯"}
    page = client.post(f"/visits/{pair[0].pk}/", {**entered, **answered, "goal_met": "false"})
    assert page.status_code == 302
    assert [Visit.objects.get(pk=each.pk).state for each in pair] == ["done", "done"]
    assert [dict(answers_on(each)[0].scores) for each in pair] == [{"overall": 4, "recommend": 10}, GOOD]
    goals = dict(VisitRecord.objects.values_list("visit", "goal_met"))
    assert goals == {pair[0].pk: False, pair[1].pk: True}
    assert Attempt.objects.count() == 1
    shown = client.get(f"/visits/{pair[1].pk}/").content.decode()
    assert f'href="/visits/{pair[0].pk}/"' in shown


def test_a_missing_answer_is_named_at_its_question_and_nothing_typed_is_lost(
    pair: tuple[Visit, Visit], sign_in: Callable[[str], Client]
) -> None:
    entered = {"do": "complete", "together": str(pair[1].pk), "overall": "4", "product": "5", "need": "滤芯"}
    page = sign_in("agent").post(f"/visits/{pair[0].pk}/", entered)
    items = {item.code: item for item in page.context["page"].items}
    assert page.status_code == 422
    assert {code for code, item in items.items() if item.error} == {
        "recommend",
        "response",
        "staff",
        "process",
        "value",
    }
    assert (items["overall"].value, items["product"].value, items["need"].value) == ("4", "5", "滤芯")
    assert not Attempt.objects.exists()


def test_a_visit_is_taken_out_of_the_call_by_its_button(
    pair: tuple[Visit, Visit], sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("agent")
    page = client.post(f"/visits/{pair[1].pk}/apart/", follow=True)
    assert page.redirect_chain == [(f"/visits/{pair[0].pk}/", 302)]
    assert [item.code for item in page.context["page"].items] == ["overall", "recommend", "suggestion"]
    assert Visit.objects.get(pk=pair[1].pk).apart
    assert client.get(f"/visits/{pair[1].pk}/apart/").status_code == 405
    assert sign_in("auditor").post(f"/visits/{pair[1].pk}/apart/").status_code == 403
    assert sign_in("engineer").post(f"/visits/{pair[1].pk}/apart/").status_code == 403


def test_my_day_and_the_pool_show_a_call_once(pair: tuple[Visit, Visit], sign_in: Callable[[str], Client]) -> None:
    shown = sign_in("agent").get("/visits/").context["page"]
    assert [visit.pk for _heading, group in shown.groups for visit in group.visits] == [pair[0].pk]
    Visit.objects.update(agent=None)
    assert [visit.pk for visit in Visit.objects.in_pool()] == [pair[0].pk]


def with_token(company: Company) -> Client:
    _, secret = create_token(system_call(), staff_id=company.staff["agent"].pk, name="t", scopes=())
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_the_api_shows_the_call_and_completes_all_its_visits(visiting: Company, pair: tuple[Visit, Visit]) -> None:
    client = with_token(visiting)
    shown = client.get(f"/api/v1/visits/{pair[0].pk}").json()
    assert [(each["id"], each["kind"]) for each in shown["together"]] == [(pair[1].pk, "regular")]
    assert shown["together"][0]["keys"]["suggestion"] == "suggestion"
    assert client.get(f"/api/v1/visits/{pair[1].pk}").json()["made_with_id"] == pair[0].pk
    body = {"answers": {**GOOD, "overall": 4, "recommend": 10}, "goals_met": {pair[1].pk: True}}
    done = client.post(f"/api/v1/visits/{pair[0].pk}/complete", body, content_type="application/json")
    assert (done.status_code, done.json()["state"]) == (200, "done")
    assert [(each["id"], each["state"]) for each in done.json()["together"]] == [(pair[1].pk, "done")]
    assert VisitRecord.objects.get(visit=pair[1]).goal_met


def test_the_api_refuses_to_make_a_visit_of_a_call_by_itself_and_takes_it_out(
    visiting: Company, pair: tuple[Visit, Visit]
) -> None:
    client = with_token(visiting)
    assert client.post(f"/api/v1/visits/{pair[1].pk}/start").status_code == 409
    out = client.post(f"/api/v1/visits/{pair[1].pk}/apart")
    assert (out.status_code, out.json()["made_with_id"]) == (200, None)
