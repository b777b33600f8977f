"""A manager changes kinds of visits as versions; what contradicts itself is said at its field (VIS-8)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connections

from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.visits.actions.save_policy import save_policy, switch_policy
from huiyin.visits.actions.save_script import save_script
from huiyin.visits.models import VisitPolicy
from huiyin.visits.queries.policies import policies_in_force
from huiyin.visits.queries.policy_contents import content_of, newest_of, newest_script, policy_versions, script_content
from huiyin.visits.rules.policy_content import Known, faults_of, read_content
from huiyin.visits.rules.policy_entries import ENTRIES
from tests.conftest import Company

TODAY = date(2026, 9, 15)
KNOWN = Known(frozenset({"service"}), frozenset({"regular"}), frozenset({"service"}), frozenset({"S01"}))
GOOD: dict[str, Any] = {"code": "care", "name_zh": "关怀", "trigger": "purchase", "questionnaire": "service"}


def faults(**values: Any) -> set[str]:
    return set(faults_of(read_content({**GOOD, **values}), KNOWN))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, set()),
        ({"code": "Care!"}, {"code"}),
        ({"name_zh": ""}, {"name_zh"}),
        ({"trigger": "moon"}, {"trigger"}),
        ({"days_from": 9, "days_best": 7}, {"days_by"}),
        ({"trigger": "complaint_settled"}, {"target_hours"}),
        ({"trigger": "complaint_settled", "target_hours": 24, "sampled": True}, {"sampled"}),
        ({"not_handler": True}, {"not_handler"}),
        ({"questionnaire": "none"}, {"questionnaire"}),
        ({"script": "none"}, {"script"}),
        ({"department": "none"}, {"department"}),
        ({"channels": ["pigeon"]}, {"channels"}),
        ({"channels": ["phone", "phone"]}, {"channels"}),
        ({"tiers": ["gold"]}, {"tiers"}),
        ({"stores": ["S99"]}, {"stores"}),
        ({"spent_from": "5000", "spent_below": "3000"}, {"spent_below"}),
        ({"bought_within_days": 30, "silent_for_days": 60}, {"silent_for_days"}),
        ({"trigger": "segment"}, {"tiers"}),
        ({"trigger": "segment", "counted_days": 30}, {"tiers"}),
        ({"trigger": "segment", "open_cases": "with"}, set()),
        ({"open_cases": "many"}, {"open_cases"}),
        ({"score_from": "0.5"}, {"score_from"}),
        ({"score_from": "4", "score_to": "2"}, {"score_to"}),
        ({"trigger": "date"}, {"on"}),
        ({"trigger": "schedule"}, {"every_count"}),
        ({"trigger": "schedule", "every_count": 1, "every_unit": "months", "days_by": 31}, set()),
        ({"trigger": "schedule", "every_count": 1, "every_unit": "months", "days_by": 32}, {"days_by"}),
        ({"trigger": "schedule", "every_count": 14, "every_unit": "days", "days_by": 15}, {"days_by"}),
    ],
)
def test_contradictions_are_named_at_their_field(values: dict, wrong: set[str]) -> None:
    assert faults(**values) == wrong


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_by": 400},
        {"days_by": "x"},
        {"sampled": "yes"},
        {"spent_from": "much"},
        {"channels": "phone"},
        {"on": "someday"},
        {"name_zh": "长" * 61},
        {"colour": "red"},
        {"known_for_days": True},
    ],
)
def test_values_of_the_wrong_sort_are_named(wrong: dict) -> None:
    with pytest.raises(Invalid) as caught:
        read_content({**GOOD, **wrong})
    assert set(caught.value.fields) == set(wrong)


def change(company: Company, who: str = "service_manager", **values: Any) -> VisitPolicy:
    more = {"effective_from": TODAY, "reason": "春节后调整", **values.pop("how", {})}
    return save_policy(company.call(who), {**content_of(newest_of("regular")), **values}, **more)


def test_a_change_is_a_new_version_with_who_and_why(visiting: Company) -> None:
    change(visiting, days_by=20, how={"effective_from": date(2026, 10, 1), "expected": 1})
    held = next(each for each in policies_in_force(TODAY) if each.code == "regular")
    later = next(each for each in policies_in_force(date(2026, 10, 1)) if each.code == "regular")
    assert (held.version, held.days_by, later.version, later.days_by) == (1, 15, 2, 20)
    newest, first = policy_versions("regular", TODAY)
    assert (newest.by, newest.reason, newest.holds) == ("service_manager", "春节后调整", False)
    assert (first.reason, first.holds) == ("", True)


def test_every_value_of_a_version_comes_back_as_it_was_entered(visiting: Company) -> None:
    everything = {
        "code": "full",
        "name_zh": "全部",
        "name_en": "All",
        "goal_zh": "目标",
        "goal_en": "Goal",
        "is_active": False,
        "trigger": "schedule",
        "days_from": 1,
        "days_best": 2,
        "days_by": 3,
        "target_hours": 4,
        "breach_working_days": 5,
        "every_count": 30,
        "every_unit": "days",
        "on": "2026-12-24",
        "yearly": True,
        "again_days": 6,
        "tiers": ["vip"],
        "stores": ["S01"],
        "spent_from": "100",
        "spent_below": "2000.5",
        "bought_within_days": 90,
        "silent_for_days": 10,
        "known_for_days": 11,
        "bought_times": 3,
        "counted_days": 365,
        "provinces": ["浙江"],
        "score_from": "1",
        "score_to": "2.5",
        "open_cases": "with",
        "channels": ["link", "phone"],
        "questionnaire": "quick",
        "script": "regular",
        "split_one": 1,
        "split_other": 2,
        "split_share": 50,
        "split_until": "2026-12-31",
        "split_least": 100,
        "split_seed": 5,
        "sampled": True,
        "not_handler": False,
        "department": "service",
        "skill": "安装",
        "merges": False,
        "most_questions": 4,
        "unanswered_limit": 3,
        "refusals_limit": 1,
        "rest_after_refusal_days": 7,
        "refusal_ends": "kind",
        "refusal_rest_days": 90,
        "retry_after_minutes": 30,
        "record_within_hours": 12,
        "talk_from_minutes": 2,
        "talk_to_minutes": 4,
        "talk_limit_minutes": 8,
        "invite_delay_hours": 2,
        "invite_from_hour": 10,
        "invite_until_hour": 18,
        "invite_spread_days": 3,
        "invite_per_day": 200,
        "invite_wait_hours": 24,
        "note": "说明",
    }
    assert set(everything) == set(ENTRIES)
    words = {**script_content(newest_script("regular")), "title_en": "Two"}
    save_script(visiting.call("director"), words, effective_from=TODAY, reason="第二版")
    save_policy(visiting.call("director"), everything, effective_from=TODAY, reason="新类型", expected=0)
    assert content_of(newest_of("full")) == everything


def test_what_is_refused_leaves_no_version(visiting: Company) -> None:
    with pytest.raises(Forbidden):
        change(visiting, "agent", days_by=20)
    with pytest.raises(Invalid) as past:
        change(visiting, days_by=20, how={"effective_from": date(2026, 9, 14)})
    with pytest.raises(Invalid) as silent:
        change(visiting, days_by=20, how={"reason": "  "})
    with pytest.raises(Conflict):
        change(visiting)
    with pytest.raises(Conflict):
        change(visiting, days_by=20, how={"expected": 7})
    with pytest.raises(Invalid) as taken:
        change(visiting, days_by=20, how={"expected": 0})
    assert [list(each.value.fields) for each in (past, silent, taken)] == [["effective_from"], ["reason"], ["code"]]
    assert VisitPolicy.objects.filter(code="regular").count() == 1


def test_a_kind_is_taken_out_of_use_and_back(visiting: Company) -> None:
    switch_policy(visiting.call("director"), "regular", active=False, reason="淡季")
    assert not newest_of("regular").is_active
    switch_policy(visiting.call("director"), "regular", active=True, reason="旺季")
    assert [version.row.is_active for version in policy_versions("regular", TODAY)] == [True, False, True]
    with pytest.raises(Conflict):
        switch_policy(visiting.call("director"), "regular", active=True, reason="旺季")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(visiting: Company) -> None:
    def save(days: int) -> str:
        try:
            change(visiting, days_by=days, how={"expected": 1})
        except Conflict:
            return "told"
        else:
            return "saved"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = [each.result() for each in [pool.submit(save, days) for days in (20, 21, 22, 23)]]
    assert sorted(answers) == ["saved", "told", "told", "told"]
    assert VisitPolicy.objects.filter(code="regular").count() == 2
