"""The API of policies does what the pages do."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from huiyin.contact_ledger.public import ContactRules, ship
from huiyin.foundation.calls import system_call
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Forbidden
from huiyin.visits.actions.import_policies import import_policies
from huiyin.visits.models import VisitPolicy
from huiyin.visits.queries.policy_files import exported
from tests.conftest import Company
from tests.visits.test_api import caller  # noqa: F401 - a fixture

TODAY = "2026-09-15"


def test_a_kind_is_changed_switched_and_looked_at(caller: Callable) -> None:  # noqa: F811
    manager, agent = caller("service_manager"), caller("agent")
    kind = next(each for each in manager("GET", "/policies").json() if each["content"]["code"] == "regular")
    content = {**kind["content"], "days_by": 20}
    sent = {"content": content, "effective_from": TODAY, "reason": "更久", "expected": 1}
    assert manager("PUT", "/policies/regular", sent).json()["version"] == 2
    assert agent("PUT", "/policies/regular", sent).status_code == 403
    newest = agent("GET", "/policies/regular").json()[0]
    assert (newest["content"]["days_by"], newest["by"], newest["reason"]) == (20, "service_manager", "更久")
    wrong = manager("PUT", "/policies/regular", {**sent, "content": {**content, "days_best": 30}, "expected": 2})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["days_by"])
    off = manager("POST", "/policies/regular/switch", {"active": False, "reason": "停"}).json()
    assert (off["version"], off["content"]["is_active"]) == (3, False)
    assert manager("POST", "/policies-preview", {"content": content}).json()["total"] == 0
    assert manager("GET", "/policies/none").status_code == 404


def test_numbers_and_scripts_are_changed_with_their_warnings(caller: Callable) -> None:  # noqa: F811
    manager = caller("service_manager")
    content = manager("GET", "/plan-numbers").json()[0]["content"]
    content["plan"]["other_weeks"] = {"least": 5000, "most": 6000, "a_day": 1000}
    saved = manager("PUT", "/plan-numbers", {"content": content, "effective_from": TODAY, "reason": "多"}).json()
    assert (saved["version"], len(saved["warnings"])) == (2, 1)
    script = manager("GET", "/scripts/regular").json()[0]["content"]
    sent = {"content": {**script, "title_en": "Short"}, "effective_from": TODAY, "reason": "短"}
    assert manager("PUT", "/scripts/regular", sent).json()["content"]["title_en"] == "Short"
    results = manager("GET", "/scripts/regular/results").json()
    assert [(each["version"], each["success"]["n"], each["success"]["enough"]) for each in results] == [
        (2, 0, False),
        (1, 0, False),
    ]
    assert [each["content"]["code"] for each in manager("GET", "/scripts").json()] == [
        "complaint",
        "demand",
        "every_talk",
        "gift_check",
        "gift_mended",
        "problem_solved",
        "regular",
    ]


def test_a_file_goes_out_and_in(caller: Callable) -> None:  # noqa: F811
    manager = caller("service_manager")
    text = manager("GET", "/policies-file").json()
    assert text == exported()
    whole = json.loads(text)
    whole["kinds"][0]["note"] = "x"
    looked = manager("POST", "/policies-file", {"text": json.dumps(whole)}).json()
    assert (looked["taken"], [each["code"] for each in looked["changes"]]) == (False, [whole["kinds"][0]["code"]])
    assert VisitPolicy.objects.filter(version=2).count() == 0
    taken = manager("POST", "/policies-file", {"text": json.dumps(whole), "take": True, "reason": "同步"}).json()
    assert (taken["taken"], VisitPolicy.objects.filter(version=2).count()) == (True, 1)


def test_the_contact_rules_travel_in_the_file_of_policies(caller: Callable) -> None:  # noqa: F811
    ship(system_call())
    manager = caller("service_manager")
    whole = json.loads(manager("GET", "/policies-file").json())
    assert whole["contact_rules"]["numbers"]["gap_days"] == 7
    whole["contact_rules"]["numbers"]["gap_days"] = 9
    whole["contact_rules"]["effective_from"] = TODAY
    looked = manager("POST", "/policies-file", {"text": json.dumps(whole)}).json()
    assert [(each["what"], each["after_version"], each["fields"]) for each in looked["changes"]] == [
        ("contact", 1, ["Days between two contacts"])
    ]
    assert manager("POST", "/policies-file", {"text": json.dumps(whole), "take": True, "reason": "x"}).json()["taken"]
    newest = ContactRules.objects.order_by("-version").first()
    assert (newest.version, newest.contact_numbers.gap) == (2, timedelta(days=9))
    again = manager("POST", "/policies-file", {"text": manager("GET", "/policies-file").json()}).json()
    assert again["changes"] == []
    whole["contact_rules"]["numbers"]["monthly_cap"] = 0
    refused = manager("POST", "/policies-file", {"text": json.dumps(whole)})
    assert (refused.status_code, list(refused.json()["fields"])) == (422, ["contact_rules.monthly_cap"])


def test_a_file_that_changes_the_contact_rules_needs_their_right(visiting: Company) -> None:
    ship(system_call())
    whole = json.loads(exported())
    whole["contact_rules"]["numbers"]["gap_days"] = 9
    actor = visiting.actor("service_manager")
    only_policies = replace(actor, rights=actor.rights - {"contacts.change"})
    with pytest.raises(Forbidden):
        import_policies(Call(only_policies, visiting.call("service_manager").now), json.dumps(whole), reason="试")
    assert ContactRules.objects.count() == 1
