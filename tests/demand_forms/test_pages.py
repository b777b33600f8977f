"""Pages and API of demand forms: who may open what, what is masked, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiyin.demand_forms.models import DemandForm, DemandNumbers, UnitMonth, UnitNumbers
from huiyin.demand_forms.public import Decision, confirm_form, open_months, sign_up
from huiyin.foundation.calls import system_call
from huiyin.visits.actions.agree_visit import agree_visit
from huiyin.visits.public import Visit
from tests.api.conftest import Caller, caller
from tests.conftest import Company, MovableClock
from tests.demand_forms.conftest import wanted

__all__ = ["caller"]
SignIn = Callable[[str], Client]
SEES_ALL = {"director", "service_manager", "quality", "administrator", "auditor"}
MANAGERS = {"rnd_head", "operations_head", "technical_head", "store_manager"}


@pytest.fixture
def month(asking: Company, clock: MovableClock) -> UnitMonth:
    """The large store owes a form for September; it is the 1st."""
    clock.set("2026-09-01 09:00")
    open_months(system_call())
    return UnitMonth.objects.get(store=asking.stores["S01"])


def answers(asking: Company, sign_in: SignIn, address: str) -> dict[str, int]:
    return {who: sign_in(who).get(address).status_code for who in asking.staff}


def test_who_opens_which_page(asking: Company, month: UnitMonth, signed_up: DemandForm, sign_in: SignIn) -> None:
    pages = {
        "demand-forms": SEES_ALL | MANAGERS,
        "demand-months": SEES_ALL | MANAGERS,
        "demand-form-new": {"director", "service_manager"} | MANAGERS,
        "demand-numbers": {"director", "service_manager"},
    }
    for name, may in pages.items():
        found = answers(asking, sign_in, reverse(name))
        assert {who for who, code in found.items() if code == 200} == may, name
        assert set(found.values()) == {200, 403}
    for address in (reverse("demand-form", args=[signed_up.pk]), reverse("demand-month", args=[month.pk])):
        found = answers(asking, sign_in, address)
        assert {who for who, code in found.items() if code == 200} == SEES_ALL | {"store_manager"}
        assert {who for who, code in found.items() if code == 404} == MANAGERS - {"store_manager"}
        assert {who for who, code in found.items() if code == 403} == {"agent", "agent2", "engineer"}


def test_lists_and_the_board_show_ones_own_units_only(
    asking: Company, month: UnitMonth, signed_up: DemandForm, sign_in: SignIn
) -> None:
    def shown(who: str, name: str) -> str:
        return sign_in(who).get(reverse(name)).content.decode()

    assert signed_up.title in shown("store_manager", "demand-forms")
    assert signed_up.title not in shown("rnd_head", "demand-forms")
    board = shown("store_manager", "demand-months")
    assert ("人民路店" in board, "滨江店" in board) == (True, False)
    assert "滨江店" in shown("service_manager", "demand-months")


def test_a_form_is_signed_up_by_search_and_nothing_typed_is_lost(
    asking: Company, store: str, buyer: Callable[..., Any], sign_in: SignIn
) -> None:
    client, address = sign_in("store_manager"), reverse("demand-form-new")
    person = buyer(days=40, name="王大海").customer
    buyer(days=40, name="王外地", store="S02")
    typed = {"unit": store, "title": "安装", "whom": "chosen", "question": ["准时吗？", ""], "kind": "demand"}
    found = client.post(address, {**typed, "do": "find", "find": "王"}).content.decode()
    assert f'name="customer" value="{person.pk}"' in found
    assert "王外地" not in found
    assert ('value="安装"' in found, 'value="准时吗？"' in found, "note-late" in found) == (True, True, False)
    wrong = client.post(address, {**typed, "do": "sign_up", "customer": person.pk, "wanted_by": "2026-09-01"})
    assert (wrong.status_code, DemandForm.objects.count()) == (422, 0)
    assert re.search(rf'value="{person.pk}" checked', wrong.content.decode())
    sent = {**typed, "do": "sign_up", "customer": person.pk, "wanted_by": "2026-09-30", "ways": "phone", "once": "o"}
    made = [client.post(address, sent).headers["Location"] for _count in range(2)]
    form = DemandForm.objects.get()
    assert made == [reverse("demand-form", args=[form.pk])] * 2
    assert (form.questions, form.wishes.get().customer) == (["准时吗？"], person)


def test_a_group_is_counted_before_it_is_signed_up(
    asking: Company, store: str, buyer: Callable[..., Any], sign_in: SignIn
) -> None:
    for _count in range(3):
        buyer(days=40)
    client, address = sign_in("store_manager"), reverse("demand-form-new")
    group = {"whom": "group", "bought_from": "2026-08-01", "bought_until": "2026-08-31", "most": "2"}
    typed = {
        "unit": store,
        "title": "安装",
        "question": "准时吗？",
        "kind": "demand",
        "wanted_by": "2026-09-30",
        **group,
    }
    assert "将回访 2 位客户。" in client.post(address, {**typed, "do": "count"}).content.decode()
    far = client.post(address, {**typed, "do": "count", "bought_until": "9999-12-31"})
    assert (far.status_code, "9999-12-31" in far.content.decode()) == (200, True)
    nobody = client.post(address, {**typed, "do": "sign_up", "bought_until": "2026-08-02", "product": "无"})
    assert (nobody.status_code, "没有符合条件的客户" in nobody.content.decode()) == (422, True)
    half = client.post(address, {**typed, "do": "sign_up", "bought_until": ""})
    assert (half.status_code, "请填写购买日期的起止" in half.content.decode()) == (422, True)
    assert client.post(address, {**typed, "do": "sign_up"}).status_code == 302
    assert DemandForm.objects.get().wishes.count() == 2


def test_customer_service_merges_on_the_page(asking: Company, signed_up: DemandForm, rnd: str, sign_in: SignIn) -> None:
    client = sign_in("service_manager")
    first, wish = reverse("demand-form", args=[signed_up.pk]), signed_up.wishes.get()
    assert client.post(first, {"do": "confirm", f"wish-{wish.pk}": "own", "once": "a"}).status_code == 302
    visit = Visit.objects.get()
    other = sign_up(asking.call("director"), unit=rnd, wanted=wanted(wish.customer_id, title="噪音"))
    second, merged = reverse("demand-form", args=[other.pk]), other.wishes.get()
    shown = client.get(second).content.decode()
    assert f'name="wish-{merged.pk}" value="{visit.pk}" checked' in shown
    assert "并入人民路店的回访" in shown
    gone = client.post(second, {"do": "confirm", f"wish-{merged.pk}": str(visit.pk + 99)})
    assert gone.status_code == 404
    nobody = client.post(second, {"do": "confirm", f"wish-{merged.pk}": "drop", "reason": "不问"})
    assert (nobody.status_code, 'value="drop" checked' in nobody.content.decode()) == (422, True)
    for _count in range(2):
        assert client.post(second, {"do": "confirm", f"wish-{merged.pk}": visit.pk, "once": "b"}).status_code == 302
    merged.refresh_from_db()
    assert (merged.visit, merged.joined) == (visit, True)


def test_a_department_sees_the_answers_but_not_who_the_customers_are(
    asking: Company, signed_up: DemandForm, rnd: str, sign_in: SignIn
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit, person = Visit.objects.get(), signed_up.wishes.get().customer
    other = sign_up(asking.call("director"), unit=rnd, wanted=wanted(person.pk))
    wish = other.wishes.get()
    confirm_form(asking.call("service_manager"), other.pk, {wish.pk: Decision(join=visit.pk)})
    wish.answers = ["很准时", "无"]
    wish.save()
    shown = sign_in("rnd_head").get(reverse("demand-form", args=[other.pk])).content.decode()
    assert "很准时" in shown
    assert (person.name in shown, person.number in shown, reverse("visit", args=[visit.pk]) in shown) == (False,) * 3
    own = sign_in("store_manager").get(reverse("demand-form", args=[signed_up.pk])).content.decode()
    assert (person.name in own, reverse("visit", args=[visit.pk]) in own) == (True, True)


def test_the_agent_finds_both_wishes_on_the_visit(
    asking: Company, signed_up: DemandForm, rnd: str, sign_in: SignIn, clock: MovableClock
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit = Visit.objects.get()
    other = sign_up(asking.call("director"), unit=rnd, wanted=wanted(visit.customer_id, title="噪音"))
    theirs = other.wishes.get()
    confirm_form(asking.call("service_manager"), other.pk, {theirs.pk: Decision(join=visit.pk)})
    clock.set(max(clock.now, visit.window_start or clock.now))
    who = next(name for name, person in asking.staff.items() if person.pk == visit.agent_id)
    client, address = sign_in(who), reverse("visit", args=[visit.pk])
    shown = client.get(address).content.decode()
    assert "人民路店想了解：热水器安装" in shown
    assert "代研发部一并询问：噪音" in shown
    ours = signed_up.wishes.get()
    said = {f"wish-{ours.pk}-0": "很准时", f"wish-{theirs.pk}-1": "缺软管", f"wish-{theirs.pk}-remark": "有噪音"}
    missing = client.post(address, {"do": "complete", "way": "phone", **said, "once": "x"})
    assert missing.status_code == 422, "the visit's own question is not answered"
    theirs.refresh_from_db()
    assert (theirs.answers, theirs.remark, "缺软管" in missing.content.decode()) == (["", "缺软管"], "有噪音", True)
    sent = {"do": "complete", "way": "phone", "overall": "5", **said, "once": "y"}
    assert [client.post(address, sent).status_code for _count in range(2)] == [302, 302]
    assert [form.state for form in DemandForm.objects.order_by("pk")] == ["closed", "closed"]
    done = client.get(address).content.decode()
    assert "缺软管" in done
    assert f"wish-{theirs.pk}-remark" not in done


def test_a_wish_is_asked_on_the_screen_of_the_call_its_visit_is_made_in(
    asking: Company, signed_up: DemandForm, sign_in: SignIn, clock: MovableClock
) -> None:
    confirm_form(asking.call("service_manager"), signed_up.pk, {})
    visit, wish = Visit.objects.get(), signed_up.wishes.get()
    agreed = agree_visit(asking.call("agent"), visit.customer_id, kind="agreed", on=clock.now.date())
    Visit.objects.filter(pk=visit.pk).update(
        made_with=agreed, state="planned", window_start=None, window_end=None, agent=agreed.agent
    )
    Visit.objects.filter(pk=agreed.pk).update(leads=True, made_with=None)
    clock.set(max(clock.now, agreed.window_start or clock.now))
    who = next(name for name, person in asking.staff.items() if person.pk == agreed.agent_id)
    shown = sign_in(who).get(reverse("visit", args=[agreed.pk])).content.decode()
    assert f'name="wish-{wish.pk}-0"' in shown
    assert "代人民路店一并询问：热水器安装" in shown


def test_nothing_needed_is_said_on_the_months_page(month: UnitMonth, sign_in: SignIn) -> None:
    client, address = sign_in("store_manager"), reverse("demand-month", args=[month.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "本月装修停业"}).status_code == 302
    shown = client.get(address).content.decode()
    assert ("本月装修停业" in shown, "申报本月无需求" in shown) == (True, False)
    assert sign_in("rnd_head").post(address, {"reason": "x"}).status_code == 404


def test_numbers_are_changed_on_their_page(asking: Company, store: str, sign_in: SignIn) -> None:
    client, address = sign_in("service_manager"), reverse("demand-numbers")
    general = {"forms": 2, "working_day": 6, "at": "17:30", "kind": "demand", "decide_hours": 4, "answer_hours": 8}
    general |= {"most_questions": 3, "most_customers": 50, "do": "save"}
    assert client.post(address, {**general, "working_day": 21}).status_code == 422
    assert client.post(address, general).status_code == 302
    row = DemandNumbers.objects.get()
    assert (row.forms, row.working_day, row.nothing_counts, row.decide_hours) == (2, 6, False, 4)
    special = {"do": "except", "unit": store, "forms": 0, "working_day": 5, "at": "18:00"}
    assert client.post(address, special).status_code == 302
    assert UnitNumbers.objects.get().forms == 0
    assert client.post(address, {"do": "remove", "unit": store}).status_code == 302
    assert not UnitNumbers.objects.exists()


def test_the_api_walks_the_same_way(
    asking: Company, store: str, buyer: Callable[..., Any], caller: Callable[..., Caller]
) -> None:
    manager, service = caller("store_manager"), caller("service_manager")
    person = buyer(days=40).customer_id
    body = {"unit": store, "title": "安装", "wanted_by": "2026-09-30", "questions": ["准时吗？"], "customers": [person]}
    assert manager("POST", "/demand-forms", {**body, "questions": []}).json()["fields"].keys() == {"questions"}
    first = manager("POST", "/demand-forms", body, **{"Idempotency-Key": "k"})
    again = manager("POST", "/demand-forms", body, **{"Idempotency-Key": "k"})
    assert (first.status_code, first.json(), first.json()["unit"]) == (200, again.json(), store)
    form = first.json()["id"]
    (wish,) = manager("GET", f"/demand-forms/{form}/wishes").json()
    assert (wish["customer_id"], wish["state"]) == (person, "waiting")
    assert service("POST", f"/demand-forms/{form}/decline", {"reason": ""}).status_code == 422
    assert service("POST", f"/demand-forms/{form}/confirm", {"decisions": []}).json()["state"] == "confirmed"
    assert service("POST", f"/demand-forms/{form}/confirm", {}).status_code == 409
    agent = caller("agent" if Visit.objects.get().agent == asking.staff["agent"] else "agent2")
    noted = agent("PUT", f"/demand-forms/wishes/{wish['id']}/answers", {"answers": ["很准时"]})
    assert (noted.status_code, noted.json()["answers"]) == (200, ["很准时"])
    assert [each["id"] for each in service("GET", "/demand-forms?state=confirmed").json()["items"]] == [form]
    assert caller("rnd_head")("GET", f"/demand-forms/{form}").status_code == 404
    assert caller("rnd_head")("GET", "/demand-forms").json()["items"] == []
    assert manager("POST", f"/demand-forms/{form}/withdraw", {"reason": "x"}).status_code == 409
    far = {**body, "group": {"bought_from": "9999-12-31", "bought_until": "9999-12-31"}}
    assert manager("POST", "/demand-forms", far).status_code == 422


def test_the_api_says_what_units_owe(
    asking: Company, month: UnitMonth, store: str, caller: Callable[..., Caller]
) -> None:
    manager, service = caller("store_manager"), caller("service_manager")
    (owed,) = manager("GET", "/demand-forms/months").json()["items"]
    assert (owed["unit"], owed["month"], owed["stands"], owed["needed"]) == (store, "2026-09-01", "open", 1)
    assert len(service("GET", "/demand-forms/months").json()["items"]) == 5
    kept = manager("POST", f"/demand-forms/months/{month.pk}/nothing-needed", {"reason": "停业"})
    assert kept.json()["stands"] == "nothing"
    numbers = service("GET", "/demand-forms/numbers").json()
    changed = {name: value for name, value in numbers.items() if name != "exceptions"} | {"forms": 2}
    assert service("PUT", "/demand-forms/numbers", changed).json()["forms"] == 2
    special = {"forms": 0, "working_day": 5, "at": "18:00"}
    found = service("PUT", f"/demand-forms/numbers/{store}", special).json()["exceptions"]
    assert [(each["unit"], each["forms"]) for each in found] == [(store, 0)]
    assert service("DELETE", f"/demand-forms/numbers/{store}").json()["exceptions"] == []
    assert service("PUT", "/demand-forms/numbers/s0", special).status_code == 422
