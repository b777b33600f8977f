"""Routing: ordered rules in versions, the person found by turn, load or skill, also when fifty come at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.open_case import open_case
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.save_routing import save_routing
from huiyin.cases.models import Case, RoutingRules
from huiyin.cases.queries.routing import SHIPPED, newest_routing, routing_at
from huiyin.cases.rules.routing import FALLBACK, Who, least_loaded, next_in_turn, route_of, rules_from
from huiyin.channels.models import StaffNotice
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.organisation.models import Shift
from huiyin.organisation.public import Leave, Role, Staff
from tests.cases.conftest import Cases
from tests.conftest import MONDAY, Company, MovableClock

TODAY = date(2026, 9, 28)
SignIn = Callable[[str], Client]


def rule(department: str = "service", who: str = "nobody", **more: Any) -> dict[str, Any]:
    return {"name": "规则", "name_en": "", "condition": {}, "department": department, "who": who, "skill": ""} | more


def routed_by(company: Company, *rules: dict[str, Any]) -> RoutingRules:
    return save_routing(company.call("director"), list(rules), effective_from=TODAY, reason="试行")


def written(description: str = "门坏了", **values: Any) -> Case:
    """A case that nobody noted down: it came by itself."""
    given = {"kind": "complaint", "topic": "other", "channel": "email", "description": description}
    return open_case(system_call(), **(given | values))


def team(company: Company, number: int) -> list[Staff]:
    """So many more agents of customer service; the two there are do not count any more."""
    Staff.objects.filter(department=company.departments["service"]).exclude(
        pk=company.departments["service"].head_id
    ).update(is_active=False)
    return [
        Staff.objects.create(
            username=f"h{n}", name=f"h{n}", roles=[str(Role.AGENT)], department=company.departments["service"]
        )
        for n in range(number)
    ]


def test_what_ships_routes_topics_as_the_table_did(company: Company) -> None:
    assert [(each.name, each.department, str(each.who)) for each in routing_at(MONDAY)] == [
        ("产品质量", "rnd", "nobody"),
        ("服务流程", "operations", "nobody"),
        ("技术问题", "technical", "nobody"),
        ("服务态度", "service", "head"),
        ("需求与建议", "rnd", "nobody"),
        ("其他", "service", "nobody"),
    ]
    assert newest_routing().version == 1
    assert newest_routing().rules == list(SHIPPED)


def test_the_first_rule_that_holds_decides_and_the_last_resort_takes_what_is_left() -> None:
    urgent = {"all": [{"field": "level", "is": "in", "value": ["urgent"]}]}
    rules = rules_from([rule("technical", condition=urgent), rule("rnd", condition=urgent)])
    assert route_of(rules, {"level": "urgent"}, MONDAY).department == "technical"
    assert route_of(rules, {"level": "general"}, MONDAY) == FALLBACK
    assert FALLBACK.department == "service"


def test_a_rule_whose_condition_cannot_be_read_takes_nothing_and_stops_nothing() -> None:
    gone = {"all": [{"field": "colour", "is": "in", "value": ["red"]}]}
    rules = rules_from([rule("rnd", condition=gone), rule("technical")])
    assert route_of(rules, {}, MONDAY).department == "technical"


@given(st.lists(st.integers(1, 20), unique=True, min_size=1), st.integers(0, 25), st.integers(1, 100))
def test_turns_are_fair_to_one(people: list[int], last: int, cases: int) -> None:
    given_to: Counter[int] = Counter(dict.fromkeys(people, 0))
    for _n in range(cases):
        last = next_in_turn(people, last) or 0
        given_to[last] += 1
    assert max(given_to.values()) - min(given_to.values()) <= 1


@given(st.dictionaries(st.integers(1, 9), st.integers(0, 5), min_size=1), st.integers(0, 9))
def test_nobody_has_fewer_than_who_is_chosen_by_load(loads: dict[int, int], last: int) -> None:
    chosen = least_loaded(list(loads), loads, last)
    assert loads[chosen] == min(loads.values())


def test_nobody_at_work_is_nobody() -> None:
    assert next_in_turn([], 3) is None
    assert least_loaded([], {}, 3) is None


def test_cases_are_given_out_in_turn_and_each_person_hears_of_it(company: Company) -> None:
    people = team(company, 3)
    routed_by(company, rule(who="turn"))
    owners = [written(f"第{n}件").owner_id for n in range(7)]
    ordered = [person.pk for person in people]
    assert owners == [*ordered, *ordered, ordered[0]]
    assert set(Case.objects.values_list("department__code", flat=True)) == {"service"}


def test_who_is_on_leave_or_not_on_shift_is_passed_over_and_comes_back(company: Company, clock: MovableClock) -> None:
    first, second, third = team(company, 3)
    routed_by(company, rule(who="turn"))
    Leave.objects.create(staff=second, first_day=TODAY, last_day=TODAY)
    Shift.objects.create(staff=third, weekday=0, start=time(13, 0), end=time(18, 0))
    assert [written(f"{n}").owner_id for n in range(2)] == [first.pk, first.pk]
    clock.set("2026-09-28 14:00")
    assert [written(f"下午{n}").owner_id for n in range(2)] == [third.pk, first.pk]
    clock.set("2026-09-29 09:00")
    assert [written(f"次日{n}").owner_id for n in range(2)] == [second.pk, first.pk], "third works on Mondays"


def test_when_all_are_away_the_case_waits_in_the_department_and_the_head_is_told(company: Company) -> None:
    (only,) = team(company, 1)
    head = company.staff["service_manager"]
    routed_by(company, rule(who="turn"))
    for person in (only, head):
        Leave.objects.create(staff=person, first_day=TODAY, last_day=TODAY)
    case = written()
    assert (case.owner_id, case.department.code) == (None, "service")


def test_the_head_takes_a_turn_only_when_alone(company: Company) -> None:
    (only,) = team(company, 1)
    routed_by(company, rule(who="turn"))
    Leave.objects.create(staff=only, first_day=TODAY, last_day=TODAY)
    assert written().owner_id == company.staff["service_manager"].pk


def test_the_one_with_the_fewest_open_cases_gets_the_next(company: Company) -> None:
    first, second = team(company, 2)
    routed_by(company, rule(who="load"))
    cases = [written(f"{n}") for n in range(4)]
    assert [case.owner_id for case in cases] == [first.pk, second.pk, first.pk, second.pk]
    Case.objects.filter(pk__in=[cases[1].pk, cases[3].pk]).update(state="closed")
    assert [written(f"又{n}").owner_id for n in range(2)] == [second.pk, second.pk]


def test_who_has_the_skill_gets_what_needs_it(company: Company) -> None:
    plain, skilled = team(company, 2)
    skilled.skills = ["冷柜"]
    skilled.save()
    cold = {"all": [{"field": "text", "is": "contains", "value": "冷柜"}]}
    routed_by(company, rule(who="skill", skill="冷柜", condition=cold), rule(who="load"))
    assert [written(f"冷柜不冷{n}").owner_id for n in range(3)] == [skilled.pk] * 3
    assert written("门坏了").owner_id == plain.pk
    Leave.objects.create(staff=skilled, first_day=TODAY, last_day=TODAY)
    assert written("冷柜漏水").owner_id is None


def test_who_notes_a_case_down_keeps_it_unless_a_rule_finds_somebody(company: Company, cases: Cases) -> None:
    assert cases.open(topic="other").owner == company.staff["agent"]
    (only,) = team(company, 1)
    routed_by(company, rule(who="turn"))
    assert cases.open(topic="other", by="director").owner == only


def test_routing_by_hand_finds_the_person_as_well(company: Company, cases: Cases) -> None:
    case = cases.open(topic="other")
    process = {"all": [{"field": "topic", "is": "in", "value": ["technical"]}]}
    routed_by(company, rule("technical", "turn", condition=process), rule())
    route_case(company.call("service_manager"), case.pk, topic="technical")
    case.refresh_from_db()
    assert (case.department.code, case.owner) == ("technical", company.staff["engineer"])


def test_angry_complainers_still_reach_the_head_at_once(company: Company) -> None:
    team(company, 2)
    routed_by(company, rule(who="turn"))
    written(emotion="angry")
    head = company.staff["service_manager"]
    told = StaffNotice.objects.filter(staff=head).values_list("text", flat=True)
    assert list(told) == ["%(number)s needs an experienced hand, the customer is angry: %(title)s"]


def test_every_change_is_a_version_and_old_ones_stay(company: Company, clock: MovableClock) -> None:
    save_routing(company.call("director"), [rule("rnd")], effective_from=date(2026, 10, 1), reason="十月起", expected=1)
    assert routing_at(clock.now)[0].name == "产品质量"
    assert [each.department for each in routing_at(clock.set("2026-10-01 08:00"))] == ["rnd"]
    with pytest.raises(Conflict):
        save_routing(company.call("director"), [rule()], effective_from=date(2026, 10, 1), reason="晚", expected=1)
    with pytest.raises(Conflict):
        save_routing(company.call("director"), [rule("rnd")], effective_from=date(2026, 10, 1), reason="同样")
    assert list(RoutingRules.objects.values_list("version", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"department": "moon"}, "department"),
        ({"who": "somebody"}, "who"),
        ({"who": "skill"}, "skill"),
        ({"condition": {"all": [{"field": "owner", "is": "in", "value": ["me"]}]}}, "condition"),
        ({"condition": {"all": [{"field": "store", "is": "in", "value": [999]}]}}, "condition"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_field(company: Company, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        routed_by(company, rule(**more))
    assert list(refusal.value.fields) == [field]
    assert RoutingRules.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"reason": " "}, "reason"), ({"effective_from": date(2026, 9, 27)}, "effective_from")],
)
def test_a_version_has_a_reason_and_is_not_of_yesterday(company: Company, more: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        save_routing(company.call("director"), [rule()], **({"effective_from": TODAY, "reason": "试"} | more))
    assert list(refusal.value.fields) == [field]


def typed(**values: Any) -> dict[str, Any]:
    return {
        "version": "1", "name": "冷柜", "name_en": "Freezers", "department": "technical", "who": "turn", "skill": "",
        "position": "1", "effective_from": "2026-09-28", "reason": "冷柜归技术部", "condition-groups": "1",
        "condition-0-mode": "all", "condition-0-rows": "1", "condition-0-0-field": "text",
        "condition-0-0-is": "contains", "condition-0-0-text": "冷柜",
    } | values  # fmt: skip


def test_a_rule_is_added_moved_and_removed_in_the_page(company: Company, cases: Cases, sign_in: SignIn) -> None:
    cases.open(topic="attitude", description="冷柜师傅态度差")
    client = sign_in("director")
    assert "产品质量" in client.get("/cases/routing/").content.decode()
    assert client.post("/cases/routing/new/", typed(**{"condition-0-new": "kind"})).status_code == 200
    assert client.post("/cases/routing/new/", typed(reason="")).status_code == 422
    assert RoutingRules.objects.count() == 1
    assert client.post("/cases/routing/new/", typed())["Location"] == "/cases/routing/"
    assert [each["name"] for each in newest_routing().rules][:2] == ["冷柜", "产品质量"]
    lines = client.get("/cases/routing/").context["page"].lines
    assert [(line.name, line.taken.number) for line in lines if line.taken.number] == [("冷柜", 1)]
    assert lines[1].warning == "目前没有工单会由它处理。"
    assert client.post("/cases/routing/0/", typed(version="2", position="3", reason="往后排")).status_code == 302
    assert [each["name"] for each in newest_routing().rules][:3] == ["产品质量", "服务流程", "冷柜"]
    assert client.post("/cases/routing/2/", typed(version="2", do="remove", reason="晚了")).status_code == 422
    assert client.post("/cases/routing/2/", typed(version="3", do="remove", reason="不再需要")).status_code == 302
    assert newest_routing().rules == list(SHIPPED)
    versions = client.get("/cases/routing/versions/").content.decode()
    assert "不再需要" in versions
    assert "文字包含“冷柜”" in versions


def test_a_rule_that_takes_everything_before_the_last_says_so(company: Company, sign_in: SignIn) -> None:
    routed_by(company, rule("rnd"), rule("technical"))
    lines = sign_in("director").get("/cases/routing/").context["page"].lines
    assert lines[0].warning == "所有工单都由它处理，后面的规则永远轮不到。"
    assert lines[1].taken.number == 0


@pytest.mark.parametrize("who", ["agent", "technical_head", "auditor"])
def test_rules_are_nobodys_to_change_without_the_right(sign_in: SignIn, who: str) -> None:
    for address in ("", "new/", "0/", "versions/"):
        assert sign_in(who).get(f"/cases/routing/{address}").status_code == 403


def test_a_rule_that_is_not_there_is_not_found(sign_in: SignIn) -> None:
    assert sign_in("director").get("/cases/routing/99/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("who", [Who.TURN, Who.LOAD])
def test_fifty_hands_at_once_are_given_cases_fairly(company: Company, who: str) -> None:
    people = team(company, 4)
    routed_by(company, rule(who=who))

    def come(number: int) -> int | None:
        try:
            return written(f"第{number}件").owner_id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(50) as pool:
        owners = Counter(pool.map(come, range(50)))
    assert sorted(owners) == [person.pk for person in people]
    assert sorted(owners.values()) == [12, 12, 13, 13]
