"""People, stores, departments and tokens are changed by those who may; nothing is left hanging (ORG-1..4, PRV-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.organisation.actions.give_password import give_password
from huiyin.organisation.actions.leave import add_leave, cancel_leave
from huiyin.organisation.actions.leave_company import activate_person, deactivate_person
from huiyin.organisation.actions.revoke_token import revoke_token
from huiyin.organisation.actions.save_department import save_department
from huiyin.organisation.actions.save_person import save_person
from huiyin.organisation.actions.save_store import save_store
from huiyin.organisation.actions.shifts import save_day
from huiyin.organisation.models import Leave
from huiyin.organisation.public import ApiToken, Staff, Store, actor_of_token, create_token, working_staff
from huiyin.organisation.queries.structure import people_seen_by
from huiyin.promises.public import Promise
from tests.conftest import Company


def fields_of(person: Staff, **changed: object) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.name,
        "roles": person.roles,
        "department_id": person.department_id,
        **changed,
    }


def owed_by(person: Staff) -> Promise:
    moment = datetime(2026, 9, 29, tzinfo=UTC)
    return Promise.objects.create(
        kind="test", title="回电", subject="cases.case", subject_id=1, owner=person, start_at=moment, due_at=moment,
        span_amount=1, span_unit="hours", calendar="standard", calendar_version=1, ladder_at=[moment] * 3,
    )  # fmt: skip


def test_a_new_person_signs_in_only_with_a_password_that_was_given_out(company: Company) -> None:
    call = company.call("administrator")
    made = save_person(call, None, username="n1", name="新人", roles=["agent"], skills=["空调", "空调"])
    assert (made.skills, made.has_usable_password()) == (["空调"], False)
    _person, password = give_password(call, made.pk)
    assert authenticate(username="n1", password=password) == made
    assert len(password) == 19


def test_staff_numbers_codes_and_store_codes_are_taken_once(company: Company) -> None:
    call = company.call("administrator")
    with pytest.raises(Invalid) as refused:
        save_person(call, None, username=company.staff["agent"].username, name="x", roles=["agent"])
    assert list(refused.value.fields) == ["username"]
    with pytest.raises(Invalid):
        save_store(call, None, code="S01", name="x", size="small")
    with pytest.raises(Invalid):
        save_department(call, None, code="rnd", name="x")
    store = company.stores["S01"]
    assert save_store(call, store.pk, code="S01", name="新名", size="large").name == "新名"


def test_somebody_remains_administrator(company: Company) -> None:
    admin = company.staff["administrator"]
    with pytest.raises(Invalid):
        save_person(company.call("director"), admin.pk, **fields_of(admin, roles=["agent"]))
    with pytest.raises(Conflict):
        deactivate_person(company.call("director"), admin.pk)
    with pytest.raises(Conflict):
        deactivate_person(company.call("administrator"), admin.pk)


def test_open_promises_need_a_successor_before_somebody_leaves(company: Company) -> None:
    agent, other = company.staff["agent"], company.staff["agent2"]
    promise = owed_by(agent)
    call = company.call("administrator")
    with pytest.raises(Conflict) as refused:
        deactivate_person(call, agent.pk)
    assert str(refused.value) == "1 promises are still open. Choose somebody who takes them over."
    agent.refresh_from_db()
    assert agent.is_active
    for wrong in (agent.pk, 0):
        with pytest.raises(Invalid):
            deactivate_person(call, agent.pk, successor_id=wrong)
    deactivate_person(call, agent.pk, successor_id=other.pk)
    promise.refresh_from_db()
    agent.refresh_from_db()
    assert (promise.owner_id, agent.is_active) == (other.pk, False)
    with pytest.raises(NotFound):
        deactivate_person(call, agent.pk)
    assert activate_person(call, agent.pk).is_active


def test_who_leaves_takes_no_token_along(company: Company) -> None:
    token, secret = create_token(system_call(), staff_id=company.staff["agent"].pk, name="x")
    deactivate_person(company.call("administrator"), company.staff["agent"].pk)
    activate_person(company.call("administrator"), company.staff["agent"].pk)
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert actor_of_token(secret, company.call("agent").now) is None


def test_leave_is_noted_once_and_work_passes_over_it(company: Company) -> None:
    agent, call = company.staff["agent"], company.call("administrator")
    first, last = datetime(2026, 10, 8).date(), datetime(2026, 10, 9).date()  # noqa: DTZ001 - days only
    leave = add_leave(call, agent.pk, first_day=first, last_day=last)
    for wrong in ({"first_day": last, "last_day": first}, {"first_day": last, "last_day": last}):
        with pytest.raises(Invalid):
            add_leave(call, agent.pk, **wrong)
    assert agent not in working_staff(first)
    cancel_leave(call, leave.pk)
    assert agent in working_staff(first)
    assert Leave.objects.count() == 0


@pytest.mark.parametrize("days", [("2026-10-08", "9999-12-31"), ("0001-01-01", "2026-10-08")])
def test_days_off_in_a_far_century_are_refused_and_the_page_stays(
    company: Company, sign_in: Callable[[str], Client], days: tuple[str, str]
) -> None:
    client, address = sign_in("administrator"), f"/organisation/people/{company.staff['agent'].pk}/"
    client.post(f"{address}leave/", {"first_day": days[0], "last_day": days[1]})
    first, last = map(date.fromisoformat, days)
    with pytest.raises(Invalid) as refused:
        add_leave(company.call("administrator"), company.staff["agent"].pk, first_day=first, last_day=last)
    assert str(next(iter(refused.value.fields.values()))) == "The year must lie between 1900 and 2200."
    with pytest.raises(Invalid):
        save_day(company.call("administrator"), company.staff["agent"].pk, day=date.max, shifts="9:00-12:00")
    assert (Leave.objects.count(), client.get(address).status_code) == (0, 200)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("agent", 1), ("engineer", 1), ("service_manager", 4), ("store_manager", 1), ("quality", 12), ("auditor", 12)],
)
def test_people_are_seen_as_far_as_the_role_reaches(company: Company, who: str, sees: int) -> None:
    assert people_seen_by(company.actor(who)).count() == sees


ACTIONS: dict[str, Callable[[object], object]] = {
    "store": lambda call: save_store(call, None, code="X", name="x", size="small"),  # type: ignore[arg-type]
    "department": lambda call: save_department(call, None, code="x", name="x"),  # type: ignore[arg-type]
    "person": lambda call: save_person(call, None, username="x", name="x", roles=["agent"]),  # type: ignore[arg-type]
    "password": lambda call: give_password(call, 1),  # type: ignore[arg-type]
    "leaving": lambda call: deactivate_person(call, 1),  # type: ignore[arg-type]
    "coming back": lambda call: activate_person(call, 1),  # type: ignore[arg-type]
    "token": lambda call: revoke_token(call, 1),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("what", ACTIONS)
@pytest.mark.parametrize("who", ["agent", "quality", "service_manager", "store_manager", "auditor"])
def test_nobody_else_changes_the_organisation(company: Company, who: str, what: str) -> None:
    before = (Staff.objects.count(), Store.objects.count(), ApiToken.objects.count())
    with pytest.raises(Forbidden):
        ACTIONS[what](company.call(who))
    assert (Staff.objects.count(), Store.objects.count(), ApiToken.objects.count()) == before


READ = ["/organisation/", "/organisation/stores/", "/organisation/departments/", "/organisation/roles/"]
CHANGE = ["/organisation/people/new/", "/organisation/stores/new/", "/organisation/departments/new/"]


@pytest.mark.parametrize("address", [*READ, *CHANGE, "/organisation/tokens/", "/profile/"])
@pytest.mark.parametrize("who", ["agent", "service_manager", "director", "auditor", "administrator"])
def test_pages_open_by_role(sign_in: Callable[[str], Client], who: str, address: str) -> None:
    open_to = {"administrator", "director"} if address in CHANGE else {who}
    open_to = {"administrator"} if address == "/organisation/tokens/" else open_to
    assert sign_in(who).get(address).status_code == (200 if who in open_to else 403)


def test_a_person_outside_ones_area_is_not_found(company: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("agent")
    assert client.get(f"/organisation/people/{company.staff['agent2'].pk}/").status_code == 404
    assert client.get(f"/organisation/people/{company.staff['agent'].pk}/").status_code == 200


def test_the_forms_save_and_say_what_is_wrong(company: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("administrator")
    store = {"code": "S09", "name": "高新店", "size": "large", "city": "成都", "manager_id": "", "is_open": "on"}
    assert client.post("/organisation/stores/new/", {**store, "once": "1"}).status_code == 302
    assert client.post("/organisation/stores/new/", {**store, "once": "1"}).status_code == 302
    assert Store.objects.filter(code="S09").count() == 1
    again = client.post("/organisation/stores/new/", {**store, "once": "2"})
    assert (again.status_code, again.context["form"].errors["code"]) == (422, ["这个编码已被使用。"])
    agent = company.staff["agent"]
    person = {"username": agent.username, "name": "张三", "roles": ["agent", "quality"], "daily_capacity": "30"}
    person |= {"skills": "空调，冰箱", "department_id": str(company.departments["rnd"].pk)}
    assert client.post(f"/organisation/people/{agent.pk}/", person).status_code == 302
    agent.refresh_from_db()
    assert (agent.name, agent.roles, agent.skills, agent.daily_capacity) == (
        "张三",
        ["agent", "quality"],
        ["空调", "冰箱"],
        30,
    )


def test_a_token_is_shown_once(company: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("administrator")
    form = {"name": "BI", "staff_id": str(company.staff["auditor"].pk), "days": "30", "once": "t1"}
    first = client.post("/organisation/tokens/", form).content.decode()
    assert "hy_" in first
    assert "hy_" not in client.post("/organisation/tokens/", form).content.decode()
    assert "hy_" not in client.get("/organisation/tokens/").content.decode()
    token = ApiToken.objects.get()
    assert client.post(f"/organisation/tokens/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_the_profile_keeps_language_zone_and_theme(company: Company, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("agent")
    wrong = client.post("/profile/", {"language": "en", "time_zone": "Mars/Base", "theme": "dark"})
    assert wrong.status_code == 422
    client.post("/profile/", {"language": "en", "time_zone": "Asia/Urumqi", "theme": "dark"})
    agent = Staff.objects.get(pk=company.staff["agent"].pk)
    assert (agent.language, agent.time_zone, agent.theme) == ("en", "Asia/Urumqi", "dark")
    assert "My profile" in client.get("/profile/").content.decode()
