"""Two versions of a script are shared out by lot when visits fall due, and compared fairly (VIS-21)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from huiyin.customers.public import Customer, Purchase
from huiyin.foundation.calls import system_call
from huiyin.questionnaires.public import scores
from huiyin.visits.actions.owe_visit import owe_visit
from huiyin.visits.actions.save_policy import save_policy
from huiyin.visits.actions.save_script import save_script
from huiyin.visits.models import Visit, VisitPolicy, VisitRecord
from huiyin.visits.public import draw_due
from huiyin.visits.queries.policies import script_of
from huiyin.visits.queries.policy_contents import content_of, newest_of, newest_script, script_content
from huiyin.visits.queries.script_splits import splits_of
from huiyin.visits.rules.script_split import Split, split_faults, split_of
from tests.conftest import Company, MovableClock
from tests.visits.test_api import caller  # noqa: F401 - a fixture

TODAY = date(2026, 9, 15)
TEST: dict[str, Any] = {
    "split_one": 1,
    "split_other": 2,
    "split_share": 40,
    "split_until": "2026-09-30",
    "split_least": 3,
    "split_seed": 7,
}


@pytest.fixture
def split(visiting: Company) -> VisitPolicy:
    """The regular visit with a second version of its script (in force from October) tried on 40 % of customers."""
    manager, script = visiting.call("service_manager"), script_content(newest_script("regular"))
    words = {**script, "blocks": [*script["blocks"], {"part": "improved", "zh": "我们改进了配送。", "en": ""}]}
    save_script(manager, words, effective_from=date(2026, 10, 1), reason="试新话术")
    content = {**content_of(newest_of("regular")), **TEST}
    return save_policy(visiting.call("service_manager"), content, effective_from=TODAY, reason="分组试验")


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, set()),
        (TEST, set()),
        ({**TEST, "split_other": 9}, {"split_other"}),
        ({**TEST, "split_other": 1}, {"split_other"}),
        ({**TEST, "split_share": None}, {"split_share"}),
        ({**TEST, "split_until": ""}, {"split_until"}),
        ({**TEST, "script": ""}, {"script"}),
    ],
)
def test_a_test_that_cannot_be_is_named_at_its_field(values: dict[str, Any], wrong: set[str]) -> None:
    assert {name for name, _why in split_faults({"script": "regular", **values}, {1, 2})} == wrong


@given(st.integers(0, 10**9), st.integers(1, 99))
def test_lots_fall_as_the_share_says(seed: int, share: int) -> None:
    lots = [Split(1, 2, share, TODAY, seed=seed).version_for(customer) for customer in range(1, 2001)]
    assert set(lots) <= {1, 2}
    spread = (2000 * share / 100 * (1 - share / 100)) ** 0.5
    assert abs(lots.count(2) - 20 * share) <= 6 * spread + 1


def test_the_same_seed_gives_the_same_lots_and_another_seed_others() -> None:
    lots = {seed: [Split(1, 2, 50, TODAY, seed=seed).version_for(n) for n in range(1, 13)] for seed in (7, 8)}
    assert lots == {7: [1, 1, 2, 2, 2, 2, 1, 1, 2, 1, 1, 2], 8: [1, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2]}


def test_visits_after_purchases_draw_the_lots_of_the_rule_and_keep_them(
    split: VisitPolicy, buyer: Callable[..., Purchase], clock: MovableClock
) -> None:
    bought = [buyer() for _each in range(40)]
    draw_due(system_call())
    rule = split_of(split.numbers)
    assert rule is not None
    found = {visit.customer_id: visit.script_version for visit in Visit.objects.all()}
    assert found == {each.customer_id: rule.version_for(each.customer_id or 0) for each in bought}
    assert set(found.values()) == {1, 2}
    clock.set("2026-10-02 10:15")
    assert {visit.customer_id: visit.script_version for visit in Visit.objects.all()} == found


def test_agents_read_the_version_that_fell_to_the_visit(split: VisitPolicy, buyer: Callable[..., Purchase]) -> None:
    for _each in range(20):
        buyer()
    draw_due(system_call())
    visits = Visit.objects.select_related("policy")
    for visit in visits:
        script, later = script_of(visit, TODAY), script_of(visit, date(2026, 10, 2))
        assert script is not None
        assert script.version == visit.script_version
        assert later == script
    visits[0].script_version = None
    other = Visit(policy=split)
    told = [script_of(other, day) for day in (TODAY, date(2026, 10, 2))]
    assert [each.version for each in told if each] == [1, 2]


def test_after_the_last_day_visits_hear_the_version_in_force(
    split: VisitPolicy, buyer: Callable[..., Purchase], clock: MovableClock
) -> None:
    clock.set("2026-10-01 10:15")
    buyer()
    draw_due(system_call())
    assert Visit.objects.get().script_version is None


def test_occasions_and_owed_visits_draw_the_same_lots(visiting: Company, buyer: Callable[..., Purchase]) -> None:
    manager, script = visiting.call("service_manager"), script_content(newest_script("regular"))
    save_script(manager, {**script, "title_en": "Two"}, effective_from=TODAY, reason="二")
    content = {**content_of(newest_of("deep_needs")), **TEST, "is_active": True, "script": "regular"}
    save_policy(visiting.call("service_manager"), {**content, "tiers": []}, effective_from=TODAY, reason="试")
    customers = [buyer(days=100).customer_id or 0 for _each in range(12)]
    draw_due(system_call())
    rule = split_of(TEST)
    assert rule is not None
    found = dict(Visit.objects.filter(kind="deep_needs").values_list("customer_id", "script_version"))
    assert found == {each: rule.version_for(each) for each in customers}
    agreed = {**content_of(newest_of("agreed")), **TEST, "script": "regular"}
    policy = save_policy(visiting.call("service_manager"), agreed, effective_from=TODAY, reason="试")
    owed = owe_visit(visiting.call("agent"), policy, customer_id=customers[0])
    assert owed.script_version == rule.version_for(customers[0])


def ended(policy: VisitPolicy, buyer: Callable[..., Purchase], version: int, states: dict[str, int]) -> None:
    """Visits of one version that ended so, each completed one with a record of 4 minutes (version 1) or 3."""
    now = system_call().now
    for state, count in states.items():
        for _each in range(count):
            bought = buyer()
            moments = {"due_from": now, "due_by": now, "breach_at": now, "ended_at": now, "created_at": now}
            told = {"kind": policy.code, "customer_id": bought.customer_id, "purchase": bought, "state": state}
            visit = Visit.objects.create(policy=policy, script_version=version, **told, **moments)
            if state == "done":
                length = 240 if version == 1 else 180
                VisitRecord.objects.create(visit=visit, seconds=length, due_at=now, completed_at=now)


def test_results_give_both_versions_the_difference_and_its_interval(
    split: VisitPolicy, buyer: Callable[..., Purchase]
) -> None:
    ended(split, buyer, 1, {"done": 4, "refused": 4, "not_reached": 2, "due": 1})
    ended(split, buyer, 2, {"done": 9, "refused": 1, "not_reached": 2})
    (test,) = splits_of([split], TODAY)
    counts = [(arm.version, arm.due, arm.tried, arm.reached, arm.done) for arm in (test.one, test.other)]
    assert counts == [(1, 11, 10, 8, 4), (2, 12, 12, 10, 9)]
    success, completed, score, minutes = test.measures
    assert (success.one.figure, success.other.figure) == (scores.share(4, 10), scores.share(9, 12))
    assert success.gap == scores.mode_effect_of_shares(9, 12, 4, 10)
    assert (success.signed, success.told) == ("+35.0", False)
    assert completed.gap == scores.mode_effect_of_shares(9, 10, 4, 8)
    assert (completed.signed, completed.told) == ("+40.0", False)
    assert (score.gap, score.one.enough, minutes.signed) == (None, False, "-1.0")


def test_no_difference_is_told_below_the_least_number(split: VisitPolicy, buyer: Callable[..., Purchase]) -> None:
    ended(split, buyer, 1, {"done": 3})
    ended(split, buyer, 2, {"done": 2})
    (test,) = splits_of([split], TODAY)
    assert [each.gap for each in test.measures] == [None] * 4
    assert [(each.one.enough, each.other.enough) for each in test.measures[:2]] == [(True, False)] * 2


def test_a_clear_difference_is_told(split: VisitPolicy, buyer: Callable[..., Purchase]) -> None:
    ended(split, buyer, 1, {"done": 3, "refused": 17})
    ended(split, buyer, 2, {"done": 16, "refused": 4})
    (test,) = splits_of([split], TODAY)
    assert (test.measures[0].signed, test.measures[0].told) == ("+65.0", True)


def test_a_test_goes_on_when_its_last_day_is_moved_and_another_seed_begins_a_new_one(
    split: VisitPolicy, visiting: Company
) -> None:
    content = content_of(newest_of("regular"))
    longer = {**content, "split_until": "2026-10-15"}
    save_policy(visiting.call("service_manager"), longer, effective_from=TODAY, reason="延长")
    save_policy(visiting.call("service_manager"), {**longer, "split_seed": 8}, effective_from=TODAY, reason="重抽")
    versions = list(VisitPolicy.objects.filter(code="regular").order_by("-version"))
    found = [(test.split.seed, test.split.until) for test in splits_of(versions, TODAY)]
    assert found == [(8, date(2026, 10, 15)), (7, date(2026, 10, 15))]


@pytest.mark.parametrize("who", ["auditor", "service_manager"])
def test_the_page_shows_the_test(
    split: VisitPolicy, buyer: Callable[..., Purchase], sign_in: Callable[[str], Client], who: str
) -> None:
    ended(split, buyer, 1, {"done": 4})
    ended(split, buyer, 2, {"done": 1, "refused": 3})
    answer = sign_in(who).get(reverse("visit-policy-split", args=["regular"]))
    assert (answer.status_code, "-75.0" in answer.content.decode()) == (200, True)


def test_the_editor_saves_a_test_and_names_what_is_wrong(
    visiting: Company, split: VisitPolicy, sign_in: Callable[[str], Client]
) -> None:
    client, address = sign_in("service_manager"), reverse("visit-policy", args=["regular"])
    form = client.get(address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    sent |= {"reason": "试", "version": "2", "do": "save", "split_share": "50"}
    wrong = client.post(address, {**sent, "split_other": "9", "once": "a"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["split_other", "__all__"])
    assert client.post(address, {**sent, "once": "b"}).status_code == 302
    found = split_of(newest_of("regular").numbers)
    assert found == Split(1, 2, 50, date(2026, 9, 30), least=3, seed=7)


def test_the_api_tells_the_test(
    split: VisitPolicy,
    buyer: Callable[..., Purchase],
    caller: Callable,  # noqa: F811
) -> None:
    ended(split, buyer, 1, {"done": 4})
    ended(split, buyer, 2, {"done": 4})
    (test,) = caller("service_manager")("GET", "/policies/regular/split").json()
    assert (test["one"], test["other"], test["share"], test["until"]) == (1, 2, 40, "2026-09-30")
    success = test["measures"][0]
    assert (success["one"]["n"], success["difference"]["value"], success["differs"]) == (4, 0, False)
    assert caller("service_manager")("GET", "/policies/none/split").status_code == 404


def test_a_customer_hears_one_version_however_many_visits_fall_due(
    split: VisitPolicy, buyer: Callable[..., Purchase]
) -> None:
    first = buyer()
    now = system_call().now
    Purchase.objects.create(
        customer_id=first.customer_id, source="shop", number="again", store=first.store,
        bought_at=now - timedelta(days=9), amount=3000, recorded_at=now,
    )  # fmt: skip
    draw_due(system_call())
    heard = set(Visit.objects.values_list("script_version", flat=True))
    assert (Visit.objects.count(), len(heard), Customer.objects.count()) == (2, 1, 1)
